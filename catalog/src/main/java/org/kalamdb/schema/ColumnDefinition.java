package org.kalamdb.schema;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/**
 * One column of a table. Immutable.
 *
 * @param columnId stable id, at least 1, never reused in its table; Parquet field id and key of stored values
 * @param name exact name, unique in its table
 * @param ordinalPosition 1-based position in {@code SELECT *}, unique in its table, gaps allowed after drops
 * @param dataType the type
 * @param maxLength declared length of VARCHAR(n), CHAR(n), in characters, or of VARBINARY(n), in bytes; null if none
 * @param nullable whether NULL is allowed; false for a primary key column
 * @param primaryKey whether it is part of the primary key
 * @param partitionKey whether it is part of the partition key
 * @param defaultValue what an INSERT that does not name the column writes
 * @param initialDefault what rows written before the column was added read; {@link ColumnDefault.None} or a literal
 * @param identity how the engine numbers the column, or null
 * @param comment free text, or null
 */
public record ColumnDefinition(
        long columnId,
        String name,
        int ordinalPosition,
        KalamDataType dataType,
        @Nullable Integer maxLength,
        boolean nullable,
        boolean primaryKey,
        boolean partitionKey,
        ColumnDefault defaultValue,
        ColumnDefault initialDefault,
        @Nullable IdentityDefinition identity,
        @Nullable String comment) {

    /** A nullable column without default; its id is its ordinal. */
    public static ColumnDefinition simple(String name, int ordinalPosition, KalamDataType dataType) {
        return new ColumnDefinition(
                ordinalPosition,
                name,
                ordinalPosition,
                dataType,
                null,
                true,
                false,
                false,
                ColumnDefault.NONE,
                ColumnDefault.NONE,
                null,
                null);
    }

    /** A primary key column without default; its id is its ordinal. */
    public static ColumnDefinition primaryKey(String name, int ordinalPosition, KalamDataType dataType) {
        return new ColumnDefinition(
                ordinalPosition,
                name,
                ordinalPosition,
                dataType,
                null,
                false,
                true,
                false,
                ColumnDefault.NONE,
                ColumnDefault.NONE,
                null,
                null);
    }
}
