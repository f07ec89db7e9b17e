// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans leave out segments whose columns cannot have what is asked for, and never a row. */
final class SegmentPruningTest {
    private static final int SEGMENTS = 4;

    @TempDir
    private Path folder;

    private Client sql;

    @BeforeEach
    void open() throws SQLException {
        sql = new Client(TestDatabases.url(folder));
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private long skipped() throws SQLException {
        return Long.parseLong(
                sql.value("SELECT metric_value FROM system.stats WHERE metric_name = 'segments_skipped'"));
    }

    /** Segments of ten rows, the values of each greater than those of the one before. */
    private void createTable() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n INT, big BIGINT, d DECIMAL(10, 2), wide DECIMAL(30, 5), f DOUBLE,"
                        + " s TEXT, u UUID, day DATE, b BOOLEAN, raw BYTES, empty INT)");
        for (int segment = 0; segment < SEGMENTS; segment++) {
            for (int row = 0; row < 10; row++) {
                int value = 100 * segment + row;
                sql.run("INSERT INTO t VALUES (" + ((row * SEGMENTS) + segment) + ", " + value + ", " + value
                        + "000000000, " + (value - 150) + ".25, " + (value - 150) + "00000000000000.5, " + (value - 150)
                        + ".5, 's" + (1000 + value) + "', CAST('" + Integer.toHexString(4 * segment)
                        + "0000000-0000-0000-0000-0000000000"
                        + (10 + row) + "' AS UUID), DATE '2026-0" + (segment + 1) + "-1" + row + "', "
                        + (segment > 1) + ", X'" + (10 + segment * 20) + "', " + (segment == 3 ? "1" : "NULL") + ")");
            }
            sql.run("STORAGE FLUSH TABLE t");
        }
    }

    private void assertPruned(int segments, String condition) throws SQLException {
        String unpruned = "SELECT count(*) FROM t WHERE CASE WHEN " + condition + " THEN TRUE ELSE FALSE END";
        String expected = sql.value(unpruned);
        long before = skipped();
        assertThat(sql.value("SELECT count(*) FROM t WHERE " + condition))
                .as(condition)
                .isEqualTo(expected);
        assertThat(skipped() - before).as(condition).isEqualTo(segments);
    }

    @Test
    void segmentsThatCannotMatchAreLeftOut() throws SQLException {
        createTable();

        assertPruned(3, "n = 205");
        assertPruned(4, "n = 55");
        assertPruned(2, "n > 109");
        assertPruned(1, "n >= 100");
        assertPruned(3, "n < 100");
        assertPruned(2, "n <= 100");
        assertPruned(3, "n BETWEEN 110 AND 205");
        assertPruned(2, "n IN (1, 301)");
        assertPruned(3, "big = 300000000000");
        assertPruned(3, "d < -100.00");
        assertPruned(2, "wide > 0.00001");
        assertPruned(2, "f >= 0e0");
        assertPruned(3, "s = 's1105'");
        assertPruned(2, "s > 's1109'");
        for (String condition : List.of(
                "u = CAST('80000000-0000-0000-0000-000000000012' AS UUID)",
                "day < DATE '2026-03-01'",
                "b = TRUE",
                "raw = X'50'",
                "empty IS NOT NULL",
                "empty IS NULL",
                "n IS NULL",
                "n >= 100 AND s < 's1200'")) {
            assertThat(sql.rows("SELECT id FROM t WHERE " + condition + " ORDER BY id"))
                    .as(condition)
                    .isEqualTo(sql.rows(
                            "SELECT id FROM t WHERE CASE WHEN " + condition + " THEN TRUE ELSE FALSE END ORDER BY id"));
        }
        assertPruned(0, "n <> 5");
    }

    @Test
    void parametersAndPlansAreKnown() throws SQLException {
        createTable();

        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT count(*) FROM t WHERE n >= ?")) {
            for (int limit : List.of(0, 305, 205)) {
                statement.setInt(1, limit);
                long before = skipped();
                try (ResultSet count = statement.executeQuery()) {
                    assertThat(count.next()).isTrue();
                    assertThat(count.getInt(1)).isEqualTo(10 * (SEGMENTS - limit / 100) - limit % 100);
                }
                assertThat(skipped() - before).isEqualTo(limit / 100);
            }
            statement.setNull(1, java.sql.Types.INTEGER);
            try (ResultSet count = statement.executeQuery()) {
                assertThat(count.next()).isTrue();
                assertThat(count.getInt(1)).isZero();
            }
        }
        assertThat(String.join("\n", sql.rows("EXPLAIN SELECT sum(n) FROM t WHERE n >= 5 AND s = 'x' AND id > 3")))
                .contains("main.t by primary key t_pkey (id > 3), segments by n >= 5 and s = 'x'");
    }

    @Test
    void changesOfRowsAndOfTheTableAreSeen() throws SQLException {
        createTable();
        sql.run("UPDATE t SET n = 1000 WHERE id = 0", "DELETE FROM t WHERE n = 301");
        assertThat(sql.rows("SELECT id FROM t WHERE n > 900")).containsExactly("0");
        assertPruned(3, "n = 0");
        sql.run("BEGIN", "UPDATE t SET n = 2000 WHERE id = 1");
        assertThat(sql.rows("SELECT id FROM t WHERE n >= 1000 ORDER BY id")).containsExactly("0", "1");
        sql.run("ROLLBACK");

        sql.run(
                "ALTER TABLE t ADD COLUMN late INT DEFAULT 7",
                "ALTER TABLE t ADD COLUMN later TEXT",
                "ALTER TABLE t ALTER COLUMN n TYPE BIGINT");
        assertPruned(4, "late > 7");
        assertPruned(0, "late = 7");
        assertPruned(4, "later = 'x'");
        assertPruned(4, "later IS NOT NULL");
        assertPruned(0, "later IS NULL");
        assertPruned(3, "n = 205");
        sql.run("STORAGE FLUSH TABLE t");
        assertThat(sql.rows("SELECT id FROM t WHERE n > 900")).containsExactly("0");
    }

    @Test
    void numbersOfCommitsPruneToo() throws SQLException {
        createTable();
        String last = sql.value("SELECT max(_seq) FROM t");

        assertPruned(3, "_seq >= " + last);
        assertPruned(4, "_seq > " + last);
        sql.run("UPDATE t SET s = 'changed' WHERE id = 5");
        assertThat(sql.rows("SELECT id FROM t WHERE _seq > " + last)).containsExactly("5");
    }

    @Test
    void oddNumbersAndLongTextsAreNotLost() throws SQLException {
        sql.run(
                "CREATE TABLE odd (id INT PRIMARY KEY, f DOUBLE, r FLOAT, s TEXT)",
                "INSERT INTO odd VALUES (1, CAST('NaN' AS DOUBLE), CAST('NaN' AS FLOAT), '" + "a".repeat(100) + "')",
                "STORAGE FLUSH TABLE odd",
                "INSERT INTO odd VALUES (2, -0.0e0, CAST(-0.0e0 AS FLOAT), '" + "a".repeat(99) + "b')",
                "STORAGE FLUSH TABLE odd",
                "INSERT INTO odd VALUES (3, 0.0e0, CAST(0.0e0 AS FLOAT), '" + "\u00e9".repeat(80) + "')",
                "STORAGE FLUSH TABLE odd");
        for (String column : List.of("f", "r")) {
            for (String operator : List.of("=", "<", "<=", ">", ">=")) {
                for (String value : List.of("0.0e0", "-0.0e0", "CAST('NaN' AS DOUBLE)", "1e0", "-1e0")) {
                    String condition = column + " " + operator + " CAST(" + value + " AS "
                            + (column.equals("f") ? "DOUBLE" : "FLOAT") + ")";
                    assertThat(sql.rows("SELECT id FROM odd WHERE " + condition + " ORDER BY id"))
                            .as(condition)
                            .isEqualTo(sql.rows("SELECT id FROM odd WHERE CASE WHEN " + condition
                                    + " THEN TRUE ELSE FALSE END ORDER BY id"));
                }
            }
        }
        for (String value : List.of("a".repeat(100), "a".repeat(99) + "b", "\u00e9".repeat(80), "a".repeat(64), "b")) {
            for (String operator : List.of("=", "<", "<=", ">", ">=")) {
                String condition = "s " + operator + " '" + value + "'";
                assertThat(sql.rows("SELECT id FROM odd WHERE " + condition + " ORDER BY id"))
                        .as(condition)
                        .isEqualTo(sql.rows("SELECT id FROM odd WHERE CASE WHEN " + condition
                                + " THEN TRUE ELSE FALSE END ORDER BY id"));
            }
        }
    }

    @Test
    void randomConditionsAnswerTheSame() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        createTable();
        sql.run("INSERT INTO t (id, n, s, d) VALUES (1000, 150, 's1150', 0.01), (1001, NULL, NULL, NULL)");
        for (int i = 0; i < 60; i++) {
            String condition = comparison(random) + (random.nextBoolean() ? " AND " : " OR ") + comparison(random);
            assertThat(sql.rows("SELECT id FROM t WHERE " + condition + " ORDER BY id"))
                    .as("seed %d, %s", seed, condition)
                    .isEqualTo(sql.rows(
                            "SELECT id FROM t WHERE CASE WHEN " + condition + " THEN TRUE ELSE FALSE END ORDER BY id"));
        }
    }

    private static String comparison(Random random) {
        String operator = List.of("=", "<", "<=", ">", ">=").get(random.nextInt(5));
        int value = random.nextInt(320);
        return switch (random.nextInt(6)) {
            case 0 -> "n " + operator + " " + value;
            case 1 -> "s " + operator + " 's" + (1000 + value) + "'";
            case 2 -> "d " + operator + " " + (value - 150) + ".25";
            case 3 -> "f " + operator + " CAST(" + (value - 150) + ".5 AS DOUBLE)";
            case 4 -> "n IN (" + value + ", " + random.nextInt(320) + ")";
            default -> random.nextBoolean() ? "empty IS NULL" : "n IS NOT NULL";
        };
    }
}
