// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that would take days end when they are cancelled, whatever they are at, and leave nothing behind: no memory, no
 * files, no locks and no rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CancelTest {
    private static final int ROWS = 30_000;
    private static final int WAIT_SECONDS = 60;
    private static final int PAUSE_MILLIS = 150;

    private Path folder;
    private Path outside;
    private Client sql;

    @BeforeAll
    void fill(@TempDir Path database, @TempDir Path files) throws SQLException {
        folder = database;
        outside = files;
        sql = new Client(TestDatabases.url(database) + "?threads=2&memoryLimit=4MB");
        sql.run(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, one INT, s TEXT, v EMBEDDING(2))",
                "INSERT INTO t SELECT i, MOD(i * 7919, 30011), 1, 'text ' || CAST(i AS VARCHAR),"
                        + " '[1, ' || CAST(i AS VARCHAR) || ']' FROM generate_series(1, " + ROWS + ") AS x(i)",
                "CREATE TABLE target (id BIGINT PRIMARY KEY, n BIGINT)",
                "INSERT INTO target VALUES (1, 1), (2, 2)",
                "CREATE TABLE cold AS SELECT id, n, s FROM t",
                "STORAGE FLUSH TABLE cold");
    }

    @AfterAll
    void close() throws SQLException {
        sql.close();
        assertThat(folder.resolve("spill")).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM t AS a, t AS b, t AS c WHERE a.n + b.n + c.n = -1",
                "SELECT COUNT(*) FROM t AS a JOIN t AS b ON a.one = b.one JOIN t AS c ON b.one = c.one WHERE a.n + c.n = -1",
                "SELECT COUNT(*) FROM t AS a LEFT JOIN t AS b ON a.n + b.n = -1 LEFT JOIN t AS c ON c.n + a.n < b.n",
                "SELECT COUNT(*) FROM t AS a, t AS c WHERE NOT EXISTS (SELECT 1 FROM t AS b WHERE b.one = a.one AND b.n + c.n = -1)",
                "SELECT a.n, b.n, COUNT(*) FROM t AS a, t AS b GROUP BY a.n, b.n",
                "SELECT COUNT(DISTINCT a.n * 100000 + b.n) FROM t AS a, t AS b",
                "SELECT a.one, COUNT(DISTINCT a.n * 100000 + b.n) FROM t AS a, t AS b GROUP BY a.one",
                "SELECT a.s, b.s FROM t AS a, t AS b ORDER BY b.s, a.s",
                "SELECT a.s, b.s FROM t AS a, t AS b ORDER BY b.n - a.n LIMIT 10",
                "SELECT a.id FROM t AS a, t AS b ORDER BY L2_DISTANCE(a.v, b.v) DESC LIMIT 10",
                "SELECT DISTINCT a.n, b.n FROM t AS a, t AS b",
                "SELECT a.n, b.n FROM t AS a, t AS b EXCEPT SELECT a.n, b.n FROM t AS a, t AS b",
                "SELECT COUNT(*) FROM generate_series(1, 9000000000000000000) AS x(i) WHERE i < 0",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT MOD(n + 1, 7) FROM r) SELECT COUNT(*) FROM r",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r WHERE n > 0) SELECT n FROM r WHERE n < 0",
                "SELECT COUNT(*) FROM t AS a, t AS b WHERE a.s || REPEAT(b.s, 200) LIKE '%x%y%z%w'",
                "SELECT COUNT(*) FROM t AS a, t AS b WHERE UPPER(REPEAT(a.s, 2000)) = LOWER(REPEAT(b.s, 2000))",
                "SELECT COUNT(*) FROM t AS a WHERE n = (SELECT SUM(b.n + c.n) FROM t AS b, t AS c WHERE b.id < a.id)",
                "SELECT COUNT(*) FROM cold AS a, cold AS b, cold AS c WHERE a.s || b.s = c.s",
                "INSERT INTO target SELECT i + 10, i FROM generate_series(1, 9000000000000000000) AS x(i)",
                "UPDATE target SET n = (SELECT COUNT(*) FROM t AS a, t AS b, t AS c WHERE a.n + b.n + c.n = -target.id)",
                "DELETE FROM target WHERE id IN (SELECT a.n + b.n + c.n FROM t AS a, t AS b, t AS c WHERE a.n + b.n < -c.n)",
                "MERGE INTO target USING (SELECT a.n + b.n AS k FROM t AS a, t AS b WHERE a.n + b.n < 0) AS m ON target.id = m.k"
                        + " WHEN MATCHED THEN UPDATE SET n = 5",
                "CREATE TABLE copied AS SELECT a.n, b.s FROM t AS a, t AS b",
                "EXPLAIN ANALYZE SELECT COUNT(*) FROM t AS a, t AS b, t AS c WHERE a.n + b.n + c.n = -1"
            })
    void endsWhateverIsCancelled(String statement) throws Exception {
        requireCancelled(statement);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"%s", "EXPLAIN %s", "INSERT INTO target %s", "CREATE VIEW doubled AS %s", "/* by itself */ %s"})
    void endsWhatIsStillPlanned(String pattern) throws Exception {
        requireCancelled(pattern.formatted(doubledQuery()));

        assertThat(sql.rows("SELECT COUNT(*) FROM information_schema.views WHERE table_name = 'doubled'"))
                .containsExactly("0");
    }

    /** Each name of WITH is read twice by the next one, so that the first is read more than a million million times. */
    private static String doubledQuery() {
        StringBuilder text = new StringBuilder("WITH w0 AS (SELECT id, n FROM t WHERE id = 3)");
        for (int i = 1; i <= 40; i++) {
            text.append(
                    ", w%d AS (SELECT a.id, b.n FROM w%d AS a JOIN w%d AS b ON b.id = a.n)".formatted(i, i - 1, i - 1));
        }
        return text.append(" SELECT id, n FROM w40").toString();
    }

    @Test
    void endsAStatementThatIsPlannedWhenItsConnectionIsClosed() throws Exception {
        Connection connection = DriverManager.getConnection(TestDatabases.url(folder));
        CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> {
            try (Statement prepared = connection.prepareStatement(doubledQuery())) {
                return null;
            } catch (SQLException e) {
                return e;
            }
        });
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        connection.close();

        assertThat((Throwable) failure.get(WAIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        requireNothingLeft(sql.connection());
    }

    @Test
    void theTimeoutOfAStatementEndsItsPlanning() throws Exception {
        try (Statement statement = sql.connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(doubledQuery())).isInstanceOf(SQLTimeoutException.class);
        }
        // Nobody has limited how long preparing may take.
        try (Statement prepared =
                sql.connection().prepareStatement("SELECT COUNT(*) FROM t AS a JOIN t AS b ON a.n = b.id")) {
            assertThat(prepared.isClosed()).isFalse();
        }
        requireNothingLeft(sql.connection());
    }

    @Test
    void endsCopyToAFile() throws Exception {
        requireCancelled("COPY (SELECT a.n, b.s FROM t AS a, t AS b) TO '" + outside.resolve("rows.csv") + "'");

        assertThat(outside).isEmptyDirectory();
    }

    /** With room for its partition, which has no place in files. */
    @Test
    void endsAWindow() throws Exception {
        sql.run("SET memory_limit = '256MB'");
        try {
            requireCancelled("SELECT MAX(m) FROM (SELECT MIN(MOD(n, 13)) OVER (ORDER BY id ROWS BETWEEN 20000 PRECEDING"
                    + " AND 20000 FOLLOWING EXCLUDE CURRENT ROW) AS m FROM t) AS x");
        } finally {
            sql.run("SET memory_limit = '4MB'");
        }
    }

    private void requireCancelled(String text) throws Exception {
        Connection connection = sql.connection();
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> failure = failureOf(statement, text);
            SQLException cancelled = cancel(statement, failure);
            assertThat((Throwable) cancelled).isNotNull();
            assertThat(cancelled.getSQLState()).as(cancelled.toString()).isEqualTo("57014");
        }
        requireNothingLeft(connection);
    }

    /** Again and again, since what has not begun yet cannot be cancelled. */
    private static SQLException cancel(Statement statement, CompletableFuture<SQLException> failure) throws Exception {
        for (int i = 0; i < WAIT_SECONDS * 1000 / PAUSE_MILLIS && !failure.isDone(); i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            statement.cancel();
        }
        return failure.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private static CompletableFuture<SQLException> failureOf(Statement statement, String text) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                if (statement.execute(text)) {
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            // What matters is when it ends.
                        }
                    }
                }
                return null;
            } catch (SQLException e) {
                return e;
            }
        });
    }

    private void requireNothingLeft(Connection connection) throws SQLException, IOException {
        assertThat(connection.isValid(5)).isTrue();
        assertThat(sql.rows("SELECT id, n FROM target ORDER BY id")).containsExactly("1|1", "2|2");
        assertThat(sql.rows("SELECT COUNT(*) FROM system.tables WHERE table_name = 'copied'"))
                .containsExactly("0");
        assertThat(sql.value("SELECT metric_value FROM system.stats WHERE metric_name = 'query_memory_bytes'"))
                .isEqualTo("0");
        Path spill = folder.resolve("spill");
        if (Files.exists(spill)) {
            try (Stream<Path> files = Files.list(spill)) {
                assertThat(files).isEmpty();
            }
        }
        try (Connection other = DriverManager.getConnection(TestDatabases.url(folder));
                Statement statement = other.createStatement()) {
            // No lock was left on what the statement was about to change.
            assertThat(statement.executeUpdate("UPDATE target SET n = n")).isEqualTo(2);
        }
    }

    @Test
    void theTimeoutOfAStatementEndsIt() throws Exception {
        try (Statement statement = sql.connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() ->
                            statement.execute("SELECT COUNT(*) FROM t AS a, t AS b, t AS c WHERE a.n + b.n + c.n = -1"))
                    .isInstanceOf(SQLTimeoutException.class);
        }
        requireNothingLeft(sql.connection());
    }

    @Test
    void closingTheConnectionEndsItsStatement() throws Exception {
        Connection connection = DriverManager.getConnection(TestDatabases.url(folder));
        Statement statement = connection.createStatement();
        CompletableFuture<SQLException> failure =
                failureOf(statement, "SELECT COUNT(*) FROM t AS a, t AS b, t AS c WHERE a.n + b.n + c.n = -1");
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        connection.close();

        assertThat((Throwable) failure.get(WAIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        requireNothingLeft(sql.connection());
    }

    @Test
    void anOpenTransactionKeepsWhatWasDoneBefore() throws Exception {
        Connection connection = sql.connection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO target VALUES (3, 3)");
            CompletableFuture<SQLException> failure = failureOf(
                    statement,
                    "INSERT INTO target SELECT i + 10, i FROM generate_series(1, 9000000000000000000) AS x(i)");

            assertThat(cancel(statement, failure).getSQLState()).isEqualTo("57014");
            assertThat(sql.rows("SELECT COUNT(*) FROM target")).containsExactly("3");
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        requireNothingLeft(connection);
    }
}
