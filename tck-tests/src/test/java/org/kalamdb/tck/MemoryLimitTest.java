// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that running queries share: how it is set, and what happens when it is used up. */
final class MemoryLimitTest {
    private static final String ROWS =
            "INSERT INTO t SELECT i, MOD(i * 7919, 20011), 'some text ' || CAST(i AS VARCHAR),"
                    + " CAST(MOD(i * 31, 997) AS DECIMAL(12, 2)) FROM generate_series(1, 40000) AS s(i)";

    @TempDir
    private Path folder;

    @Test
    void isSharedByAllConnections() throws SQLException {
        String url = TestDatabases.freshMemoryUrl();
        try (Client one = new Client(url + "?memoryLimit=64MB");
                Client two = new Client(url)) {
            assertThat(two.value("SHOW memory_limit")).isEqualTo("64MB");

            two.run("SET memory_limit = '1536kB'");
            assertThat(one.value("SHOW memory_limit")).isEqualTo("1536kB");
            assertThat(one.failure("SET memory_limit = '1000'").getMessage())
                    .contains("must be a number of bytes of at least 1MB");

            two.run("SET memory_limit = 3145728");
            assertThat(one.value("SHOW memory_limit")).isEqualTo("3MB");
            one.run("RESET memory_limit");
            assertThat(one.value("SHOW memory_limit")).isNotEqualTo("3MB");
        }
    }

    @Test
    void queriesBeyondItAnswerTheSame() throws SQLException {
        try (Client client = new Client(TestDatabases.url(folder))) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            for (String sql : new String[] {
                "SELECT * FROM t ORDER BY s DESC, id",
                "SELECT n, COUNT(*), SUM(d), MAX(s), COUNT(DISTINCT d) FROM t GROUP BY n ORDER BY n",
                "SELECT a.id, b.id, b.s FROM t AS a JOIN t AS b ON a.n = b.id ORDER BY a.id, b.id",
                "SELECT id FROM t AS a WHERE NOT EXISTS (SELECT 1 FROM t AS b WHERE b.n = a.id) ORDER BY id",
                "SELECT COUNT(*) FROM (SELECT DISTINCT s, n FROM t) AS x",
            }) {
                client.run("RESET memory_limit");
                var expected = client.rows(sql);
                long before = spilledBytes(client);
                client.run("SET memory_limit = '1MB'");
                assertThat(client.rows(sql)).as(sql).isEqualTo(expected);
                assertThat(spilledBytes(client)).as("spilled by %s", sql).isGreaterThan(before);
            }
            assertThat(client.value("SELECT metric_value FROM system.stats WHERE metric_name = 'query_memory_bytes'"))
                    .isEqualTo("0");
        }
        assertThat(folder.resolve("spill")).doesNotExist();
    }

    @Test
    void filesGoWithTheResultThatNeededThem() throws SQLException, IOException {
        try (Client client = new Client(TestDatabases.url(folder) + "?memoryLimit=1MB")) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            Connection connection = client.connection();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY s")) {
                assertThat(rows.next()).isTrue();
                assertThat(folder.resolve("spill")).isNotEmptyDirectory();
            }
            assertThat(folder.resolve("spill")).isEmptyDirectory();
        }
    }

    @Test
    void whatACrashHasLeftIsRemoved() throws SQLException, IOException {
        new Client(TestDatabases.url(folder)).close();
        Files.createDirectory(folder.resolve("spill"));
        Files.writeString(folder.resolve("spill").resolve("7.rows"), "left");

        new Client(TestDatabases.url(folder)).close();

        assertThat(folder.resolve("spill")).doesNotExist();
    }

    /** Aggregates of all values of a group, of one group, of some and of so many that they too go to files. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT MEDIAN(d), COUNT(*) FROM t",
                "SELECT MEDIAN(n), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY d DESC),"
                        + " PERCENTILE_DISC(0.3) WITHIN GROUP (ORDER BY id) FROM t WHERE n > 7",
                "SELECT MOD(id, 100) AS g, MEDIAN(d), LISTAGG(s, ',') WITHIN GROUP (ORDER BY n, id), MODE(n) FROM t"
                        + " GROUP BY MOD(id, 100) ORDER BY g",
                "SELECT MOD(n, 5000) AS g, MEDIAN(d), MEDIAN(CASE WHEN MOD(id, 3) = 0 THEN n END), COUNT(*) FROM t"
                        + " GROUP BY MOD(n, 5000) ORDER BY g",
                "SELECT n, s, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY d), SUM(id) FROM t GROUP BY n, s ORDER BY n, s",
                "SELECT MOD(id, 10) AS g, MEDIAN(DISTINCT n), MEDIAN(d) FILTER (WHERE n > 10000), MEDIAN(d) FILTER (WHERE n < 0)"
                        + " FROM t GROUP BY MOD(id, 10) ORDER BY g",
                "SELECT MOD(id, 3) AS a, MOD(id, 4) AS b, MEDIAN(n) FROM t GROUP BY ROLLUP(MOD(id, 3), MOD(id, 4)) ORDER BY 1, 2"
            })
    void valuesThatAnAggregateNeedsAtOnceAreKeptInFiles(String sql) throws SQLException {
        try (Client client = new Client(TestDatabases.url(folder))) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            List<String> expected = client.rows(sql);
            long before = spilledBytes(client);
            client.run("SET memory_limit = '1MB'");

            assertThat(client.rows(sql)).isEqualTo(expected);
            assertThat(spilledBytes(client)).isGreaterThan(before);
            assertThat(client.value("SELECT metric_value FROM system.stats WHERE metric_name = 'query_memory_bytes'"))
                    .isEqualTo("0");
            assertThat(folder.resolve("spill")).isEmptyDirectory();
        }
    }

    /** One partition of all rows, a few large ones, and many of which one is large; frames that move, grow and have holes. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT id, ROW_NUMBER() OVER (ORDER BY s), RANK() OVER (ORDER BY d), DENSE_RANK() OVER (ORDER BY d DESC),"
                        + " PERCENT_RANK() OVER (ORDER BY d), CUME_DIST() OVER (ORDER BY d), NTILE(7) OVER (ORDER BY id) FROM t",
                "SELECT id, LAG(s, 3) OVER (ORDER BY n, id), LEAD(d, 5000, -1) OVER (ORDER BY n, id) FROM t",
                "SELECT id, SUM(d) OVER w, COUNT(*) OVER w, MIN(n) OVER w, MAX(s) OVER w FROM t"
                        + " WINDOW w AS (ORDER BY id ROWS BETWEEN 5000 PRECEDING AND 100 FOLLOWING)",
                "SELECT MOD(id, 2), SUM(n) OVER (PARTITION BY MOD(id, 2)), AVG(d) OVER (PARTITION BY MOD(id, 2) ORDER BY d),"
                        + " MAX(n) OVER (PARTITION BY MOD(id, 2) ORDER BY id) FROM t",
                "SELECT id, LAST_VALUE(s) OVER w, COUNT(d) OVER w FROM t"
                        + " WINDOW w AS (PARTITION BY MOD(id, 3) ORDER BY d RANGE BETWEEN 3 PRECEDING AND 2 FOLLOWING)",
                "SELECT id, FIRST_VALUE(s) OVER (ORDER BY d, id ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW)"
                        + " FROM t",
                "SELECT id, ROW_NUMBER() OVER w, LAG(s) OVER w FROM t"
                        + " WINDOW w AS (PARTITION BY CASE WHEN id < 30000 THEN 0 ELSE n END ORDER BY id)"
            })
    void windowPartitionsThatHaveNoRoomAreKeptInFiles(String sql) throws SQLException {
        try (Client client = new Client(TestDatabases.url(folder))) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            List<String> expected = client.rows(sql);
            client.run("SET memory_limit = '1MB'");

            assertThat(client.rows(sql)).isEqualTo(expected);
            assertThat(client.rows("EXPLAIN ANALYZE " + sql))
                    .filteredOn(line -> line.contains("Window("))
                    .anyMatch(line -> line.contains("spilled="));
            assertThat(client.value("SELECT metric_value FROM system.stats WHERE metric_name = 'query_memory_bytes'"))
                    .isEqualTo("0");
            assertThat(folder.resolve("spill")).isEmptyDirectory();
        }
    }

    @Test
    void valuesThatAWindowFunctionHoldsHaveNoPlaceInFiles() throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            client.run("SET memory_limit = '1MB'");
            SQLException failure = client.failureOfReading("SELECT id, COUNT(DISTINCT s) OVER (ORDER BY id) FROM t");
            assertThat(failure.getSQLState()).isEqualTo("53200");
            assertThat(failure.getMessage()).contains("window frame").contains("raise memory_limit");
        }
    }

    @Test
    void roundsOfARecursiveQueryThatHaveNoRoomAreKeptInFiles() throws SQLException {
        String sql = "WITH RECURSIVE r(i, s) AS (SELECT id, s FROM t UNION ALL SELECT i + 100000, s || 'x' FROM r"
                + " WHERE i < 300000) SELECT COUNT(*), SUM(i), MAX(s) FROM r";
        try (Client client = new Client(TestDatabases.url(folder))) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            List<String> expected = client.rows(sql);
            client.run("SET memory_limit = '1MB'");

            assertThat(client.rows(sql)).isEqualTo(expected);
            assertThat(client.rows("EXPLAIN ANALYZE " + sql)).anyMatch(line -> line.contains("spilled="));
            assertThat(client.value("SELECT metric_value FROM system.stats WHERE metric_name = 'query_memory_bytes'"))
                    .isEqualTo("0");
            assertThat(folder.resolve("spill")).isEmptyDirectory();
        }
    }

    @Test
    void differentRowsOfARecursiveQueryHaveNoPlaceInFiles() throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            String sql = "WITH RECURSIVE r(i, s) AS (SELECT id, s FROM t UNION SELECT i + 100000, s FROM r"
                    + " WHERE i < 60000) SELECT COUNT(*) FROM r";
            assertThat(client.value(sql)).isNotEqualTo("0");

            client.run("SET memory_limit = '1MB'");
            SQLException failure = client.failureOfReading(sql);
            assertThat(failure.getSQLState()).isEqualTo("53200");
            assertThat(failure.getMessage()).contains("different rows of a recursive query");
        }
    }

    @Test
    void aResultThatIsLargerThanTheLimitNamesTheSetting() throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT, d DECIMAL(12, 2))", ROWS);
            client.run("SET memory_limit = '1MB'");
            SQLException failure = client.failureOfReading("SELECT MEDIAN(d), LISTAGG(s, ',') FROM t");
            assertThat(failure.getSQLState()).isEqualTo("53200");
            assertThat(failure.getMessage()).contains("raise memory_limit");

            client.run("RESET memory_limit");
            assertThat(client.rows("SELECT MEDIAN(d), CHAR_LENGTH(LISTAGG(s, ',')) > 100 FROM t"))
                    .hasSize(1);
        }
    }

    private static long spilledBytes(Client client) throws SQLException {
        return Long.parseLong(
                client.value("SELECT metric_value FROM system.stats WHERE metric_name = 'spilled_bytes'"));
    }
}
