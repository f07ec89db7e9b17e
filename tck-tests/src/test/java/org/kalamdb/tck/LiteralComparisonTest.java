// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns compared with literals of other types, as people write them, mean what they say and are known to scans. */
final class LiteralComparisonTest {
    private static final Map<String, IntPredicate> OPERATORS = Map.of(
            "=", sign -> sign == 0,
            "<>", sign -> sign != 0,
            "<", sign -> sign < 0,
            "<=", sign -> sign <= 0,
            ">", sign -> sign > 0,
            ">=", sign -> sign >= 0);

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "d", List.of("-9999.99", "-5.56", "-5.55", "-0.01", "0.00", "0.01", "5.00", "5.55", "5.56", "9999.99"),
            "i", List.of("-2147483648", "-6", "-5", "-1", "0", "1", "5", "6", "7", "2147483647"),
            "s", List.of("-32768", "-6", "-5", "-1", "0", "1", "5", "6", "7", "32767"),
            "b", List.of("-9223372036854775808", "-6", "-5", "-1", "0", "1", "5", "6", "7", "9223372036854775807"));

    private static final List<String> LITERALS = List.of(
            "0",
            "-0.001",
            "0.001",
            "5",
            "5.0",
            "5.5",
            "5.55",
            "5.555",
            "5.551",
            "-5.555",
            "-5.5",
            "9999.99",
            "9999.991",
            "10000",
            "-10000",
            "32767",
            "32768",
            "-32769",
            "2147483648",
            "-2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "0.00000000000000001",
            "12345678901234567890.5",
            "'5.55'",
            "'-6'",
            "'5'");

    @TempDir
    private Path folder;

    private Client sql;

    @BeforeEach
    void open() throws SQLException {
        sql = new Client(TestDatabases.url(folder));
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(6, 2), i INT, s SMALLINT, b BIGINT, day DATE, at TIMESTAMP,"
                        + " clock TIME, zoned DATETIME)");
        for (int row = 0; row < 10; row++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(row)));
            for (String column : List.of("d", "i", "s", "b")) {
                cells.add(COLUMNS.get(column).get(row));
            }
            String day = "2026-03-1" + row;
            sql.run("INSERT INTO t VALUES (" + String.join(", ", cells) + ", DATE '" + day + "', TIMESTAMP '" + day
                    + " 12:00:00.5', TIME '1" + row + ":00:00', '" + day + " 12:00:00Z')");
        }
        sql.run("INSERT INTO t (id) VALUES (10)", "STORAGE FLUSH TABLE t");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void numbersOfOtherWidthsCompareByValue() throws SQLException {
        for (String column : COLUMNS.keySet()) {
            for (String literal : LITERALS) {
                boolean isText = literal.startsWith("'");
                BigDecimal value = new BigDecimal(literal.replace("'", ""));
                if (isText && !column.equals("d") && value.scale() > 0) {
                    continue;
                }
                for (Map.Entry<String, IntPredicate> operator : OPERATORS.entrySet()) {
                    List<String> expected = new ArrayList<>();
                    List<String> mirrored = new ArrayList<>();
                    for (int row = 0; row < 10; row++) {
                        int sign = new BigDecimal(COLUMNS.get(column).get(row)).compareTo(value);
                        if (operator.getValue().test(sign)) {
                            expected.add(Integer.toString(row));
                        }
                        if (operator.getValue().test(-sign)) {
                            mirrored.add(Integer.toString(row));
                        }
                    }
                    assertRows(column + " " + operator.getKey() + " " + literal, expected);
                    assertRows(literal + " " + operator.getKey() + " " + column, mirrored);
                }
            }
        }
    }

    /** The comment makes the planner see the condition instead of the short way for simple statements. */
    private void assertRows(String condition, List<String> expected) throws SQLException {
        assertThat(sql.rows("/* */ SELECT id FROM t WHERE " + condition + " ORDER BY id"))
                .as(condition)
                .isEqualTo(expected);
        assertThat(sql.rows("/* */ SELECT count(*) FROM t WHERE NOT (" + condition + ")"))
                .as("NOT " + condition)
                .containsExactly(Integer.toString(10 - expected.size()));
    }

    @Test
    void rangesAndListsOfThemToo() throws SQLException {
        assertThat(sql.rows("SELECT id FROM t WHERE d BETWEEN 0.001 AND 5.555 ORDER BY id"))
                .containsExactly("5", "6", "7");
        assertThat(sql.rows("SELECT id FROM t WHERE d NOT BETWEEN -5.555 AND 5.5 ORDER BY id"))
                .containsExactly("0", "1", "7", "8", "9");
        assertThat(sql.rows("SELECT id FROM t WHERE d IN (5, 5.550, 5.555, 0.010) ORDER BY id"))
                .containsExactly("5", "6", "7");
        assertThat(sql.rows("SELECT id FROM t WHERE i IN (5, 5.5, 6.0) ORDER BY id"))
                .containsExactly("6", "7");
        assertThat(sql.rows("SELECT id FROM t WHERE day IN ('2026-03-11', '2026-03-15') ORDER BY id"))
                .containsExactly("1", "5");
        assertThat(sql.rows("SELECT id FROM t WHERE at BETWEEN '2026-03-12' AND '2026-03-14 12:00:00.5' ORDER BY id"))
                .containsExactly("2", "3", "4");
        assertThat(sql.rows("SELECT id FROM t WHERE clock >= '17:30' ORDER BY id"))
                .containsExactly("8", "9");
        assertThat(sql.rows("SELECT id FROM t WHERE zoned < '2026-03-11 14:30:00+02:00' ORDER BY id"))
                .containsExactly("0", "1");
        assertThat(sql.rows("SELECT id FROM t WHERE day > '2026-03-18' OR d > 5.555 ORDER BY id"))
                .containsExactly("8", "9");
    }

    @Test
    void scansLeaveOutSegmentsByThem() throws SQLException {
        assertScan("day > '2026-03-18'", "segments by day > 2026-03-18");
        assertScan("at >= '2026-03-18 10:00'", "segments by at >= 2026-03-18 10:00:00");
        assertScan("d > 5", "segments by d > 5.00");
        assertScan("d <= 5.555", "segments by d <= 5.55");
        assertScan("5.555 < d", "segments by d > 5.55");
        assertScan("d < 5.555", "segments by d < 5.56");
        assertScan("b >= 4.5", "segments by b >= 5");
        assertScan("i = '7'", "segments by i = 7");
        assertScan("d BETWEEN 1 AND 2", "segments by d >= 1.00 and d <= 2.00");
    }

    @Test
    void valuesThatAreKnownWhenTheScanBeginsDoSoToo() throws SQLException {
        assertScan("day > CURRENT_DATE - 30", "segments by day > ");
        assertScan("at > CURRENT_TIMESTAMP - INTERVAL '1' DAY", "segments by at > ");
        assertScan("id = ABS(-3)", "by primary key t_pkey (id = ");
        sql.run("INSERT INTO t (id, day) VALUES (20, CURRENT_DATE), (21, CURRENT_DATE - 40)");
        assertThat(sql.rows("SELECT id FROM t WHERE day > CURRENT_DATE - 30 AND id >= 20"))
                .containsExactly("20");
        assertThat(sql.rows("SELECT id FROM t WHERE id IN (ABS(-3), CHAR_LENGTH('four'), 7) ORDER BY id"))
                .containsExactly("3", "4", "7");
        assertThat(sql.rows("SELECT id FROM t WHERE id = NULLIF(3, 3)")).isEmpty();
        assertThat(sql.failure("SELECT id FROM t WHERE id = 1 / (3 - 3)").getSQLState())
                .isEqualTo("22012");
        assertThat(String.join("\n", sql.rows("EXPLAIN SELECT id FROM t WHERE d > RANDOM()")))
                .as("it has another value for each row")
                .doesNotContain("segments by");
    }

    private void assertScan(String condition, String text) throws SQLException {
        assertThat(String.join("\n", sql.rows("EXPLAIN SELECT sum(d) FROM t WHERE " + condition)))
                .as(condition)
                .contains(text);
    }
}
