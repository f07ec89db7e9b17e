package org.kalamdb.schema;

import java.time.Instant;
import java.util.List;

/**
 * One entry of a table's schema history. Immutable.
 *
 * @param version 1 for the first, then ascending by one
 * @param createdAt when it came into force
 * @param changes what changed, as text; "Initial schema" for version 1
 * @param columns the columns of this version in ordinal order
 */
public record SchemaVersion(int version, Instant createdAt, String changes, List<ColumnDefinition> columns) {
    public SchemaVersion {
        columns = List.copyOf(columns);
    }
}
