package org.kalamdb.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored query with a name. Immutable.
 *
 * @param id its name, in the same name space as tables
 * @param query SQL text of the query, every table name qualified
 * @param columns the columns of its result, in order
 * @param comment free text, or null
 * @param createdAt when it was created
 */
public record ViewDefinition(
        TableId id, String query, List<ColumnDefinition> columns, @Nullable String comment, Instant createdAt) {
    public ViewDefinition {
        columns = List.copyOf(columns);
    }
}
