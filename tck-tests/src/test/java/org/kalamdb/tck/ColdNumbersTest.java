// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of any spread are the same in segments, however they are kept there. */
final class ColdNumbersTest {
    private static final int ROWS = 9_000;

    /** What queries are made of, each a column that pages keep in another way. */
    private static final List<String> COLUMNS = List.of(
            "flag", "few", "small", "i", "ascending", "wide", "spread", "day", "moment", "price", "sparse", "blank");

    @TempDir
    private Path folder;

    private static void fill(Client sql) throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, flag BOOLEAN, few BIGINT, small SMALLINT, i INT, ascending BIGINT,"
                        + " wide BIGINT, spread BIGINT, day DATE, moment TIMESTAMP, price DECIMAL(15, 2), sparse BIGINT,"
                        + " blank BIGINT)",
                "INSERT INTO t SELECT x, x % 3 = 0, (x % 7) * 1000000000000 - 3, CAST(x * 37 % 65536 - 32768 AS SMALLINT),"
                        + " CAST(x * 2654435761 % 4294967296 - 2147483648 AS INT), 9000000000 + x * 4,"
                        // Both ends of the type within one page, and values in between.
                        + " CASE x % 5 WHEN 0 THEN -9223372036854775807 - 1 WHEN 1 THEN 9223372036854775807"
                        + " ELSE x * 768614336404564 END,"
                        // Pages whose numbers need 1, 2 and 4 bytes and more.
                        + " CASE x / 4096 WHEN 0 THEN 5000000000 + x * 31 % 256 WHEN 1 THEN -7 - x * 7919 % 65536"
                        + " ELSE x * 2654435761 % 4294967296 END,"
                        + " DATE '1969-06-01' + INTERVAL '1' DAY * (x * 7 % 1000),"
                        + " TIMESTAMP '1969-12-31 00:00:00' + INTERVAL '1' SECOND * (x * 7919 % 200000),"
                        + " CAST(x * 7919 % 10494950 AS DECIMAL(15, 2)) / 100 - 900,"
                        + " CASE WHEN x % 11 = 0 THEN x * 7919 % 100000 - 50000 END, NULL"
                        + " FROM GENERATE_SERIES(1, " + ROWS + ") AS s (x)");
    }

    private static List<String> queries() {
        List<String> queries = new ArrayList<>();
        queries.add("SELECT " + String.join(", ", COLUMNS) + " FROM t ORDER BY id");
        for (String column : COLUMNS) {
            queries.add("SELECT COUNT(" + column + "), MIN(" + column + "), MAX(" + column + "), COUNT(DISTINCT "
                    + column + ") FROM t");
            queries.add("SELECT " + column + ", COUNT(*) FROM t GROUP BY " + column + " ORDER BY 1, 2");
            queries.add("SELECT COUNT(*) FROM t WHERE " + column + " IS NULL");
            queries.add("SELECT COUNT(*), MIN(id), MAX(id) FROM t WHERE " + column + " >= (SELECT " + column
                    + " FROM t WHERE id = 5511)");
            queries.add("SELECT COUNT(*), MIN(a.id), MAX(b.id) FROM t AS a JOIN t AS b ON a." + column + " = b."
                    + column + " AND a.id < b.id WHERE a.id < 300");
        }
        queries.add(
                "SELECT few, SUM(price * (1 - i % 10)), SUM(CAST(wide AS DECIMAL(38, 0))), AVG(spread) FROM t"
                        + " WHERE spread < 5000000100 AND price BETWEEN 100 AND 90000 AND day < DATE '1971-01-01' GROUP BY few ORDER BY few");
        queries.add("SELECT SUM(few), SUM(small), SUM(i), SUM(ascending), SUM(sparse), SUM(sparse + few) FROM t"
                + " WHERE few <> 999999999997");
        queries.add(
                "SELECT id, spread FROM t WHERE spread IN (5000000007, -8, -65542, 17) OR wide = 9223372036854775807"
                        + " AND id < 50 ORDER BY id");
        queries.add("SELECT id FROM t ORDER BY spread DESC, price, id LIMIT 20");
        queries.add(
                "SELECT id, sparse, CASE WHEN sparse < 0 THEN -sparse ELSE i END FROM t WHERE id % 97 = 0 ORDER BY id");
        return queries;
    }

    @Test
    void answersAreThoseOfTheHotTier() throws SQLException {
        String url = TestDatabases.url(folder);
        List<List<String>> hot = new ArrayList<>();
        try (Client sql = new Client(url)) {
            fill(sql);
            for (String query : queries()) {
                hot.add(sql.rows(query));
            }
            sql.run("STORAGE FLUSH TABLE t");
            requireSame(sql, hot);
            requireSame(sql, hot);
        }
        try (Client sql = new Client(url)) {
            sql.run("SET threads = 1");
            requireSame(sql, hot);
        }
    }

    private static void requireSame(Client sql, List<List<String>> expected) throws SQLException {
        List<String> queries = queries();
        for (int i = 0; i < queries.size(); i++) {
            assertThat(sql.rows(queries.get(i))).as(queries.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void changesOfRowsAndTypesAreReadOverThem() throws SQLException {
        try (Client sql = new Client(TestDatabases.url(folder))) {
            fill(sql);
            sql.run(
                    "STORAGE FLUSH TABLE t",
                    "UPDATE t SET spread = -1, few = NULL WHERE id % 1000 = 0",
                    "DELETE FROM t WHERE id % 1000 = 1",
                    "ALTER TABLE t ALTER COLUMN small SET DATA TYPE BIGINT");
            assertThat(sql.rows("SELECT id, spread, few, small FROM t WHERE id BETWEEN 4999 AND 5002 ORDER BY id"))
                    .containsExactly(
                            "4999|-3344|999999999997|21123", "5000|-1|null|21160", "5002|-27101|3999999999997|21234");
            assertThat(sql.value("SELECT COUNT(*) FROM t WHERE spread = -1")).isEqualTo(String.valueOf(ROWS / 1000));
        }
    }

    @Test
    void otherEnginesReadTheSame() throws SQLException {
        try (Client sql = new Client(TestDatabases.url(folder));
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            fill(sql);
            sql.run("STORAGE FLUSH TABLE t");
            Path segment = folder.resolve("cold").resolve(sql.value("SELECT file FROM system.manifest"));
            String query =
                    "SELECT id, flag, few, small, i, ascending, wide, spread, day, price, sparse, blank FROM %s ORDER BY id";
            try (ResultSet rows = statement.executeQuery(query.formatted("'" + segment + "'"))) {
                assertThat(Client.rows(rows)).isEqualTo(sql.rows(query.formatted("t")));
            }
            try (ResultSet encodings = statement.executeQuery("SELECT encodings FROM parquet_metadata('" + segment
                    + "') WHERE path_in_schema" + " IN ('few', 'ascending', 'spread') ORDER BY path_in_schema")) {
                assertThat(Client.rows(encodings))
                        .hasSize(3)
                        .satisfiesExactly(
                                ascending -> assertThat(ascending).contains("DELTA_BINARY_PACKED"),
                                few -> assertThat(few).contains("RLE_DICTIONARY"),
                                spread -> assertThat(spread).contains("DELTA_BINARY_PACKED"));
            }
        }
    }
}
