package org.kalamdb.schema;

import java.util.List;

/**
 * A secondary index. Immutable.
 *
 * @param indexId stable number, never reused in the database
 * @param name unique in its namespace
 * @param columns names in key order, at least one
 * @param unique whether two rows may not agree on all columns
 */
public record IndexDefinition(long indexId, String name, List<String> columns, boolean unique) {
    public IndexDefinition {
        columns = List.copyOf(columns);
    }
}
