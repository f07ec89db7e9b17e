// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a plan contains several times is computed once, if it answers the same each time and that is worth it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommonSubplanTest {
    private static final int ROWS = 120_000;
    private static final int GROUPS = 40_000;

    private static final String GREATEST = "WITH totals AS (SELECT g, SUM(v) AS total FROM t GROUP BY g)"
            + " SELECT g, total FROM totals WHERE total = (SELECT MAX(total) FROM totals)";

    private Client client;

    @BeforeAll
    void fillTables(@TempDir Path folder) throws SQLException {
        client = new Client(TestDatabases.url(folder) + "?threads=4");
        client.run(
                "CREATE TABLE t (id INT PRIMARY KEY, g INT, v BIGINT, s TEXT)",
                "INSERT INTO t SELECT i, MOD(i * 7919, " + GROUPS
                        + "), MOD(i * 31, 1009), 'text ' || CAST(i AS VARCHAR)" + " FROM generate_series(1, " + ROWS
                        + ") AS x(i)",
                "CREATE TABLE few (g INT PRIMARY KEY)",
                "INSERT INTO few VALUES (7), (8)",
                "STORAGE FLUSH TABLE t");
    }

    @AfterAll
    void close() throws SQLException {
        client.close();
    }

    private String plan(String query) throws SQLException {
        return String.join("\n", client.rows("EXPLAIN " + query));
    }

    private List<String> sorted(String query) throws SQLException {
        return client.rows(query).stream().sorted().toList();
    }

    @Test
    void aggregateOfNamedQueryRunsOnce() throws SQLException {
        String measured = String.join("\n", client.rows("EXPLAIN ANALYZE " + GREATEST));
        assertThat(measured)
                .containsPattern("Shared\\(1\\) .*actual rows=" + GROUPS + " ")
                .containsPattern("Shared\\(1, read again\\) .*actual rows=" + GROUPS + " ")
                .containsOnlyOnce("Scan(main.t")
                .containsOnlyOnce("actual rows=" + ROWS + " ");
        String totals = "SELECT g, SUM(v) AS total FROM t GROUP BY g";
        String greatest = client.value("SELECT MAX(total) FROM (" + totals + ") AS x");
        assertThat(sorted(GREATEST)).isNotEmpty().isEqualTo(sorted(totals + " HAVING SUM(v) = " + greatest));
    }

    @Test
    void answersTheSameOnOneThreadAndWithLittleMemory() throws SQLException {
        String counted = "SELECT g, COUNT(*) AS n, MIN(s) AS s FROM t GROUP BY g";
        String query = "WITH a AS (" + counted + ") SELECT COUNT(*), SUM(x.g * x.n + y.n), MIN(x.s), MAX(y.s)"
                + " FROM a AS x JOIN a AS y ON x.g = y.g + 1 WHERE x.s < y.s";
        assertThat(plan(query)).contains("Shared(1)", "Shared(1, read again)");
        String twice = query.replace("JOIN a AS y", "JOIN (" + counted.replace("MIN(s)", "MIN(s || '')") + ") AS y");
        assertThat(plan(twice)).doesNotContain("Shared");
        String expected = client.value(twice);
        for (String setting : List.of("SET threads = 4", "SET threads = 1", "SET memory_limit = '1MB'")) {
            client.run(setting);
            assertThat(client.value(query)).as(setting).isEqualTo(expected);
        }
        String spilled = String.join("\n", client.rows("EXPLAIN ANALYZE " + query));
        client.run("RESET memory_limit", "RESET threads");
        assertThat(spilled).containsPattern("Shared\\(1.* spilled=");
    }

    @Test
    void joinsAndWindowsAndDistinctRowsAreShared() throws SQLException {
        for (String part : List.of(
                "SELECT a.g AS g, a.id AS n FROM t AS a JOIN t AS b ON a.id = b.v WHERE b.g < 2000 AND a.g < 2000",
                "SELECT g, n FROM (SELECT g, ROW_NUMBER() OVER (PARTITION BY g ORDER BY v) AS n FROM t) AS x WHERE n = 3",
                "SELECT g, v AS n FROM t INTERSECT SELECT id, v FROM t",
                "SELECT g, n FROM (SELECT g, id AS n FROM t ORDER BY v, id LIMIT 500) AS x")) {
            String query = "WITH a AS (" + part
                    + ") SELECT (SELECT SUM(g + 2 * n) FROM a), (SELECT MAX(n * 7 + g) + MIN(n) FROM a)";
            assertThat(plan(query)).as(part).contains("Shared(1)", "Shared(1, read again)");
            String alone = client.value("SELECT SUM(g + 2 * n), MAX(n * 7 + g) + MIN(n) FROM (" + part + ") AS a");
            assertThat(client.value(query)).as(part).isEqualTo(alone);
        }
    }

    @Test
    void manyRowsAreReadBySeveralThreads() throws SQLException {
        String query = "WITH a AS (SELECT id, SUM(v) AS n FROM (SELECT id, v FROM t UNION ALL SELECT id, v + 1 FROM t"
                + " UNION ALL SELECT id, v + 2 FROM t) AS u GROUP BY id)"
                + " SELECT COUNT(*), SUM(x.n * y.n) FROM a AS x JOIN a AS y ON x.id = y.id";
        assertThat(plan(query)).containsPattern("Shared\\(1\\) .*rows=" + ROWS);
        assertThat(client.value(query))
                .isEqualTo(client.value("SELECT COUNT(*), SUM((3 * v + 3) * (3 * v + 3)) FROM t"));
    }

    @Test
    void takesParametersAsTheyAre() throws SQLException {
        String query = "WITH totals AS (SELECT g, SUM(v) AS total FROM t WHERE id <= ? GROUP BY g)"
                + " SELECT COUNT(*) FROM totals WHERE total = (SELECT MAX(total) FROM totals)";
        try (PreparedStatement statement = client.connection().prepareStatement(query)) {
            for (int rows : new int[] {1, 0, 5}) {
                statement.setInt(1, rows);
                try (ResultSet answer = statement.executeQuery()) {
                    assertThat(answer.next()).isTrue();
                    assertThat(answer.getLong(1)).isEqualTo(Math.min(rows, 1));
                }
            }
        }
    }

    @Test
    void seesChangesOfItsOwnTransaction() throws SQLException {
        String query = GREATEST.replace("SELECT g, total FROM", "SELECT COUNT(*), MIN(total) FROM");
        client.connection().setAutoCommit(false);
        String before = client.value(query);
        client.run("INSERT INTO t VALUES (-1, -1, 1000000, ''), (-2, -2, 1000000, '')");
        assertThat(client.value(query)).isEqualTo("2|1000000");
        client.connection().rollback();
        client.connection().setAutoCommit(true);
        assertThat(client.value(query)).isEqualTo(before);
    }

    @Test
    void whatDiffersEachTimeRunsAgain() throws SQLException {
        assertThat(plan(
                        "WITH a AS (SELECT g, MAX(RANDOM()) AS r FROM t GROUP BY g) SELECT COUNT(*) FROM a AS x JOIN a AS y"
                                + " ON x.g = y.g WHERE x.r = y.r"))
                .doesNotContain("Shared");
        assertThat(plan("WITH a AS (SELECT g, COUNT(*) AS n FROM t GROUP BY g), b AS (SELECT g, MAX(v) AS n FROM t"
                        + " GROUP BY g) SELECT COUNT(*) FROM a JOIN b ON a.g = b.g WHERE a.n = b.n"))
                .doesNotContain("Shared");
    }

    /** Joins that leave few groups of each tell the scans below, which then read few rows. */
    @Test
    void whatJoinsLeaveLittleOfIsComputedForEach() throws SQLException {
        String query = "WITH totals AS (SELECT g, SUM(v) AS total FROM t GROUP BY g)"
                + " SELECT a.total, b.total FROM few JOIN totals AS a ON a.g = few.g"
                + " JOIN few AS f ON f.g = few.g + 1 JOIN totals AS b ON b.g = f.g";
        assertThat(plan(query)).doesNotContain("Shared");
        assertThat(client.rows(query)).hasSize(1);
    }

    @Test
    void failureReachesTheClient() throws SQLException {
        String query =
                "WITH a AS (SELECT g, SUM(1 / (v - 5)) AS n FROM t GROUP BY g) SELECT COUNT(*) FROM a AS x JOIN a AS y"
                        + " ON x.g = y.g + 1 WHERE x.n <> y.n";
        assertThat(plan(query)).contains("Shared(1)");
        assertThat(client.failureOfReading(query).getSQLState()).isEqualTo("22012");
        assertThat(client.rows(GREATEST)).isNotEmpty();
    }
}
