// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeMapping;

/**
 * A column of a table or view as a row. Immutable.
 *
 * @param table the table or view it belongs to
 * @param columnId stable id in its table
 * @param name exact name
 * @param ordinalPosition 1-based position in {@code SELECT *}; dropped columns leave gaps
 * @param dataType the type
 * @param maxLength declared length in characters or bytes, or null
 * @param sqlTypeName the type in SQL with its parameters and declared length
 * @param jdbcType the code of {@code java.sql.Types}
 * @param columnSize digits, characters, bytes or elements as JDBC counts them
 * @param decimalDigits digits after the point, or null where that says nothing
 * @param radix 2 or 10 for numbers, else null
 * @param charOctetLength most bytes of a text or of bytes, else null
 * @param nullable whether NULL is allowed
 * @param defaultText SQL text of the default, or null if there is none
 * @param comment free text, or null
 * @param keySequence 1-based position in the primary key, or null if it is not part of it
 * @param partitionKey whether it is part of the partition key
 * @param identity how the engine numbers it, or null
 */
public record ColumnInfo(
        TableId table,
        long columnId,
        String name,
        int ordinalPosition,
        KalamDataType dataType,
        @Nullable Integer maxLength,
        String sqlTypeName,
        int jdbcType,
        int columnSize,
        @Nullable Integer decimalDigits,
        @Nullable Integer radix,
        @Nullable Integer charOctetLength,
        boolean nullable,
        @Nullable String defaultText,
        @Nullable String comment,
        @Nullable Integer keySequence,
        boolean partitionKey,
        @Nullable IdentityDefinition identity) {
    private static final int MAX_BYTES_PER_CHARACTER = 4;

    static ColumnInfo of(TableId table, ColumnDefinition column, @Nullable Integer keySequence) {
        KalamDataType type = column.dataType();
        TypeMapping mapping = TypeMapping.of(type);
        return new ColumnInfo(
                table,
                column.columnId(),
                column.name(),
                column.ordinalPosition(),
                type,
                column.maxLength(),
                column.sqlTypeName(),
                mapping.jdbcType(),
                TypeMapping.columnSize(type, column.maxLength()),
                decimalDigits(type),
                mapping.radix(),
                charOctetLength(type, column.maxLength()),
                column.nullable(),
                column.defaultValue() instanceof ColumnDefault.None
                        ? null
                        : column.defaultValue().sqlText(),
                column.comment(),
                keySequence,
                column.partitionKey(),
                column.identity());
    }

    /** Whether it is part of the primary key. */
    public boolean isPrimaryKey() {
        return keySequence != null;
    }

    /** Whether the engine numbers it. */
    public boolean isAutoIncrement() {
        return identity != null;
    }

    /** Whether its values are computed from other columns; KalamDB has no such columns. */
    public boolean isGenerated() {
        return false;
    }

    private static @Nullable Integer decimalDigits(KalamDataType type) {
        return switch (type.kind()) {
            case SMALLINT, INT, BIGINT, DECIMAL, TIME, TIMESTAMP, DATETIME -> TypeMapping.scale(type);
            case BOOLEAN, DOUBLE, FLOAT, TEXT, DATE, JSON, BYTES, EMBEDDING, UUID -> null;
        };
    }

    private static @Nullable Integer charOctetLength(KalamDataType type, @Nullable Integer maxLength) {
        return switch (type.kind()) {
            case TEXT, JSON ->
                maxLength == null
                        ? Integer.MAX_VALUE
                        : (int) Math.min((long) maxLength * MAX_BYTES_PER_CHARACTER, Integer.MAX_VALUE);
            case BYTES -> maxLength == null ? Integer.MAX_VALUE : maxLength;
            case BOOLEAN,
                    SMALLINT,
                    INT,
                    BIGINT,
                    DOUBLE,
                    FLOAT,
                    DECIMAL,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    DATETIME,
                    EMBEDDING,
                    UUID -> null;
        };
    }
}
