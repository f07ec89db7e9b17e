// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.exec.SqlRunner;
import org.kalamdb.function.Embedding;
import org.kalamdb.type.KalamDataType;

/** Whole queries over a table with a column of each type. */
final class TypeLoweringTest {
    private static final UUID LOW = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID HIGH = UUID.fromString("70000000-0000-0000-0000-000000000002");

    private static final List<@Nullable Object[]> ROWS = List.of(
            row(
                    1,
                    10,
                    100L,
                    1.5f,
                    decimal("1.25"),
                    "{\"a\":1}",
                    bytes(1),
                    LOW,
                    19723,
                    36_000_000_001L,
                    1_704_067_200_000_001L),
            row(
                    2,
                    20,
                    200L,
                    2.5f,
                    decimal("2.50"),
                    "{\"a\":2}",
                    bytes(2),
                    HIGH,
                    19724,
                    86_399_999_999L,
                    1_704_153_600_000_002L),
            row(3, null, null, null, null, null, null, null, null, null, null));

    private static SqlRunner runner() {
        return new SqlRunner()
                .table(
                        "t",
                        List.of("id", "i", "l", "f", "n", "j", "bin", "u", "dt", "tm", "ts", "dz", "e"),
                        List.of(
                                KalamDataType.INT,
                                KalamDataType.INT,
                                KalamDataType.BIGINT,
                                KalamDataType.FLOAT,
                                KalamDataType.decimal(10, 2),
                                KalamDataType.JSON,
                                KalamDataType.BYTES,
                                KalamDataType.UUID,
                                KalamDataType.DATE,
                                KalamDataType.TIME,
                                KalamDataType.TIMESTAMP,
                                KalamDataType.DATETIME,
                                KalamDataType.embedding(3)),
                        ROWS)
                .table("times", List.of("tm"), List.of(KalamDataType.TIME), List.of(new Object[] {5L}, new Object[] {
                    86_399_999_999L
                }));
    }

    /** The values given, the timestamp again as a DATETIME, and a vector. */
    private static @Nullable Object[] row(@Nullable Object... values) {
        @Nullable Object[] row = java.util.Arrays.copyOf(values, values.length + 2);
        Object timestamp = values[values.length - 1];
        row[values.length] = timestamp;
        row[values.length + 1] = timestamp == null ? null : new Embedding(new float[] {(int) values[0], 0, 0});
        return row;
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static ByteString bytes(int value) {
        return new ByteString(new byte[] {(byte) value});
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT tm FROM times WHERE tm > TIME '00:00:00' ORDER BY tm DESC              | [[86399999999], [5]]
            SELECT tm + INTERVAL '1' MINUTE FROM times                                    | [[60000005], [59999999]]
            SELECT id FROM t WHERE ts BETWEEN '2024-01-01' AND '2024-01-01 12:00:00'      | [[1]]
            SELECT id FROM t WHERE ts > dt                                                | [[1], [2]]
            SELECT id FROM t WHERE ts IN (TIMESTAMP '2024-01-01 00:00:00.000001', TIMESTAMP '2025-01-01 00:00:00') | [[1]]
            SELECT COALESCE(tm, TIME '00:00:00.000007') FROM t                            | [[36000000001], [86399999999], [7]]
            SELECT a FROM (VALUES (TIME '10:00:00.000001'), (TIME '09:00:00')) AS v(a)    | [[36000000001], [32400000000]]
            SELECT tm FROM t INTERSECT SELECT tm FROM times                               | [[86399999999]]
            SELECT JSON_GET(j, 'a'), JSON_VALUE(j, 'lax $.a') FROM t                      | [[1, 1], [2, 2], [null, null]]
            """)
    void comparesDatetimes(String sql, String expected) {
        assertThat(runner().query(sql)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT a.id, b.id FROM t a JOIN t b ON a.tm = b.tm                            | [[1, 1], [2, 2]]
            SELECT a.id, b.id FROM t a JOIN t b ON a.tm < b.tm                            | [[1, 2]]
            SELECT a.id, b.id FROM t a JOIN t b ON a.u = b.u AND a.ts < b.ts + INTERVAL '1' SECOND | [[1, 1], [2, 2]]
            SELECT id FROM t WHERE tm IN (SELECT tm FROM times)                           | [[2]]
            SELECT a.id, (SELECT MAX(b.ts) FROM t b WHERE b.ts < a.ts) FROM t a WHERE id < 3 | [[1, null], [2, 1704067200000001]]
            """)
    void joinsOnDatetimes(String sql, String expected) {
        assertThat(runner().query(sql)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT MIN(tm), MAX(ts), MIN(dt), MAX(dz), COUNT(DISTINCT e) FROM t           | [[36000000001, 1704153600000002, 19723, 1704153600000002, 2]]
            SELECT COUNT(*), SUM(i), SUM(l), SUM(n) FROM t                                | [[3, 30, 300, 3.75]]
            SELECT FLOOR(ts TO MONTH), COUNT(*) FROM t WHERE id < 3 GROUP BY FLOOR(ts TO MONTH) | [[1704067200000000, 2]]
            SELECT STRING_AGG(CAST(id AS VARCHAR), ',' ORDER BY ts DESC) FROM t WHERE id < 3 | [[2,1]]
            """)
    void aggregatesDatetimesAndSums(String sql, String expected) {
        assertThat(runner().query(sql)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT n / 3, n + i, n - l, i / 3, f / 2, -n, MOD(i, 3) FROM t WHERE id = 1   | [[0.4166666666667, 11.25, -98.75, 3, 0.75, -1.25, 1]]
            SELECT id, INNER_PRODUCT(e, '[2,1,1]') FROM t ORDER BY L2_DISTANCE(e, '[2,0,0]') LIMIT 2 | [[2, 4.0], [1, 2.0]]
            SELECT CAST(u AS VARCHAR) FROM t WHERE u = '00000000-0000-0000-0000-000000000001' | [[00000000-0000-0000-0000-000000000001]]
            """)
    void computesWithColumns(String sql, String expected) {
        assertThat(runner().query(sql)).hasToString(expected);
    }
}
