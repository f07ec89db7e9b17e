// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@link TypeMapping}. */
final class TypeTable {
    /** Precision and scale of a DECIMAL that names none. */
    static final DecimalType DEFAULT_DECIMAL = new DecimalType(38, 10);

    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int MICROSECOND_DIGITS = 6;

    private TypeTable() {}

    static void fill(Map<TypeKind, TypeMapping> table) {
        numbers(table);
        strings(table);
        times(table);
        add(
                table,
                new Row(TypeKind.BOOLEAN, JdbcTypes.BOOLEAN, "java.lang.Boolean")
                        .size(1)
                        .aliases("BOOL"));
        add(
                table,
                new Row(TypeKind.EMBEDDING, JdbcTypes.ARRAY, "java.sql.Array")
                        .size(EmbeddingType.MAX_DIMENSION)
                        .literal("'", "'")
                        .params("dimension"));
    }

    private static void numbers(Map<TypeKind, TypeMapping> table) {
        add(
                table,
                new Row(TypeKind.SMALLINT, JdbcTypes.SMALLINT, "java.lang.Integer")
                        .size(5)
                        .radix(10)
                        .aliases("INT2")
                        .serial("SMALLSERIAL", "SERIAL2"));
        add(
                table,
                new Row(TypeKind.INT, JdbcTypes.INTEGER, "java.lang.Integer")
                        .size(10)
                        .radix(10)
                        .aliases("INTEGER", "INT4", "INT32", "MEDIUMINT", "SIGNED", "SIGNED INTEGER")
                        .serial("SERIAL", "SERIAL4"));
        add(
                table,
                new Row(TypeKind.BIGINT, JdbcTypes.BIGINT, "java.lang.Long")
                        .size(19)
                        .radix(10)
                        .aliases("INT8", "INT64")
                        .serial("BIGSERIAL", "SERIAL8"));
        add(
                table,
                new Row(TypeKind.FLOAT, JdbcTypes.REAL, "java.lang.Float")
                        .size(24)
                        .radix(2)
                        .aliases("REAL", "FLOAT4", "FLOAT32"));
        add(
                table,
                new Row(TypeKind.DOUBLE, JdbcTypes.DOUBLE, "java.lang.Double")
                        .size(53)
                        .radix(2)
                        .aliases("DOUBLE PRECISION", "FLOAT8", "FLOAT64"));
        add(
                table,
                new Row(TypeKind.DECIMAL, JdbcTypes.DECIMAL, "java.math.BigDecimal")
                        .size(DecimalType.MAX_PRECISION)
                        .scale(DecimalType.MAX_PRECISION)
                        .radix(10)
                        .aliases("NUMERIC", "DEC")
                        .params("precision,scale"));
    }

    private static void strings(Map<TypeKind, TypeMapping> table) {
        add(
                table,
                new Row(TypeKind.TEXT, JdbcTypes.VARCHAR, "java.lang.String")
                        .size(UNLIMITED)
                        .literal("'", "'")
                        .params("length")
                        .aliases(
                                "VARCHAR",
                                "CHAR",
                                "CHARACTER",
                                "CHARACTER VARYING",
                                "CHAR VARYING",
                                "NVARCHAR",
                                "NCHAR",
                                "NCHAR VARYING",
                                "NATIONAL CHARACTER",
                                "NATIONAL CHAR",
                                "NATIONAL CHARACTER VARYING",
                                "NATIONAL CHAR VARYING",
                                "STRING",
                                "CLOB",
                                "NCLOB",
                                "CHARACTER LARGE OBJECT",
                                "CHAR LARGE OBJECT",
                                "NATIONAL CHARACTER LARGE OBJECT",
                                "NCHAR LARGE OBJECT",
                                "LONGVARCHAR",
                                "LONGNVARCHAR"));
        add(
                table,
                new Row(TypeKind.JSON, JdbcTypes.VARCHAR, "java.lang.String")
                        .size(UNLIMITED)
                        .literal("'", "'")
                        .aliases("JSONB"));
        add(
                table,
                new Row(TypeKind.BYTES, JdbcTypes.VARBINARY, "[B")
                        .size(UNLIMITED)
                        .literal("X'", "'")
                        .params("length")
                        .aliases(
                                "BINARY",
                                "VARBINARY",
                                "BINARY VARYING",
                                "BLOB",
                                "BINARY LARGE OBJECT",
                                "LONGVARBINARY",
                                "BYTEA"));
        add(
                table,
                new Row(TypeKind.UUID, JdbcTypes.OTHER, "java.util.UUID")
                        .size(36)
                        .literal("'", "'"));
    }

    private static void times(Map<TypeKind, TypeMapping> table) {
        add(
                table,
                new Row(TypeKind.DATE, JdbcTypes.DATE, "java.sql.Date")
                        .size("2024-01-01".length())
                        .literal("DATE '", "'"));
        add(
                table,
                new Row(TypeKind.TIME, JdbcTypes.TIME, "java.sql.Time")
                        .size("12:34:56.123456".length())
                        .scale(MICROSECOND_DIGITS)
                        .literal("TIME '", "'")
                        .aliases("TIME WITHOUT TIME ZONE"));
        add(
                table,
                new Row(TypeKind.TIMESTAMP, JdbcTypes.TIMESTAMP, "java.sql.Timestamp")
                        .size("2024-01-01 12:34:56.123456".length())
                        .scale(MICROSECOND_DIGITS)
                        .literal("TIMESTAMP '", "'")
                        .aliases("TIMESTAMP WITHOUT TIME ZONE"));
        add(
                table,
                new Row(TypeKind.DATETIME, JdbcTypes.TIMESTAMP_WITH_TIMEZONE, "java.time.OffsetDateTime")
                        .size("2024-01-01 12:34:56.123456+00".length())
                        .scale(MICROSECOND_DIGITS)
                        .literal("'", "'")
                        .aliases("TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMPTZ"));
    }

    static @Nullable KalamDataType findByJdbcType(int jdbcType) {
        return switch (jdbcType) {
            case JdbcTypes.BOOLEAN, JdbcTypes.BIT -> KalamDataType.BOOLEAN;
            case JdbcTypes.TINYINT, JdbcTypes.SMALLINT -> KalamDataType.SMALLINT;
            case JdbcTypes.INTEGER -> KalamDataType.INT;
            case JdbcTypes.BIGINT -> KalamDataType.BIGINT;
            case JdbcTypes.REAL -> KalamDataType.FLOAT;
            // JDBC's FLOAT is a synonym of its DOUBLE.
            case JdbcTypes.FLOAT, JdbcTypes.DOUBLE -> KalamDataType.DOUBLE;
            case JdbcTypes.NUMERIC, JdbcTypes.DECIMAL -> DEFAULT_DECIMAL;
            case JdbcTypes.CHAR,
                    JdbcTypes.VARCHAR,
                    JdbcTypes.LONGVARCHAR,
                    JdbcTypes.NCHAR,
                    JdbcTypes.NVARCHAR,
                    JdbcTypes.LONGNVARCHAR,
                    JdbcTypes.CLOB,
                    JdbcTypes.NCLOB,
                    JdbcTypes.DATALINK -> KalamDataType.TEXT;
            case JdbcTypes.BINARY, JdbcTypes.VARBINARY, JdbcTypes.LONGVARBINARY, JdbcTypes.BLOB -> KalamDataType.BYTES;
            case JdbcTypes.DATE -> KalamDataType.DATE;
            case JdbcTypes.TIME -> KalamDataType.TIME;
            case JdbcTypes.TIMESTAMP -> KalamDataType.TIMESTAMP;
            case JdbcTypes.TIMESTAMP_WITH_TIMEZONE -> KalamDataType.DATETIME;
            default -> null;
        };
    }

    private static void add(Map<TypeKind, TypeMapping> table, Row row) {
        table.put(row.kind, row.toMapping());
    }

    /** A row being written, so that each value in the table above stands beside its name. */
    private static final class Row {
        private final TypeKind kind;
        private final int jdbcType;
        private final String javaClassName;
        private List<String> aliases = List.of();
        private List<String> serialNames = List.of();
        private int size;
        private int maxScale;
        private @Nullable Integer radix;
        private @Nullable String literalPrefix;
        private @Nullable String literalSuffix;
        private @Nullable String params;

        Row(TypeKind kind, int jdbcType, String javaClassName) {
            this.kind = kind;
            this.jdbcType = jdbcType;
            this.javaClassName = javaClassName;
        }

        Row aliases(String... names) {
            aliases = List.of(names);
            return this;
        }

        Row serial(String... names) {
            serialNames = List.of(names);
            return this;
        }

        Row size(int value) {
            size = value;
            return this;
        }

        Row scale(int value) {
            maxScale = value;
            return this;
        }

        Row radix(int value) {
            radix = value;
            return this;
        }

        Row literal(String prefix, String suffix) {
            literalPrefix = prefix;
            literalSuffix = suffix;
            return this;
        }

        Row params(String names) {
            params = names;
            return this;
        }

        TypeMapping toMapping() {
            int minScale = kind == TypeKind.DECIMAL ? 0 : maxScale;
            return new TypeMapping(
                    kind,
                    aliases,
                    serialNames,
                    jdbcType,
                    javaClassName,
                    size,
                    minScale,
                    maxScale,
                    radix,
                    literalPrefix,
                    literalSuffix,
                    params);
        }
    }
}
