// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** EXPLAIN shows what is thought of a plan, EXPLAIN ANALYZE what became of it. */
final class ExplainTest {
    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createTables() throws SQLException {
        execute("CREATE TABLE item (id INT PRIMARY KEY, kind INT, price DECIMAL(8, 2))");
        execute("INSERT INTO item SELECT i, MOD(i, 10), i FROM generate_series(1, 1000) AS s(i)");
        execute("CREATE TABLE kind (id INT PRIMARY KEY, name TEXT)");
        execute("INSERT INTO kind SELECT i, 'kind ' || CAST(i AS TEXT) FROM generate_series(0, 9) AS s(i)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void showsHowManyRowsAreExpected() throws SQLException {
        assertThat(text("EXPLAIN SELECT kind, count(*) FROM item GROUP BY kind"))
                .containsPattern("Aggregate\\(.*\\)  \\(rows=\\d+\\)")
                .containsPattern("Scan\\(main.item\\)  \\(rows=1000\\)")
                .doesNotContain("actual");
    }

    @Test
    void runsAndMeasuresAQuery() throws SQLException {
        assertThat(text("EXPLAIN ANALYZE SELECT k.name, count(*) FROM item i JOIN kind k ON k.id = i.kind"
                        + " WHERE i.price > 500 GROUP BY k.name"))
                .containsPattern("Aggregate\\(.*\\(actual rows=10 time=\\d+\\.\\d{3} ms memory=\\d+ kB\\)")
                .containsPattern("HashJoin\\(.*\\(actual rows=500 ")
                .containsPattern("Scan\\(main.item.*\\(actual rows=1000 ")
                .containsPattern("Scan\\(main.kind.*\\(actual rows=10 ")
                .containsPattern("Rows: 10, time: \\d+\\.\\d{3} ms");
    }

    @Test
    void showsExpressionsAsTheyStandInStatements() throws SQLException {
        assertThat(text("EXPLAIN SELECT kind, COUNT(*), SUM(price) FILTER (WHERE id > 3) FROM item GROUP BY kind"
                        + " HAVING COUNT(*) > 2 ORDER BY 2 DESC, kind NULLS FIRST"))
                .contains("DESC, kind NULLS FIRST)")
                .containsPattern("Aggregate\\(by kind: COUNT\\(\\*\\), SUM\\(price\\) FILTER \\(WHERE \\S+\\)");
        assertThat(text("EXPLAIN SELECT -id, id * (price - 1) - (id - price), CAST(id AS TEXT),"
                        + " CASE WHEN kind IS NULL THEN 'it''s' ELSE 'so' END FROM item"
                        + " WHERE (id = 5 OR kind > 3) AND NOT (CAST(id AS TEXT) LIKE '1%' OR price IS NULL)"))
                .contains("Project(-id, id * (price - 1) - (id - price), CAST(id AS TEXT),"
                        + " CASE WHEN kind IS NULL THEN 'it''s' ELSE 'so' END)")
                .contains("(id = 5 OR kind > 3) AND NOT CAST(id AS TEXT) LIKE '1%' AND price IS NOT NULL");
        assertThat(text("EXPLAIN SELECT COUNT(*) FROM item a JOIN item b ON a.id = b.kind AND a.price < b.price"))
                .contains("first.price < second.price");
        assertThat(text("EXPLAIN SELECT SUM(price) OVER (PARTITION BY kind ORDER BY id DESC"
                        + " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM item"))
                .contains("Window(by kind, in order of id DESC, rows between 2 PRECEDING and CURRENT ROW: ");
        assertThat(text("EXPLAIN SELECT id FROM item WHERE kind IN (1, 2) AND price BETWEEN 3 AND 4 + 1 OR id = kind"))
                .contains("(kind = 1 OR kind = 2) AND price >= 3.00 AND price <= 5.00 OR id = kind");
    }

    @Test
    void estimatesWhatIsPlannedDirectly() throws SQLException {
        assertThat(text("EXPLAIN SELECT * FROM item WHERE id = 5")).endsWith("(id = 5))  (rows=1)\n");
        assertThat(text("EXPLAIN SELECT kind FROM item")).endsWith("  (rows=1000)\n");
        assertThat(text("EXPLAIN SELECT price FROM item WHERE id < 500 AND kind = 3"))
                .containsPattern("where kind = 3\\)  \\(rows=\\d+\\)\n$");
        assertThat(text("EXPLAIN ANALYZE SELECT * FROM item WHERE id = 5")).contains("  (rows=1)  (actual rows=1 ");
    }

    @Test
    void tellsWhatOperatorsHoldInMemory() throws SQLException {
        assertThat(text("EXPLAIN ANALYZE SELECT id FROM item ORDER BY price"))
                .containsPattern("Sort\\(.*\\(actual rows=1000 time=[0-9.]+ ms memory=\\d+ kB\\)")
                .containsPattern("Scan\\(.*\\(actual rows=1000 time=[0-9.]+ ms\\)");
        assertThat(text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT kind, count(*) FROM item GROUP BY kind"))
                .containsPattern("\"peak_memory_bytes\":[1-9]\\d*,\"spilled_bytes\":0");
    }

    @Test
    void tellsWhatOperatorsWriteToFiles() throws SQLException {
        execute("INSERT INTO item SELECT i, MOD(i, 10), MOD(i, 777) FROM generate_series(1001, 60000) AS s(i)");
        execute("SET memory_limit = '1MB'");

        assertThat(text("EXPLAIN ANALYZE SELECT id, price, kind FROM item ORDER BY price"))
                .containsPattern("Sort\\(.*memory=\\d+ kB spilled=\\d+ kB\\)");
        assertThat(text("EXPLAIN ANALYZE SELECT count(*) FROM item a JOIN item b ON a.id = b.id WHERE a.price > 3"))
                .containsPattern("HashJoin\\(.*memory=\\d+ kB spilled=\\d+ kB\\)");
    }

    @Test
    void measuresWhatRunsAsGeneratedCode() throws SQLException {
        assertThat(text("EXPLAIN ANALYZE WITH RECURSIVE c (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < 7)"
                        + " SELECT n FROM c"))
                .contains("actual rows=7")
                .contains("Rows: 7,");
    }

    @Test
    void measuresARowFoundByItsKey() throws SQLException {
        assertThat(text("EXPLAIN ANALYZE SELECT * FROM item WHERE id = 7"))
                .contains("item by primary key item_pkey")
                .contains("actual rows=1 ")
                .contains("Rows: 1,");
    }

    @Test
    void doesWhatTheStatementDoes() throws SQLException {
        assertThat(text("EXPLAIN ANALYZE UPDATE item SET price = 0 WHERE kind = 3"))
                .contains("actual rows=100 ")
                .contains("Changed rows: 100,");
        assertThat(text("SELECT count(*) FROM item WHERE price = 0")).isEqualTo("100\n");
        assertThat(text("EXPLAIN ANALYZE DELETE FROM item WHERE kind = 3 RETURNING id"))
                .contains("Changed rows: 100,");
        assertThat(text("EXPLAIN ANALYZE INSERT INTO item SELECT id + 5000, kind, price FROM item WHERE id <= 2"))
                .contains("Changed rows: 2,");
        assertThat(text("SELECT count(*) FROM item")).isEqualTo("902\n");
    }

    @Test
    void isUndoneWithItsTransaction() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(text("EXPLAIN ANALYZE DELETE FROM item")).contains("Changed rows: 1000,");
        connection.rollback();
        connection.setAutoCommit(true);

        assertThat(text("SELECT count(*) FROM item")).isEqualTo("1000\n");
    }

    @Test
    void changesNothingWithoutAnalyze() throws SQLException {
        text("EXPLAIN DELETE FROM item");
        text("EXPLAIN (FORMAT JSON) DELETE FROM item WHERE kind > 1");

        assertThat(text("SELECT count(*) FROM item")).isEqualTo("1000\n");
    }

    @Test
    void failsAsTheStatementDoes() throws SQLException {
        assertThatThrownBy(() -> text("EXPLAIN ANALYZE INSERT INTO item VALUES (1, 1, 1)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        assertThatThrownBy(() -> text("EXPLAIN ANALYZE CREATE TABLE t (id INT PRIMARY KEY)"))
                .isInstanceOf(SQLException.class);
        assertThat(text("SELECT count(*) FROM item")).isEqualTo("1000\n");
    }

    @Test
    void answersJson() throws SQLException {
        String plan = text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT kind, count(*) FROM item GROUP BY kind")
                .strip();

        assertThat(text("SELECT json_value('" + plan.replace("'", "''") + "', '$[0].operator')")
                        .strip())
                .isEqualTo("Aggregate");
        assertThat(plan)
                .startsWith("[{\"operator\":\"Aggregate\"")
                .contains(
                        "\"actual_rows\":10,",
                        "\"time_ms\":",
                        "\"estimated_rows\":",
                        "\"inputs\":[{\"operator\":\"Scan\"");
        assertThat(text("EXPLAIN (FORMAT JSON) SELECT kind FROM item WHERE price > 3"))
                .contains("\"estimated_rows\":")
                .doesNotContain("actual_rows");
    }

    @Test
    void takesParameters() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("EXPLAIN ANALYZE SELECT count(*) FROM item WHERE kind < ?")) {
            for (int kind : new int[] {2, 5}) {
                statement.setInt(1, kind);
                try (ResultSet lines = statement.executeQuery()) {
                    StringBuilder plan = new StringBuilder();
                    while (lines.next()) {
                        plan.append(lines.getString(1)).append('\n');
                    }
                    assertThat(plan).contains("actual rows=" + kind * 100 + " ");
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery(sql)) {
            while (lines.next()) {
                text.append(lines.getString(1)).append('\n');
            }
        }
        return text.toString();
    }
}
