// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One entry of a table's schema history. Immutable.
 *
 * @param version 1 for the first, then ascending by one
 * @param createdAt when it came into force
 * @param changes what changed, as text; {@value #INITIAL_CHANGES} for version 1
 * @param columns the columns of this version in ordinal order, at least one
 */
public record SchemaVersion(int version, Instant createdAt, String changes, List<ColumnDefinition> columns) {
    /** What {@code changes} says of version 1. */
    public static final String INITIAL_CHANGES = "Initial schema";

    public SchemaVersion {
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(changes, "changes is null");
        requireNonNull(columns, "columns is null");
        if (version < 1) {
            throw Definitions.invalid("Invalid schema version: must be at least 1, got: " + version);
        }
        if (columns.isEmpty()) {
            throw Definitions.invalid("Invalid schema version " + version + ": must have at least one column");
        }
        columns = List.copyOf(columns);
    }

    /** Version 1 of a table. */
    public static SchemaVersion initial(Instant createdAt, List<ColumnDefinition> columns) {
        return new SchemaVersion(1, createdAt, INITIAL_CHANGES, columns);
    }

    /** The columns as an Arrow schema, in ordinal order; see {@link ArrowSchemas} for the metadata. */
    public Schema toArrowSchema() {
        return ArrowSchemas.of(columns, Set.of());
    }

    /** {@link #toArrowSchema()} in Arrow's JSON form, an object with an array {@code fields}. */
    public String arrowSchemaJson() {
        return toArrowSchema().toJson();
    }
}
