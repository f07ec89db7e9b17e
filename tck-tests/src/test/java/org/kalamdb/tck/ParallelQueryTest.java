// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over segments answer the same on one thread, on several, and on several with next to no memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ParallelQueryTest {
    private static final String THREAD_NAME = "kalamdb-query";

    private Client client;

    @BeforeAll
    void fillTables(@TempDir Path folder) throws SQLException {
        client = new Client(TestDatabases.url(folder) + "?threads=4");
        client.run(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, g INT, s TEXT, d DECIMAL(12, 2), f DOUBLE, sold DATE)",
                "INSERT INTO t SELECT i, MOD(i * 7919, 150001), CAST(CASE WHEN MOD(i, 3) = 0 THEN 7 ELSE MOD(i * 31, 997) END"
                        + " AS INT), CASE WHEN MOD(i, 10) = 0 THEN NULL ELSE 'text ' || CAST(MOD(i * 613, 9973) AS VARCHAR) END,"
                        + " CAST(MOD(i * 104729, 1000000) AS DECIMAL(12, 2)), CAST(MOD(i, 64) AS DOUBLE) / 4,"
                        + " DATE '2020-01-01' + CAST(MOD(i, 1500) AS INT) FROM generate_series(1, 150000) AS x(i)",
                "UPDATE t SET d = -1 WHERE id BETWEEN 100 AND 200",
                "DELETE FROM t WHERE id BETWEEN 1000 AND 1100");
    }

    @AfterAll
    void close() throws SQLException {
        client.close();
        assertThat(queryThreads()).isEmpty();
    }

    private static List<Thread> queryThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD_NAME))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT COUNT(*), SUM(n), SUM(d), MIN(s), MAX(sold), AVG(d), SUM(f) FROM t WHERE g = 7",
                "SELECT g, COUNT(*), COUNT(s), SUM(d), MIN(s), MAX(f) FROM t GROUP BY g",
                "SELECT n, COUNT(*), MAX(d) FROM t GROUP BY n",
                "SELECT g, f, COUNT(*), SUM(d) FROM t WHERE g < 20 GROUP BY ROLLUP(g, f)",
                "SELECT DISTINCT s, f FROM t",
                "SELECT g, COUNT(DISTINCT s), COUNT(*) FROM t WHERE g < 100 GROUP BY g",
                "SELECT COUNT(*) FROM t WHERE d = 5e6",
                "SELECT * FROM t WHERE MOD(n, 10) = 3",
                "SELECT * FROM t ORDER BY s DESC NULLS LAST, id OFFSET 20000 ROWS FETCH NEXT 5000 ROWS ONLY",
                "SELECT id, d FROM t ORDER BY d DESC, id FETCH NEXT 20 ROWS ONLY",
                "SELECT COUNT(*), SUM(a.d), MIN(b.s) FROM t AS a JOIN t AS b ON a.n = b.id WHERE b.g < 500",
                "SELECT a.id, b.id FROM t AS a LEFT JOIN (SELECT * FROM t WHERE g = 8) AS b ON a.id = b.n WHERE a.g < 30",
                "SELECT a.id, b.id, b.g FROM (SELECT * FROM t WHERE g < 30) AS a FULL JOIN"
                        + " (SELECT * FROM t WHERE g BETWEEN 20 AND 40) AS b ON a.n = b.id AND a.f < b.f",
                "SELECT COUNT(*) FROM t AS a WHERE NOT EXISTS (SELECT 1 FROM t AS b WHERE b.n = a.id AND b.g < 900)",
                "SELECT id FROM t AS a WHERE g = 7 AND n IN (SELECT id FROM t)",
                "SELECT id FROM t AS a WHERE g < 30 AND NOT EXISTS (SELECT 1 FROM t AS b WHERE b.n = a.id AND b.f <> a.f)",
                "SELECT s, f FROM t WHERE g < 50 EXCEPT ALL SELECT s, f FROM t WHERE g > 20 AND f < 4",
                "SELECT g, f FROM t INTERSECT SELECT g, f + 1 FROM t",
                "SELECT id, ROW_NUMBER() OVER (PARTITION BY s, f ORDER BY id) FROM t WHERE g < 100",
                "SELECT g, c FROM (SELECT g, COUNT(*) AS c FROM t GROUP BY g UNION ALL SELECT g, 1 FROM t WHERE n < 100) AS x",
            })
    void answersTheSame(String sql) throws SQLException {
        client.run("SET threads = 1", "RESET memory_limit");
        List<String> expected = sorted(sql);

        client.run("SET threads = 4");
        assertThat(sorted(sql)).isEqualTo(expected);
        assertThat(queryThreads()).isNotEmpty();

        client.run("SET memory_limit = '1MB'");
        assertThat(sorted(sql)).isEqualTo(expected);
        assertThat(client.value("SELECT metric_value FROM system.stats WHERE metric_name = 'query_memory_bytes'"))
                .isEqualTo("0");
    }

    /** Of such columns segments have dictionaries, whose codes are grouped; of what is computed there are none. */
    @Test
    void groupsTextsOfDictionariesLikeOthers() throws SQLException {
        client.run(
                "SET threads = 4",
                "RESET memory_limit",
                "CREATE TABLE coded (id BIGINT PRIMARY KEY, k TEXT, m TEXT, d DECIMAL(12, 2), n BIGINT)",
                "INSERT INTO coded SELECT id, CASE WHEN MOD(id, 7) = 3 THEN NULL ELSE 'k' || CAST(MOD(id, 5) AS VARCHAR) END,"
                        + " CASE WHEN id > 90000 THEN 'late' WHEN MOD(n, 11) = 0 THEN '' ELSE 'early' END,"
                        + " CASE WHEN MOD(id, 3) = 0 THEN NULL ELSE d END, n FROM t");
        String select =
                "SELECT %1$s, %2$s, COUNT(*), COUNT(d), SUM(d), SUM(n), MIN(d), SUM(d) FILTER (WHERE n < 70000),"
                        + " SUM(d * (1 - d) + n) FROM coded WHERE MOD(id, 4) <> 1 GROUP BY %1$s, %2$s";

        assertThat(sorted(select.formatted("k", "m"))).isEqualTo(sorted(select.formatted("k || ''", "m || ''")));

        client.run("DROP TABLE coded");
    }

    private List<String> sorted(String sql) throws SQLException {
        List<String> rows = new ArrayList<>(client.rows(sql));
        if (!sql.contains("ORDER BY")) {
            rows.sort(null);
        }
        return rows;
    }

    @Test
    void oneFailureEndsTheQuery() throws SQLException {
        client.run("SET threads = 4", "RESET memory_limit");
        for (String sql : List.of(
                "SELECT SUM(100 / (n - 77)) FROM t",
                "SELECT id, 100 / (n - 77) FROM t",
                "SELECT n FROM t ORDER BY 100 / (n - 77)",
                "SELECT COUNT(*) FROM t AS a JOIN (SELECT 100 / (n - 77) AS k FROM t) AS b ON a.id = b.k")) {
            assertThat(client.failureOfReading(sql).getSQLState()).as(sql).isEqualTo("22012");
        }
        assertThat(client.value("SELECT COUNT(*) FROM t")).isEqualTo("149899");
    }

    @Test
    void aResultThatIsClosedEarlyStopsItsThreads() throws SQLException {
        client.run("SET threads = 4", "RESET memory_limit");
        for (int i = 0; i < 20; i++) {
            try (Statement statement = client.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id, d + 1 FROM t WHERE n > 10")) {
                assertThat(rows.next()).isTrue();
            }
        }
        assertThat(client.value("SELECT COUNT(*) FROM t")).isEqualTo("149899");
    }

    @Test
    void cancellingStopsAllThreads() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        client.run("SET threads = 4", "RESET memory_limit");
        for (String sql : List.of(
                "SELECT COUNT(*) FROM t AS a JOIN t AS b ON a.f < b.f AND a.g < b.g AND a.s < b.s",
                "SELECT MAX(a.n + b.n) FROM t AS a CROSS JOIN t AS b",
                "SELECT a.s, COUNT(*) FROM t AS a JOIN t AS b ON a.f = b.f GROUP BY a.s ORDER BY 2")) {
            try (Statement statement = client.connection().createStatement()) {
                CompletableFuture<String> state = CompletableFuture.supplyAsync(() -> {
                    try (ResultSet rows = statement.executeQuery(sql)) {
                        return "answered " + rows.next();
                    } catch (SQLException e) {
                        return e.getSQLState();
                    }
                });
                Thread.sleep(50);
                statement.cancel();
                while (!state.isDone()) {
                    statement.cancel();
                    Thread.sleep(1);
                }
                assertThat(state.get(30, TimeUnit.SECONDS)).as(sql).isEqualTo("57014");
            }
        }
    }
}
