package org.kalamdb.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to know about a table; the one source that SQL, introspection, JDBC metadata, Arrow and Parquet
 * schemas are derived from. Immutable.
 *
 * @param id its name
 * @param objectId stable number, unique in the database and never reused; prefix of its stored rows
 * @param type the kind of table
 * @param columns in ascending ordinal order, at least one
 * @param schemaVersion 1 at creation, one more with every ALTER that changes something
 * @param history one entry per version, ascending, ending with {@code schemaVersion}
 * @param options the variant that belongs to {@code type}
 * @param storage where and how it is stored
 * @param constraints named constraints; at most one primary key
 * @param indexes secondary indexes
 * @param nextColumnId id that the next added column gets
 * @param comment free text, or null
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record TableDefinition(
        TableId id,
        long objectId,
        TableType type,
        List<ColumnDefinition> columns,
        int schemaVersion,
        List<SchemaVersion> history,
        TableOptions options,
        StorageSettings storage,
        List<Constraint> constraints,
        List<IndexDefinition> indexes,
        long nextColumnId,
        @Nullable String comment,
        Instant createdAt,
        Instant updatedAt) {
    public TableDefinition {
        columns = List.copyOf(columns);
        history = List.copyOf(history);
        constraints = List.copyOf(constraints);
        indexes = List.copyOf(indexes);
    }
}
