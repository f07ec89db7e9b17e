// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.jdbc.KalamDataSource;
import org.kalamdb.tck.Client;

/** Another engine that reads our tables through JDBC: the adapter of a Calcite that is not ours. */
final class CalciteTest {
    private ClientDatabase database;
    private Connection federation;

    @BeforeEach
    void open() throws SQLException {
        database = ClientDatabase.with(
                "CREATE TABLE region (id INT PRIMARY KEY, name TEXT NOT NULL)",
                "CREATE TABLE sale (id BIGINT PRIMARY KEY, region_id INT, amount DECIMAL(10, 2), sold TIMESTAMP, day DATE,"
                        + " rate DOUBLE, paid BOOLEAN)",
                "INSERT INTO region VALUES (1, 'north'), (2, 'south')",
                "INSERT INTO sale VALUES (1, 1, 10.50, TIMESTAMP '2026-05-17 10:00:00', DATE '2026-05-17', 0.5, TRUE),"
                        + " (2, 1, 2.25, NULL, NULL, NULL, NULL),"
                        + " (3, 2, 7.00, TIMESTAMP '1969-12-31 23:59:59', DATE '1969-12-31', -1.5, FALSE)");
        KalamDataSource source = new KalamDataSource();
        source.setUrl(database.url());
        Properties settings = new Properties();
        settings.setProperty("caseSensitive", "false");
        federation = DriverManager.getConnection("jdbc:calcite:", settings);
        SchemaPlus root = federation.unwrap(CalciteConnection.class).getRootSchema();
        root.add("kalam", JdbcSchema.create(root, "kalam", source, null, "main"));
    }

    @AfterEach
    void close() throws SQLException {
        federation.close();
        database.close();
    }

    private List<String> rows(String sql) throws SQLException {
        try (Statement statement = federation.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return Client.rows(rows);
        }
    }

    @Test
    void tablesAndTheirTypesAreFound() throws SQLException {
        try (ResultSet columns = federation.getMetaData().getColumns(null, "kalam", "sale", "%")) {
            StringBuilder found = new StringBuilder();
            while (columns.next()) {
                found.append(columns.getString("COLUMN_NAME"))
                        .append(' ')
                        .append(columns.getString("TYPE_NAME"))
                        .append(", ");
            }
            assertThat(found.toString())
                    .isEqualTo(
                            "id BIGINT NOT NULL, region_id INTEGER, amount DECIMAL(10, 2), sold TIMESTAMP(3), day DATE,"
                                    + " rate DOUBLE, paid BOOLEAN, ");
        }
    }

    @Test
    void valuesComeBack() throws SQLException {
        assertThat(rows("SELECT * FROM kalam.sale ORDER BY id"))
                .containsExactly(
                        "1|1|10.50|2026-05-17 10:00:00.000|2026-05-17|0.5|true",
                        "2|1|2.25|null|null|null|null",
                        "3|2|7.00|1969-12-31 23:59:59.000|1969-12-31|-1.5|false");
    }

    @Test
    void joinsAndAggregatesAreOursToCompute() throws SQLException {
        String query = "SELECT r.name, SUM(s.amount) AS total, COUNT(*) FROM kalam.sale s JOIN kalam.region r"
                + " ON s.region_id = r.id WHERE s.amount > 2.5 GROUP BY r.name ORDER BY total DESC";

        assertThat(rows(query)).containsExactly("north|10.50|1", "south|7.00|1");
        assertThat(rows("EXPLAIN PLAN FOR " + query).get(0))
                .startsWith("JdbcToEnumerableConverter")
                .contains("JdbcJoin", "JdbcAggregate");
    }

    @Test
    void tablesJoinWithThoseOfOthers() throws SQLException {
        assertThat(rows("SELECT r.name, v.factor FROM kalam.region r JOIN (VALUES (1, 10), (3, 30)) AS v (id, factor)"
                        + " ON r.id = v.id"))
                .containsExactly("north|10");
    }
}
