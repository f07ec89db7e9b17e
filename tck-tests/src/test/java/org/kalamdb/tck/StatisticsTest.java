// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the values in columns, and what the planner makes of it. */
final class StatisticsTest {
    private static final String COLUMNS = "SELECT column_name, distinct_values, null_fraction, min_value, max_value,"
            + " analyzed_at IS NOT NULL FROM system.column_statistics WHERE table_name = 'item' ORDER BY column_name";

    @TempDir
    private Path folder;

    @Test
    void analyzeFindsWhatColumnsHave() throws SQLException {
        try (Connection connection = open()) {
            createItems(connection);
            assertThat(rows(connection, COLUMNS)).contains("kind | null | null | null | null | false");

            execute(connection, "ANALYZE item");

            List<String> found = rows(connection, COLUMNS);
            assertThat(found).hasSize(4);
            assertThat(found.get(1)).isEqualTo("kind | 10 | 0.0 | kind 0 | kind 9 | true");
            assertThat(found.get(2)).matches("price \\| \\d+ \\| 0\\.5 \\| 2\\.00 \\| 2000\\.00 \\| true");
            assertThat(found.get(0)).matches("id \\| \\d+ \\| 0\\.0 \\| 1 \\| 2000 \\| true");
            assertThat(found.get(3)).startsWith("vector | null | 0.0 | null | null");
        }
    }

    @Test
    void statisticsAreKeptUntilTheTableGoes() throws SQLException {
        try (Connection connection = open()) {
            createItems(connection);
            execute(connection, "ANALYZE");
        }
        try (Connection connection = open()) {
            assertThat(rows(connection, COLUMNS)).contains("kind | 10 | 0.0 | kind 0 | kind 9 | true");
            execute(connection, "DROP TABLE item");
            createItems(connection);
            assertThat(rows(connection, COLUMNS)).contains("kind | null | null | null | null | false");
        }
    }

    @Test
    void segmentsCountDifferentValuesWithoutAnalyze() throws SQLException {
        try (Connection connection = open()) {
            createItems(connection);
            execute(connection, "STORAGE FLUSH TABLE item");

            assertThat(rows(connection, COLUMNS)).contains("kind | 10 | 0.0 | null | null | false");
            assertThat(rows(connection, "EXPLAIN SELECT -id FROM item WHERE kind = 'kind 3'")
                            .get(0))
                    .contains("(rows=200)");
        }
    }

    @Test
    void plansRestOnWhatWasFound() throws SQLException {
        try (Connection connection = open()) {
            createItems(connection);
            String sql = "SELECT -id FROM item WHERE kind = 'kind 3' AND price IS NULL";
            execute(connection, "ANALYZE item");

            assertThat(rows(connection, "EXPLAIN " + sql).get(0)).contains("(rows=100)");
            assertThat(rows(connection, "EXPLAIN SELECT -id FROM item WHERE price BETWEEN 1001 AND 2000")
                            .get(0))
                    .containsPattern("rows=(49|50)\\d\\)");
            assertThat(rows(connection, "EXPLAIN SELECT kind, count(*) FROM item GROUP BY kind")
                            .get(0))
                    .contains("(rows=10)");
        }
    }

    @Test
    void valuesOfUsersAreNotShown() throws SQLException {
        try (Connection connection = open()) {
            execute(connection, "CREATE USER TABLE item (id INT PRIMARY KEY, kind TEXT)");
            execute(connection, "INSERT INTO item VALUES (1, 'secret')");
            execute(connection, "ANALYZE item");

            assertThat(rows(connection, COLUMNS)).contains("kind | 1 | 0.0 | null | null | true");
        }
    }

    @Test
    void systemTablesAreNotAnalyzed() throws SQLException {
        try (Connection connection = open()) {
            assertThatThrownBy(() -> execute(connection, "ANALYZE system.tables"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            assertThatThrownBy(() -> execute(connection, "ANALYZE nothing"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
        }
    }

    @Test
    void constantsAreComputedBeforeRowsAreRead() throws SQLException {
        try (Connection connection = open()) {
            execute(connection, "CREATE TABLE day (d DATE PRIMARY KEY, n INT)");
            execute(connection, "INSERT INTO day VALUES (DATE '2024-01-31', 1), (DATE '2024-02-29', 2)");
            String sql = "SELECT n + 0 FROM day WHERE d >= DATE '2024-01-31' + INTERVAL '1' MONTH AND n < 1 + 2 * 3";

            assertThat(String.join("\n", rows(connection, "EXPLAIN " + sql)))
                    .contains("2024-02-29", "7")
                    .doesNotContain("INTERVAL", "*(");
            assertThat(rows(connection, sql)).containsExactly("2");
            assertThatThrownBy(() -> rows(connection, "SELECT n + (2147483647 + 1) FROM day"))
                    .isInstanceOf(SQLException.class);
        }
    }

    /** Most values are small, one of them is there very often, and few are large. */
    @Test
    void rangesOfUnevenValuesAreEstimatedByHistograms() throws SQLException {
        try (Connection connection = open()) {
            execute(connection, "CREATE TABLE skewed (id INT PRIMARY KEY, v INT)");
            execute(
                    connection,
                    "INSERT INTO skewed SELECT i, CASE WHEN MOD(i, 4) = 0 THEN 7 ELSE CAST(i AS BIGINT) * i * i / 1000000 END"
                            + " FROM generate_series(1, 10000) AS s(i)");
            execute(connection, "ANALYZE skewed");

            for (String condition : List.of(
                    "v < 1000", "v > 500000", "v BETWEEN 100 AND 20000", "v >= 7 AND v < 8", "v = 7", "v > 7")) {
                long actual = Long.parseLong(rows(connection, "SELECT COUNT(*) FROM skewed WHERE " + condition)
                        .get(0));
                String plan = rows(connection, "EXPLAIN SELECT -id FROM skewed WHERE " + condition)
                        .get(0);
                double estimated = Double.parseDouble(plan.replaceAll("(?s).*\\(rows=(\\d+)\\).*", "$1"));

                assertThat(estimated).as(condition + ": " + plan).isBetween(actual * 0.7, actual * 1.4);
            }
            assertThat(rows(
                                    connection,
                                    "SELECT histogram_bounds FROM system.column_statistics WHERE table_name = 'skewed'"
                                            + " AND column_name = 'v'")
                            .get(0))
                    .startsWith("[\"0\",")
                    .contains("\"7\",\"7\"");
        }
        try (Connection connection = open()) {
            assertThat(rows(
                            connection,
                            "SELECT COUNT(histogram_bounds) FROM system.column_statistics WHERE table_name = 'skewed'"))
                    .containsExactly("2");
        }
    }

    /** Segments alone say that few values are small; the histogram knows that nearly all are. */
    @Test
    void skewedConditionIsJoinedLast() throws SQLException {
        try (Connection connection = open()) {
            execute(connection, "CREATE TABLE customer (id INT PRIMARY KEY, spent INT)");
            execute(
                    connection,
                    "INSERT INTO customer SELECT i, CASE WHEN MOD(i, 100) = 0 THEN i * 100 ELSE MOD(i, 50) END"
                            + " FROM generate_series(1, 5000) AS s(i)");
            execute(connection, "CREATE TABLE product (id INT PRIMARY KEY, price INT)");
            execute(connection, "INSERT INTO product SELECT i, i FROM generate_series(1, 5000) AS s(i)");
            execute(connection, "CREATE TABLE sale (id INT PRIMARY KEY, customer INT, product INT, amount INT)");
            execute(
                    connection,
                    "INSERT INTO sale SELECT i, 1 + MOD(i * 7, 5000), 1 + MOD(i * 11, 5000), i"
                            + " FROM generate_series(1, 20000) AS s(i)");
            execute(connection, "STORAGE FLUSH ALL");
            String query = "SELECT SUM(amount) FROM sale JOIN customer ON customer.id = customer"
                    + " JOIN product ON product.id = product WHERE spent < 1000 AND price < 500";

            List<String> before = rows(connection, "EXPLAIN " + query);
            List<String> sum = rows(connection, query);
            execute(connection, "ANALYZE customer");
            List<String> after = rows(connection, "EXPLAIN " + query);

            assertThat(depth(before, "main.customer")).isGreaterThan(depth(before, "main.product"));
            assertThat(depth(after, "main.customer")).isLessThan(depth(after, "main.product"));
            assertThat(rows(connection, query)).isEqualTo(sum);
        }
    }

    /** How deep the scan of a table is in a plan. */
    private static int depth(List<String> plan, String table) {
        String line = plan.stream()
                .flatMap(String::lines)
                .filter(each -> each.contains("Scan(" + table))
                .findFirst()
                .orElseThrow();
        return line.length() - line.stripLeading().length();
    }

    @Test
    void floatingPointValuesOfAnyKindAreAnalyzed() throws SQLException {
        try (Connection connection = open()) {
            execute(connection, "CREATE TABLE measured (id INT PRIMARY KEY, v DOUBLE)");
            execute(
                    connection,
                    "INSERT INTO measured SELECT i, CASE MOD(i, 10) WHEN 0 THEN CAST('NaN' AS DOUBLE)"
                            + " WHEN 1 THEN CAST('Infinity' AS DOUBLE) WHEN 2 THEN CAST('-Infinity' AS DOUBLE) ELSE i END"
                            + " FROM generate_series(1, 1000) AS s(i)");
            execute(connection, "ANALYZE measured");
            assertThat(rows(connection, "SELECT COUNT(*) FROM measured WHERE v BETWEEN 100 AND 200 AND v > 150"))
                    .containsExactly("35");
            assertThat(rows(connection, "EXPLAIN SELECT -id FROM measured WHERE v > 150")
                            .get(0))
                    .containsPattern("rows=\\d+");
        }
    }

    @Test
    void restoredTablesKeepWhatIsKnownOfThem() throws SQLException {
        String known = "SELECT column_name, distinct_values, min_value, max_value, histogram_bounds"
                + " FROM system.column_statistics WHERE table_name = 'item' ORDER BY column_name";
        try (Connection connection = open()) {
            createItems(connection);
            execute(connection, "ANALYZE item");
            List<String> before = rows(connection, known);
            execute(connection, "BACKUP NAMESPACE main TO '" + folder.resolve("backup") + "'");
            execute(connection, "DROP TABLE item");
            execute(connection, "RESTORE NAMESPACE main FROM '" + folder.resolve("backup") + "'");
            assertThat(rows(connection, known)).isEqualTo(before);
        }
    }

    private Connection open() {
        return TestDatabases.connect("jdbc:kalamdb:" + folder.resolve("db"));
    }

    /** 2,000 rows of 10 kinds, every second without a price. */
    private static void createItems(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TABLE item (id INT PRIMARY KEY, kind TEXT NOT NULL, price DECIMAL(8, 2), vector EMBEDDING(2))");
        execute(
                connection,
                "INSERT INTO item SELECT i, 'kind ' || CAST(MOD(i, 10) AS TEXT), CASE WHEN MOD(i, 2) = 0 THEN i END,"
                        + " CAST('[1, 2]' AS EMBEDDING(2)) FROM generate_series(1, 2000) AS s(i)");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" | ", values));
            }
        }
        return rows;
    }
}
