// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries over segments, whose pages are decoded once, shared by scans and left out where they cannot match, answer what they
 * answer over the same rows in the key-value store.
 */
final class ColumnarScanTest {
    private static final String COLUMNS =
            "(id BIGINT PRIMARY KEY, big BIGINT, n INT, small SMALLINT, b BOOLEAN, d DOUBLE, f FLOAT,"
                    + " price DECIMAL(12, 2), wide DECIMAL(30, 4), word TEXT, line TEXT, day DATE, at TIMESTAMP, u UUID, raw BYTES)";
    /** Some more than two pages. */
    private static final int ROWS = 9_000;

    private static final List<String> QUERIES = List.of(
            "SELECT count(*) FROM t",
            "SELECT count(big), count(n), count(small), count(b), count(d), count(f), count(price), count(wide),"
                    + " count(word), count(line), count(day), count(at), count(u), count(raw) FROM t",
            "SELECT min(id), max(id), sum(big), sum(n), sum(small), sum(price), sum(wide), min(word), max(word), min(line),"
                    + " max(line), min(day), max(day), min(at), max(at) FROM t",
            "SELECT word, count(*), sum(price), min(line), max(d) FROM t GROUP BY word",
            "SELECT word, b, n, count(*) FROM t WHERE n < 6 GROUP BY word, b, n",
            "SELECT id FROM t WHERE word = 'two'",
            "SELECT id FROM t WHERE word <> 'two' AND id < 500",
            "SELECT id FROM t WHERE word IN ('', 'three') AND n > 40",
            "SELECT id, word FROM t WHERE word IS NULL AND id < 2000",
            "SELECT count(*) FROM t WHERE word LIKE 't%' OR line LIKE '%77%'",
            "SELECT id, line FROM t WHERE line LIKE '%99%' AND id > 4000",
            "SELECT id FROM t WHERE upper(word) = 'ONE' AND length(word) = 3 AND n = 3",
            "SELECT count(*) FROM t WHERE CASE WHEN word = 'one' THEN n < 10 WHEN word IS NULL THEN b ELSE n > 44 END",
            "SELECT id FROM t WHERE word > 'p' AND word <= 'three' AND n = 11",
            "SELECT id, price, wide FROM t WHERE price BETWEEN 100 AND 140.5",
            "SELECT id FROM t WHERE id BETWEEN 4090 AND 4100 OR id > 8990 OR id = 17",
            "SELECT id FROM t WHERE id >= 4000 AND id < 4200 AND price > 10",
            "SELECT id, n FROM t WHERE (day >= DATE '2021-01-01' AND day < DATE '2021-01-20') OR day = DATE '2020-02-02'",
            "SELECT id, u, raw, at FROM t WHERE n = 7 AND small < 0",
            "SELECT id, d, f FROM t WHERE d > 400 OR f < -90",
            "SELECT a.id, c.word FROM t AS a JOIN t AS c ON a.word = c.line WHERE a.id < 300",
            "SELECT count(*), sum(a.n) FROM t AS a JOIN t AS c ON a.big = c.id WHERE c.word = 'two'",
            "SELECT id, word, price FROM t ORDER BY word DESC NULLS LAST, price, id LIMIT 30",
            "SELECT DISTINCT word, small FROM t WHERE id < 5000");

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

    private void both(String statement) throws SQLException {
        sql.run(statement
                .replace("INTO t", "INTO hot")
                .replace("UPDATE t", "UPDATE hot")
                .replace("FROM t", "FROM hot")
                .replace("TABLE t", "TABLE hot"));
        sql.run(statement);
    }

    private void createTables(Random random, int rows) throws SQLException {
        both("CREATE TABLE t " + COLUMNS);
        insert(random, 0, rows);
    }

    /** Rows whose values follow from their number and the seed, so that both tables have the same. */
    private void insert(Random random, int from, int to) throws SQLException {
        int seed = random.nextInt(10_000);
        String columns = String.join(
                ", ",
                "i",
                orNull(seed + 1, mod(7_919, seed, 2 * ROWS)),
                orNull(seed + 2, "CAST(" + mod(31, seed, 50) + " AS INT)"),
                orNull(seed + 3, "CAST(" + mod(37, seed, 200) + " - 100 AS SMALLINT)"),
                orNull(seed + 4, mod(11, seed, 2) + " = 0"),
                orNull(seed + 5, "CAST(" + mod(613, seed, 1000) + " AS DOUBLE) - 499.5"),
                orNull(seed + 6, "CAST(" + mod(617, seed, 200) + " - 99.75 AS FLOAT)"),
                orNull(seed + 7, "CAST(" + mod(104_729, seed, 1_000_000) + " AS DECIMAL(12, 2)) * 0.01"),
                orNull(seed + 1, "CAST(" + mod(13, seed, 10) + " AS DECIMAL(30, 4)) - 1234567890123456.75"),
                "CASE " + mod(17, seed, 6) + " WHEN 0 THEN 'one' WHEN 1 THEN 'two' WHEN 2 THEN 'three' WHEN 3 THEN ''"
                        + " WHEN 4 THEN NULL ELSE 'a much longer word than the others have been' END",
                orNull(
                        seed + 2,
                        "CASE WHEN " + mod(7, seed, 40) + " = 0 THEN LPAD('end', 1200, 'long ') WHEN " + mod(5, seed, 9)
                                + " = 0 THEN 'two' ELSE 'line ' || CAST(" + mod(7_919, seed, 100_000)
                                + " AS VARCHAR) END"),
                orNull(seed + 3, "DATE '2020-01-01' + CAST(MOD(i, 700) AS INT)"),
                orNull(seed + 4, "CAST(DATE '2020-01-01' + CAST(" + mod(3, seed, 900) + " AS INT) AS TIMESTAMP)"),
                orNull(seed + 5, "CAST('00000000-0000-0000-0000-' || LPAD(CAST(i AS VARCHAR), 12, '0') AS UUID)"),
                "CASE MOD(i, 3) WHEN 0 THEN X'10' WHEN 1 THEN X'2030' ELSE NULL END");
        both("INSERT INTO t SELECT " + columns + " FROM generate_series(" + from + ", " + (to - 1) + ") AS s(i)");
    }

    private static String mod(int factor, int seed, int modulus) {
        return "MOD(i * " + factor + " + " + seed + ", " + modulus + ")";
    }

    private static String orNull(int seed, String expression) {
        return "CASE WHEN " + mod(19, seed, 8) + " = 0 THEN NULL ELSE " + expression + " END";
    }

    private void assertSameAnswers(String when) throws SQLException {
        for (String query : QUERIES) {
            List<String> expected = sql.rows(query.replace("FROM t", "FROM hot").replace("JOIN t", "JOIN hot"));
            List<String> actual = sql.rows(query);
            assertThat(actual).as("%s: %s", when, query).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void rowsOfSegmentsAnswerAsHotRowsDo() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        createTables(random, ROWS);
        sql.run("STORAGE FLUSH TABLE t");
        assertSameAnswers("seed " + seed + ", flushed");
        assertSameAnswers("seed " + seed + ", decoded before");

        both("DELETE FROM t WHERE n = 13 OR id BETWEEN 4096 AND 5000");
        both("UPDATE t SET word = 'two', price = price + 1 WHERE n = 17");
        insert(random, ROWS, ROWS + 500);
        assertSameAnswers("seed " + seed + ", changed");
        both("DELETE FROM t WHERE id < 4096");
        assertSameAnswers("seed " + seed + ", without the first page");

        sql.run("STORAGE FLUSH TABLE t");
        assertSameAnswers("seed " + seed + ", flushed again");
        sql.run("STORAGE COMPACT TABLE t");
        assertSameAnswers("seed " + seed + ", compacted");
    }

    @Test
    void columnsOfOldSegmentsAreThoseOfTheTable() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        createTables(random, 5_000);
        sql.run("STORAGE FLUSH TABLE t");
        sql.rows("SELECT max(n), max(small), max(word) FROM t");
        both("ALTER TABLE t ADD COLUMN kind TEXT DEFAULT 'plain'");
        both("ALTER TABLE t ADD COLUMN extra INT");
        both("ALTER TABLE t ALTER COLUMN n TYPE BIGINT");
        both("ALTER TABLE t ALTER COLUMN small TYPE INT");
        both("ALTER TABLE t RENAME COLUMN line TO text_line");
        both(
                "INSERT INTO t (id, n, kind, extra, word) VALUES (7000, 5000000000, 'new', 1, 'two'), (7001, 3, NULL, 2, NULL)");
        for (int round = 0; round < 2; round++) {
            for (String query : List.of(
                    "SELECT kind, count(*), count(extra), sum(n), max(small) FROM t GROUP BY kind",
                    "SELECT count(*) FROM t WHERE kind = 'plain' AND n < 9 AND word LIKE 't%'",
                    "SELECT id FROM t WHERE kind <> 'plain' OR kind IS NULL",
                    "SELECT id, n FROM t WHERE n > 48",
                    "SELECT id FROM t WHERE extra IS NOT NULL OR small = -5",
                    "SELECT max(text_line) FROM t WHERE kind IN ('plain', 'new')")) {
                assertThat(sql.rows(query))
                        .as("seed %d: %s", seed, query)
                        .containsExactlyInAnyOrderElementsOf(sql.rows(query.replace("FROM t", "FROM hot")));
            }
            sql.run("STORAGE FLUSH TABLE t");
        }
        both("ALTER TABLE t DROP COLUMN kind");
        both("ALTER TABLE t ADD COLUMN kind TEXT DEFAULT 'second'");
        assertThat(sql.rows("SELECT kind, count(*) FROM t GROUP BY kind")).containsExactly("second|5002");
    }

    @Test
    void snapshotsKeepTheirRowsWhileOthersChangeFlushAndCompact() throws SQLException {
        long seed = System.nanoTime();
        createTables(new Random(seed), ROWS);
        sql.run("STORAGE FLUSH TABLE t");
        try (Client reader = new Client(TestDatabases.url(folder))) {
            Connection connection = reader.connection();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String query = "SELECT word, count(*), sum(n), sum(price), min(line) FROM t WHERE n < 40 GROUP BY word";
            List<String> before = reader.rows(query);
            sql.run("DELETE FROM t WHERE n = 3", "UPDATE t SET word = 'changed' WHERE n = 5");
            assertThat(reader.rows(query)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(before);
            sql.run("STORAGE FLUSH TABLE t", "DELETE FROM t WHERE n = 9", "STORAGE COMPACT TABLE t");
            assertThat(reader.rows(query)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(before);
            reader.run(
                    "UPDATE t SET word = 'mine' WHERE id = -1", "INSERT INTO t (id, n, word) VALUES (-1, 1, 'mine')");
            assertThat(reader.rows(query)).as("seed %d", seed).hasSize(before.size() + 1);
            connection.rollback();
            assertThat(reader.rows(query)).as("seed %d", seed).isNotEqualTo(before);
            connection.rollback();
        }
    }

    @Test
    void resultsReadSlowlyOutliveTheirSegments() throws SQLException {
        createTables(new Random(1), ROWS);
        sql.run("STORAGE FLUSH TABLE t");
        try (Client reader = new Client(TestDatabases.url(folder));
                Statement statement = reader.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, word FROM t WHERE n IS NOT NULL OR n IS NULL")) {
            assertThat(rows.next()).isTrue();
            sql.run("DELETE FROM t WHERE n < 25", "STORAGE COMPACT TABLE t");
            int count = 1;
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(ROWS);
        }
    }

    @Test
    void pagesThatCannotMatchAreLeftOut() throws SQLException {
        sql.run(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, v BIGINT, w DECIMAL(12, 2), s TEXT, k INT)",
                "INSERT INTO t SELECT i, i, i, LPAD(CAST(i AS VARCHAR), 6, '0'), CAST(MOD(i, 10) AS INT)"
                        + " FROM generate_series(0, " + (ROWS - 1) + ") AS s(i)",
                "STORAGE FLUSH TABLE t");
        assertSkippedPages(2, "v < 100");
        assertSkippedPages(1, "v < 10 OR v > 8500");
        assertSkippedPages(1, "v = 10 OR v > 8500 AND k = 3");
        assertSkippedPages(2, "v IN (5000, 6000)");
        assertSkippedPages(2, "w = 24");
        assertSkippedPages(2, "s >= '005000' AND s < '005010'");
        assertSkippedPages(0, "k = 3");
        assertSkippedPages(0, "v < 10 OR MOD(v, 7) = 3");
        assertThat(sql.rows("EXPLAIN SELECT count(*) FROM t WHERE v < 10 OR w > 8500")
                        .toString())
                .contains("segments by (v < 10 or w > 8500");
    }

    private void assertSkippedPages(int pages, String condition) throws SQLException {
        String whole = "SELECT count(*) FROM t WHERE CASE WHEN " + condition + " THEN TRUE ELSE FALSE END";
        String expected = sql.value(whole);
        long before = statistic("segment_pages_skipped");
        assertThat(sql.value("SELECT count(*) FROM t WHERE " + condition))
                .as(condition)
                .isEqualTo(expected);
        assertThat(statistic("segment_pages_skipped") - before).as(condition).isEqualTo(pages);
    }

    private long statistic(String name) throws SQLException {
        return Long.parseLong(sql.value("SELECT metric_value FROM system.stats WHERE metric_name = '" + name + "'"));
    }

    @Test
    void secondScanDecodesNothing() throws SQLException {
        createTables(new Random(1), ROWS);
        sql.run("STORAGE FLUSH TABLE t");
        String query = "SELECT sum(n) FROM t WHERE word = 'two'";
        String answer = sql.value(query);
        long misses = statistic("column_cache_misses");
        long hits = statistic("column_cache_hits");
        assertThat(sql.value(query)).isEqualTo(answer);
        assertThat(statistic("column_cache_misses")).isEqualTo(misses);
        assertThat(statistic("column_cache_hits")).isGreaterThan(hits);
        assertThat(statistic("column_cache_bytes")).isPositive();
        sql.run("DELETE FROM t", "STORAGE COMPACT TABLE t");
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void moreColumnsThanTheCacheHoldsAreDecodedAgain() throws SQLException {
        sql.close();
        sql = new Client(TestDatabases.url(folder) + "?columnCache=1MB");
        createTables(new Random(1), 4 * ROWS);
        sql.run("STORAGE FLUSH TABLE t");
        String query = "SELECT count(line), max(line), sum(big), sum(wide), count(u), max(at), sum(d) FROM t";
        String expected = sql.value(query.replace("FROM t", "FROM hot"));
        for (int scan = 0; scan < 3; scan++) {
            assertThat(sql.value(query)).isEqualTo(expected);
            assertThat(statistic("column_cache_bytes")).isLessThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void countingReadsNoColumn() throws SQLException {
        createTables(new Random(1), ROWS);
        sql.run("STORAGE FLUSH TABLE t", "DELETE FROM t WHERE id < 10");
        long misses = statistic("column_cache_misses");
        long hits = statistic("column_cache_hits");
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo(String.valueOf(ROWS - 10));
        assertThat(statistic("column_cache_misses")).isEqualTo(misses);
        assertThat(statistic("column_cache_hits")).isEqualTo(hits);
    }
}
