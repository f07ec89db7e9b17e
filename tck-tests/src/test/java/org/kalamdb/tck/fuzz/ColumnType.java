// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Types of random columns and expressions, with values from their ends and such as are often met. */
enum ColumnType {
    SMALLINT("SMALLINT", "0", "1", "-1", "2", "3", "32767", "-32768"),
    INT("INT", "0", "1", "2", "3", "-1", "-2", "-3"),
    BIGINT("BIGINT", "0", "1", "-1", "3", "9223372036854775807", "-9223372036854775808", "4294967296"),
    /** What decimals are computed with; other scales are compared and aggregated. */
    DECIMAL("DECIMAL(8, 2)", "0.00", "0.10", "-0.10", "1.60", "-2.35", "3.00", "1.00", "99.95"),
    DECIMAL_FRACTION("DECIMAL(4, 4)", "0.0000", "0.9999", "-0.9999", "0.0001", "-0.5000"),
    DECIMAL_LARGE(
            "DECIMAL(18, 6)",
            "0.000000",
            "999999999999.999999",
            "-999999999999.999999",
            "0.000001",
            "1.000000",
            "-3.500000"),
    DECIMAL_LARGEST(
            "DECIMAL(38, 10)",
            "0.0000000000",
            "9999999999999999999999999999.9999999999",
            "-9999999999999999999999999999.9999999999",
            "0.0000000001",
            "1.0000000000"),
    /** Parts of two, so that sums are exact in any order. */
    DOUBLE("DOUBLE", "0.0", "1.5", "-2.25", "0.25", "3.0", "1.0"),
    DOUBLE_EDGES("DOUBLE", "0.0", "-0.0", "NaN", "Infinity", "-Infinity", "1e300", "-1e-300", "1.0", "4.9e-324"),
    FLOAT("FLOAT", "0.0", "-0.0", "NaN", "Infinity", "-Infinity", "1.5", "-0.25", "3e38"),
    TEXT("VARCHAR", "", "a", "b", "ab", "B", "é", "a%", "_", "12", "😀", "\uFFFDx", "😀b", "it's", " a "),
    BOOLEAN("BOOLEAN", "TRUE", "FALSE"),
    DATE("DATE", "2024-02-29", "2024-03-01", "2023-12-31", "1970-01-01", "0100-01-31", "9900-12-31", "1969-12-31"),
    TIME("TIME", "00:00:00", "12:30:15.25", "23:59:59.999999", "00:00:00.000001"),
    TIMESTAMP(
            "TIMESTAMP",
            "2024-02-29 00:00:00",
            "2024-02-29 23:59:59.999999",
            "2023-12-31 12:30:15.25",
            "1970-01-01 00:00:00",
            "1969-12-31 23:59:59.999999",
            "0100-01-31 12:00:00",
            "9900-12-31 00:00:00"),
    UUID(
            "UUID",
            "00000000-0000-0000-0000-000000000000",
            "7fffffff-ffff-ffff-ffff-ffffffffffff",
            "80000000-0000-0000-8000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "123e4567-e89b-12d3-a456-426614174000"),
    BYTES("BYTES", "", "00", "01FF", "7F", "80", "FFFF"),
    JSON("JSON", "{}", "{\"a\": 1}", "[1, null]", "\"x\"", "null", "{\"a\": \"é\"}");

    /** Those that a column of a random table may have beside the ones that each table has. */
    static final List<ColumnType> ALL = List.of(values());

    private final String sqlName;
    private final List<String> values;

    ColumnType(String sqlName, String... values) {
        this.sqlName = sqlName;
        this.values = List.copyOf(Arrays.asList(values));
    }

    String sqlName(Dialect dialect) {
        if (dialect == Dialect.DUCKDB) {
            switch (this) {
                case BYTES:
                    return "BLOB";
                case JSON:
                    return "VARCHAR";
                default:
                    break;
            }
        }
        return sqlName;
    }

    /** Whether its values can be compared, grouped and sorted. */
    boolean isOrdered() {
        return this != JSON;
    }

    /** Whether columns of it can be in an index. */
    boolean isIndexed() {
        return this != JSON && this != BYTES;
    }

    /** Any of its values. */
    String value(Random random) {
        return values.get(random.nextInt(values.size()));
    }

    /** That value as SQL. */
    String literal(String value, Dialect dialect) {
        return switch (this) {
            case SMALLINT, INT, BIGINT, DECIMAL, DECIMAL_FRACTION, DECIMAL_LARGE, DECIMAL_LARGEST, BOOLEAN -> value;
            case DOUBLE -> value + "e0";
            case DOUBLE_EDGES, FLOAT, UUID -> "CAST('" + value + "' AS " + sqlName + ")";
            case TEXT -> "'" + value.replace("'", "''") + "'";
            case DATE, TIME, TIMESTAMP -> sqlName + " '" + value + "'";
            case BYTES -> dialect == Dialect.DUCKDB ? "unhex('" + value + "')" : "X'" + value + "'";
            case JSON -> dialect == Dialect.DUCKDB ? "'" + value + "'" : "CAST('" + value + "' AS JSON)";
        };
    }
}
