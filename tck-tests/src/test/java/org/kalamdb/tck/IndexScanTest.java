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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries that indexes answer: which one is chosen, and that it answers what reading the table does. */
final class IndexScanTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client sql = new Client(url);

    @BeforeEach
    void createTables() throws SQLException {
        String columns = " (a INT, b INT, email TEXT, n INT, s TEXT, at TIMESTAMP, price DECIMAL(10, 2)";
        sql.run(
                "CREATE TABLE t" + columns + ", PRIMARY KEY (a, b))",
                "CREATE TABLE plain" + columns + ")",
                "CREATE UNIQUE INDEX t_email ON t (email)",
                "CREATE INDEX t_ns ON t (n, s)",
                "CREATE INDEX t_at ON t (at DESC)",
                "CREATE INDEX t_price ON t (price)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM t WHERE email = 'x' | index t_email (email = 'x'",
                "SELECT n FROM t WHERE email = 'x' AND n = 1 | index t_email",
                "SELECT * FROM t WHERE email IN ('x', 'y') | index t_email (email in 2 values)",
                "SELECT * FROM t WHERE n = 1 | index t_ns (n = 1)",
                "SELECT * FROM t WHERE n = 1 AND s > 'a' AND s <= 'b' | index t_ns (n = 1 and s > 'a'",
                "SELECT * FROM t WHERE n IN (1, 2, 3) AND s = 'x' | index t_ns (n in 3 values and s = 'x'",
                "SELECT * FROM t WHERE n = 1 AND s = 'q' AND a = 1 | index t_ns",
                "SELECT * FROM t WHERE a = 1 AND n = 2 | primary key t_pkey (a = 1)",
                "SELECT * FROM t WHERE a IN (1, 2) AND b IN (3, 4) | primary key t_pkey (a in 2 values and b in 2 values)",
                "SELECT * FROM t WHERE a = 1 AND b BETWEEN 2 AND 4 | primary key t_pkey (a = 1 and b >= 2 and b <= 4)",
                "SELECT * FROM t WHERE price < 5.00 | index t_price (price < 5.00",
                "SELECT * FROM t ORDER BY a, b LIMIT 3 | primary key t_pkey in order",
                "SELECT n FROM t ORDER BY a | primary key t_pkey in order",
                "SELECT * FROM t ORDER BY at DESC LIMIT 3 | index t_at in descending order",
                "SELECT * FROM t WHERE n = 1 ORDER BY s LIMIT 3 | index t_ns (n = 1) in order",
                "SELECT * FROM t WHERE n = 1 ORDER BY n DESC, s DESC LIMIT 3 | index t_ns (n = 1) in descending order",
                "UPDATE t SET price = 1 WHERE email = 'x' | index t_email",
                "DELETE FROM t WHERE n = 1 | index t_ns (n = 1)"
            })
    void isChosenByRule(String statement, String path) throws SQLException {
        assertThat(String.join("\n", sql.rows("EXPLAIN " + statement))).contains("main.t by " + path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM t WHERE s = 'x'",
                "SELECT * FROM t WHERE n + 1 = 2",
                "SELECT * FROM t WHERE n = 1 OR a = 1",
                "SELECT * FROM t ORDER BY s LIMIT 3",
                "SELECT * FROM t ORDER BY at NULLS FIRST LIMIT 3",
                "SELECT * FROM t WHERE s = 'x' ORDER BY at LIMIT 3"
            })
    void isLeftAloneWhereItDoesNotHelp(String statement) throws SQLException {
        assertThat(String.join("\n", sql.rows("EXPLAIN " + statement))).doesNotContain("index");
    }

    /** Looking rows up one by one costs more than reading all, if most of them are found. */
    @Test
    void indexIsLeftAloneWhereItFindsMostRows() throws SQLException {
        String url = TestDatabases.freshMemoryUrl();
        try (Client client = new Client(url)) {
            client.run(
                    "CREATE TABLE reading (id INT PRIMARY KEY, level INT)",
                    "CREATE INDEX reading_level ON reading (level)",
                    "INSERT INTO reading SELECT i, MOD(i, 1000) FROM generate_series(1, 5000) AS s(i)",
                    "ANALYZE reading");
            String few = client.rows("EXPLAIN SELECT SUM(id) FROM reading WHERE level < 20")
                    .toString();
            String most = client.rows("EXPLAIN SELECT SUM(id) FROM reading WHERE level > 20")
                    .toString();
            assertThat(few).contains("by index reading_level (level < 20)");
            assertThat(most).doesNotContain("by index");
            assertThat(client.value("SELECT COUNT(*), MAX(level + 0) FROM reading WHERE level > 20"))
                    .isEqualTo("4895|999");
        }
    }

    @Test
    void answersWhatReadingTheTableDoes() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        fill(random);
        for (int i = 0; i < 50; i++) {
            String query = query(random);
            assertThat(sql.rows(query.replace("FROM x", "FROM t")))
                    .as("seed %d: %s", seed, query)
                    .isEqualTo(sql.rows(query.replace("FROM x", "FROM plain")));
        }
        sql.connection().setAutoCommit(false);
        for (int i = 0; i < 12; i++) {
            String change = change(random);
            assertThat(sql.update(change.replace(" x ", " t ")))
                    .as("seed %d: %s", seed, change)
                    .isEqualTo(sql.update(change.replace(" x ", " plain ")));
            String query = query(random);
            assertThat(sql.rows(query.replace("FROM x", "FROM t")))
                    .as("seed %d: %s", seed, query)
                    .isEqualTo(sql.rows(query.replace("FROM x", "FROM plain")));
        }
        sql.connection().rollback();
    }

    private void fill(Random random) throws SQLException {
        for (int i = 0; i < 300; i++) {
            String values = " VALUES (%d, %d, %s, %s, %s, %s, %s)"
                    .formatted(
                            i % 17,
                            i,
                            random.nextInt(9) == 0 ? "NULL" : "'e" + i + "'",
                            random.nextInt(9) == 0 ? "NULL" : Integer.toString(random.nextInt(8) - 4),
                            random.nextInt(9) == 0 ? "NULL" : "'" + "äb~Z".charAt(random.nextInt(4)) + "'",
                            random.nextInt(9) == 0 ? "NULL" : "TIMESTAMP '2026-01-%02d 00:00:00'".formatted(1 + i % 28),
                            random.nextInt(9) == 0 ? "NULL" : (random.nextInt(2000) - 1000) + ".25");
            sql.run("INSERT INTO t" + values, "INSERT INTO plain" + values);
        }
    }

    private static String condition(Random random) {
        int n = random.nextInt(8) - 4;
        return switch (random.nextInt(10)) {
            case 0 -> "a = " + random.nextInt(17);
            case 1 -> "a IN (1, 5, " + random.nextInt(17) + ", 5)";
            case 2 -> "a > " + random.nextInt(17) + " AND a <= " + random.nextInt(17);
            case 3 -> "n = " + n;
            case 4 -> "n IN (" + n + ", 2, NULL)";
            case 5 -> "n >= " + n;
            case 6 -> "n = " + n + " AND s >= 'b'";
            case 7 -> "email = 'e" + random.nextInt(300) + "'";
            case 8 -> "price BETWEEN -" + random.nextInt(900) + ".25 AND " + random.nextInt(900);
            default -> "at < TIMESTAMP '2026-01-" + (10 + random.nextInt(18)) + " 00:00:00'";
        };
    }

    private static String query(Random random) {
        String where = " WHERE " + condition(random) + (random.nextBoolean() ? " AND " + condition(random) : "");
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT a, b, n, s FROM x" + where + " ORDER BY n, s, a, b LIMIT " + random.nextInt(20);
            case 1 -> "SELECT * FROM x" + where + " ORDER BY at DESC, b";
            case 2 -> "SELECT at FROM x ORDER BY at DESC LIMIT " + random.nextInt(20) + " OFFSET " + random.nextInt(5);
            default -> "SELECT * FROM x" + where + " ORDER BY a, b LIMIT 30";
        };
    }

    private static String change(Random random) {
        return random.nextBoolean()
                ? "DELETE FROM x WHERE " + condition(random) + " AND b % 3 = 0"
                : "UPDATE x SET n = n + 1, s = 'u', price = price / 2 WHERE " + condition(random);
    }

    @Test
    void takesParameters() throws SQLException {
        sql.run("INSERT INTO t (a, b, email, n) VALUES (1, 1, 'x', 1), (2, 2, 'y', 2), (3, 3, NULL, NULL)");
        try (PreparedStatement query =
                sql.connection().prepareStatement("SELECT b FROM t WHERE email IN (?, ?) ORDER BY b")) {
            query.setString(1, "y");
            query.setString(2, "x");
            assertThat(rows(query)).containsExactly("1", "2");
            query.setString(2, null);
            assertThat(rows(query)).containsExactly("2");
            query.setString(2, "y");
            assertThat(rows(query)).containsExactly("2");
        }
        try (PreparedStatement query = sql.connection().prepareStatement("SELECT b FROM t WHERE n = ?")) {
            query.setObject(1, null);
            assertThat(rows(query)).isEmpty();
            query.setInt(1, 2);
            assertThat(rows(query)).containsExactly("2");
        }
    }

    private static List<String> rows(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return Client.rows(rows);
        }
    }

    @Test
    void findsRowsInBothTiers(@TempDir Path path) throws SQLException {
        try (Client tiers = new Client(TestDatabases.url(path))) {
            findRowsInBothTiers(tiers);
        }
    }

    private static void findRowsInBothTiers(Client sql) throws SQLException {
        sql.run(
                "CREATE TABLE k (id INT PRIMARY KEY, n INT UNIQUE, s TEXT)",
                "CREATE INDEX k_s ON k (s)",
                "CREATE TABLE r (k INT REFERENCES k ON DELETE CASCADE)",
                "INSERT INTO k VALUES (1, 10, 'a'), (3, 30, 'a'), (5, 50, 'b')",
                "STORAGE FLUSH TABLE main.k",
                "INSERT INTO k VALUES (2, 20, 'a'), (4, 40, 'b')",
                "INSERT INTO r VALUES (1), (2), (3)");

        assertThat(sql.rows("SELECT id FROM k WHERE s = 'a' ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(sql.rows("SELECT id FROM k ORDER BY id LIMIT 4")).containsExactly("1", "2", "3", "4");
        assertThat(sql.failure("INSERT INTO k VALUES (6, 30, 'c')").getSQLState())
                .isEqualTo("23505");
        sql.run("UPDATE k SET s = 'b' WHERE n = 10", "DELETE FROM k WHERE id = 3", "INSERT INTO k VALUES (6, 30, 'c')");
        assertThat(sql.rows("SELECT id FROM k WHERE s = 'b' ORDER BY id")).containsExactly("1", "4", "5");
        assertThat(sql.rows("SELECT k FROM r ORDER BY k")).containsExactly("1", "2");
        sql.run("DROP INDEX k_s", "STORAGE FLUSH TABLE main.k", "CREATE INDEX k_s ON k (s)");
        assertThat(sql.rows("SELECT id FROM k WHERE s IN ('c', 'b') ORDER BY id"))
                .containsExactly("1", "4", "5", "6");
    }

    @Test
    void isSeenByTransactionsThatBeganBefore() throws SQLException {
        sql.run("INSERT INTO t (a, b, s) VALUES (1, 1, 'x'), (2, 2, 'y')");
        try (Client old = new Client(url)) {
            old.connection().setAutoCommit(false);
            assertThat(old.value("SELECT count(*) FROM t")).isEqualTo("2");
            sql.run("CREATE INDEX t_s ON t (s)", "INSERT INTO t (a, b, s) VALUES (3, 3, 'x')");
            assertThat(sql.value("SELECT count(*) FROM t WHERE s = 'x'")).isEqualTo("2");
            assertThat(old.value("SELECT count(*) FROM t WHERE s = 'x'")).isIn("1", "2");
        }
    }

    @Test
    void outlivesTheProcess(@TempDir Path path) throws SQLException {
        String folder = TestDatabases.url(path);
        try (Client first = new Client(folder)) {
            first.run("CREATE TABLE k (id INT PRIMARY KEY, n INT UNIQUE)", "INSERT INTO k VALUES (1, 10), (2, 20)");
        }
        try (Client second = new Client(folder)) {
            assertThat(second.value("SELECT id FROM k WHERE n = 20")).isEqualTo("2");
            assertThat(second.failure("INSERT INTO k VALUES (3, 10)").getSQLState())
                    .isEqualTo("23505");
        }
    }
}
