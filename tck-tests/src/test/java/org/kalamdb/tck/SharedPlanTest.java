// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries that differ in compared values alone share a plan and answer as if they did not: a comment in front makes a query
 * one that is planned by itself.
 */
final class SharedPlanTest {
    /** What {@code $} stands for, one after the other; not all are values of each column's type. */
    private static final List<String> VALUES = List.of(
            "3",
            "7",
            "0",
            "12",
            "4.5",
            "2.25",
            "3.125",
            "99999999999",
            "'b'",
            "'name 3'",
            "'a''b'",
            "''",
            "1e0",
            "12345678901234567890",
            "'2024-01-03'",
            "-1",
            "2 + 1",
            "NULL",
            "5");

    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createTables() throws SQLException {
        execute("CREATE TABLE item (id INT PRIMARY KEY, kind SMALLINT, name TEXT, price DECIMAL(8, 2), big BIGINT,"
                + " weight DOUBLE, small FLOAT, sold DATE)");
        execute("INSERT INTO item SELECT i, MOD(i, 5), 'name ' || CAST(i AS TEXT), i * 0.75, i * 1000, i * 0.5,"
                + " i * 0.25, DATE '2024-01-01' + i FROM generate_series(1, 40) AS s(i)");
        execute("INSERT INTO item (id, name) VALUES (50, 'a''b'), (51, 'b'), (52, NULL), (53, '')");
        execute("CREATE TABLE kind (id INT PRIMARY KEY, name TEXT)");
        execute("INSERT INTO kind VALUES (0, 'zero'), (1, 'b'), (3, 'name 3'), (4, NULL)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT i.id, k.name FROM item i JOIN kind k ON k.id = i.kind WHERE i.id = $",
                "SELECT i.id, k.name FROM item i JOIN kind k ON k.id = i.kind AND k.name = $ WHERE i.id < 30",
                "SELECT i.id, k.name FROM item i LEFT JOIN kind k ON k.id = i.kind AND k.id > $ WHERE i.kind <> 4",
                "SELECT kind, COUNT(*) FROM item WHERE price >= $ GROUP BY kind HAVING COUNT(*) > $",
                "SELECT COUNT(*) FROM item WHERE weight < $ AND small <> $",
                "SELECT COUNT(*) FROM item WHERE weight < $ AND id + 1 > $",
                "SELECT COUNT(*) FROM item WHERE small < $ OR name = $",
                "SELECT COUNT(*), MIN(sold) FROM item WHERE sold > $",
                "SELECT UPPER(name) FROM item WHERE name IN ($, 'name 4', 'b')",
                "SELECT id + 1 FROM item WHERE id NOT IN (1, $, 3) AND NOT id = $",
                "SELECT id + 1 FROM item WHERE price BETWEEN $ AND 20 AND big NOT BETWEEN 3000 AND $",
                "SELECT id, CASE WHEN id = $ THEN 'it' ELSE 'another' END FROM item WHERE id > $",
                "SELECT id, (SELECT name FROM kind k WHERE k.id = $) AS n FROM item WHERE id = $",
                "SELECT name FROM kind WHERE EXISTS (SELECT 1 FROM item i WHERE i.kind = kind.id AND i.price = $)",
                "SELECT name FROM kind WHERE id IN (SELECT i.kind FROM item i WHERE i.big = $) AND name <> $",
                "WITH c AS (SELECT kind, id FROM item WHERE id > $) SELECT c.id, d.id FROM c JOIN c d ON c.id = d.kind",
                "SELECT id FROM item WHERE id = $ UNION ALL SELECT id FROM kind WHERE name = $ ORDER BY 1 LIMIT 3",
                "SELECT x.id FROM (SELECT id, kind AS k FROM item WHERE id > 2) x WHERE x.k = $ AND x.id / 2 = $",
                "SELECT SUM(id) FILTER (WHERE kind = $), id = $ FROM item WHERE id < $ GROUP BY id"
            })
    void answersAsAQueryOfItsOwn(String pattern) throws SQLException {
        for (String value : VALUES) {
            String sql = pattern.replace("$", value);

            assertThat(outcome(sql)).as(sql).isEqualTo(outcome("/* by itself */ " + sql));
        }
    }

    @Test
    void plansOnceForManyValues() throws SQLException {
        ask(1, 10);
        long planned = metric("plan_cache_misses");
        long shared = metric("plan_cache_shared_hits");

        ask(11, 30);

        assertThat(metric("plan_cache_misses")).isEqualTo(planned);
        assertThat(metric("plan_cache_shared_hits")).isEqualTo(shared + 20);
    }

    @Test
    void keepsTheTypesAndNamesOfColumns() throws SQLException {
        for (int i = 1; i < 5; i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT i.id, i.price * 2, k.name AS n FROM item i JOIN kind k ON k.id = i.kind WHERE i.id = "
                                    + i)) {
                assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("DECIMAL");
                assertThat(rows.getMetaData().getColumnLabel(3)).isEqualTo("n");
                assertThat(rows.getMetaData().getTableName(1)).isEqualTo("item");
            }
        }
    }

    @Test
    void seesThatATableHasChanged() throws SQLException {
        String sql = "SELECT COUNT(*), MAX(i.id) FROM item i JOIN kind k ON k.id = i.kind WHERE i.price < ";
        for (int i = 1; i < 4; i++) {
            outcome(sql + i);
        }

        execute("ALTER TABLE item DROP COLUMN price");

        assertThatThrownBy(() -> Answer.of(connection, sql + 5))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("price");
    }

    @Test
    void aRangeOfALargeTableIsPlannedForItsBounds() throws SQLException {
        execute("INSERT INTO item (id, kind, price) SELECT i, 0, i FROM generate_series(1000, 12000) AS s(i)");
        ask(1, 5);
        long shared = metric("plan_cache_shared_hits");

        for (int i = 0; i < 5; i++) {
            outcome("SELECT COUNT(*) FROM item WHERE price > " + i);
        }

        assertThat(metric("plan_cache_shared_hits")).isEqualTo(shared);
    }

    @Test
    void countsHowStatementsComeByTheirPlans() throws SQLException {
        Map<String, Long> before = metrics();

        outcome("SELECT name FROM item WHERE id = 3");
        outcome("SELECT COUNT(*) FROM kind");
        outcome("SELECT COUNT(*) FROM kind");

        Map<String, Long> after = metrics();
        // One hit is the question itself.
        assertThat(after).containsEntry("plan_cache_hits", before.get("plan_cache_hits") + 2);
        assertThat(after).containsEntry("plan_cache_direct_plans", before.get("plan_cache_direct_plans") + 1);
        assertThat(after).containsEntry("plan_cache_misses", before.get("plan_cache_misses") + 1);
        assertThat(metric("plan_cache_entries")).isPositive();
        assertThat(metric("plan_cache_evictions")).isNotNegative();
    }

    private void ask(int from, int to) throws SQLException {
        for (int i = from; i <= to; i++) {
            assertThat(Answer.of(
                                    connection,
                                    "SELECT COUNT(*), MIN(i.id) FROM item i LEFT JOIN kind k ON k.id = i.kind WHERE i.id = "
                                            + i)
                            .rows())
                    .hasSize(1);
        }
    }

    private long metric(String name) throws SQLException {
        return requireNonNull(metrics().get(name));
    }

    /** The metrics of plans. */
    private Map<String, Long> metrics() throws SQLException {
        Map<String, Long> metrics = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT metric_name, metric_value FROM system.stats WHERE metric_name LIKE 'plan_cache%'")) {
            while (rows.next()) {
                metrics.put(rows.getString(1), rows.getLong(2));
            }
        }
        return metrics;
    }

    private String outcome(String sql) {
        try {
            return Answer.of(connection, sql).toString();
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
