// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries that differ in values alone share a plan and answer as if they did not: a comment in front makes a query
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
            "- 3",
            "-4.50",
            "DATE '2024-01-05'",
            "DATE '2024-02-30'",
            "2147483648",
            "99999999999999999999999999999999999999.5",
            "5");

    /** Makes a query one that is planned by itself. */
    private static final String BY_ITSELF = "/* by itself */ ";

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
                "SELECT SUM(id) FILTER (WHERE kind = $), id = $ FROM item WHERE id < $ GROUP BY id",
                "SELECT id * $, price + $, price * 2 - $ AS p, -id - $, $ + kind FROM item WHERE id < 5",
                "SELECT $ * id + 1, id / $, 7 / $, $ + $ FROM item WHERE id < 5",
                "SELECT id, CASE WHEN price > $ THEN $ ELSE id * $ END FROM item WHERE UPPER(name) <> $",
                "SELECT SUM(price * $), AVG(id + $), COUNT(*) FROM item WHERE id BETWEEN - 3 AND $",
                "SELECT kind + $, COUNT(*) FROM item WHERE id < 9 GROUP BY ROLLUP(kind, kind + $) HAVING COUNT(*) > $",
                "SELECT kind + $ AS k, MAX(id) FROM item WHERE id < 9 GROUP BY k HAVING MAX(id) + 1 > $",
                "SELECT id + $, MIN(kind) FROM item WHERE id < 5 GROUP BY id + $",
                "SELECT DISTINCT kind + $ FROM item WHERE id < 9 ORDER BY kind + $",
                "SELECT id FROM item WHERE sold > DATE '2024-01-07' AND sold <> $ ORDER BY id LIMIT $",
                "SELECT id FROM item ORDER BY id DESC LIMIT 4 OFFSET $",
                "SELECT id FROM item ORDER BY id OFFSET $ ROWS FETCH NEXT 3 ROWS ONLY",
                "SELECT sold + $, sold = $, DATE '2024-01-05' < sold FROM item WHERE id < 5",
                "SELECT ROUND(price * $, 1 + 1), COALESCE(price, $) * $, NULLIF(id, $) + 1 FROM item WHERE id < 5",
                "SELECT ROW_NUMBER() OVER (ORDER BY id + $), LAG(id, 1) OVER (ORDER BY id) > $ FROM item WHERE id < 5",
                "SELECT CAST(id * $ AS DECIMAL(9, 3)), name || $, id - $ = 1 FROM item WHERE (id, kind) = (3, 3)",
                "SELECT (SELECT MAX(k.id) + $ FROM kind k WHERE k.id < i.kind * $) FROM item i WHERE id IN (-1, $, 3) ORDER BY id"
            })
    void answersAsAQueryOfItsOwn(String pattern) throws SQLException {
        for (String value : VALUES) {
            String sql = pattern.replace("$", value);

            assertThat(outcome(sql)).as(sql).isEqualTo(outcome(BY_ITSELF + sql));
        }
    }

    /** Expressions of literals and columns of many types, put together by chance; each is asked as two queries would ask it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersWhateverIsComputedAsAQueryOfItsOwn(long seed) throws SQLException {
        ShapedQueries queries = new ShapedQueries(new Random(seed));
        for (int i = 0; i < 25; i++) {
            ShapedQueries.Pattern pattern = queries.pattern();
            for (int values = 0; values < 3; values++) {
                String sql = queries.filled(pattern);

                assertThat(outcome(sql)).as("seed " + seed + ": " + sql).isEqualTo(outcome(BY_ITSELF + sql));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, CASE WHEN price > $ THEN 'much' ELSE 'little' END, price * 2 + $ FROM item WHERE kind = $",
                "SELECT SUM(price * 1.$) FROM item WHERE UPPER(name) = 'NAME $'",
                "SELECT i.id FROM item i JOIN kind k ON k.id = i.kind WHERE i.sold >= DATE '2024-01-1$' ORDER BY i.id LIMIT $",
                "SELECT COUNT(*), MIN(id) FROM item WHERE id > -$ AND kind IN (-$, $, 3)"
            })
    void plansOnceWhateverIsComputedOrBounded(String pattern) throws SQLException {
        for (int i = 1; i < 4; i++) {
            outcome(pattern.replace("$", Integer.toString(i)));
        }
        long planned = metric("plan_cache_misses");
        long shared = metric("plan_cache_shared_hits");

        for (int i = 4; i < 9; i++) {
            outcome(pattern.replace("$", Integer.toString(i)));
        }

        assertThat(metric("plan_cache_misses")).isEqualTo(planned);
        assertThat(metric("plan_cache_shared_hits")).isEqualTo(shared + 5);
    }

    /** The second and third are planned as one, and say of their own text what is wrong with it. */
    @Test
    void saysWhereATextIsWrong() {
        for (String value : List.of("1", "12", "123")) {
            String sql = "SELECT id * " + value + ",\n " + value + " + nothing FROM item WHERE id = " + value;

            assertThatThrownBy(() -> Answer.of(connection, sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("2:" + (value.length() + 5));
        }
    }

    @Test
    void saysWhereAValueFails() {
        for (String value : List.of("1", "12", "123", "1234")) {
            String sql = "SELECT id * " + value + "\nFROM item WHERE id >= " + value + " - " + value
                    + " AND 7 / (id - id) > 1";

            assertThatThrownBy(() -> Answer.of(connection, sql))
                    .hasMessageStartingWith("line 2:" + (sql.indexOf("7 /") - sql.indexOf('\n')) + ": ")
                    .hasMessageContaining("7 / 0");
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
            outcome("SELECT COUNT(*), MIN(id) FROM item WHERE price > " + i);
        }

        assertThat(metric("plan_cache_shared_hits")).isEqualTo(shared);
    }

    @Test
    void countsHowStatementsComeByTheirPlans() throws SQLException {
        Map<String, Long> before = metrics();

        outcome("SELECT name FROM item WHERE id = 3");
        outcome("SELECT MAX(id) FROM kind");
        outcome("SELECT MAX(id) FROM kind");

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

    /** The rows, what there is to know of the columns, or the error; its place is that of the query without the comment. */
    private String outcome(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return columns(rows.getMetaData()) + Answer.read(rows);
        } catch (SQLException e) {
            String message = e.getMessage();
            return e.getSQLState() + " " + (sql.startsWith(BY_ITSELF) ? moved(message) : message);
        }
    }

    private static String columns(ResultSetMetaData columns) throws SQLException {
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            all.add(String.join(
                    " ",
                    columns.getColumnLabel(i),
                    columns.getColumnName(i),
                    columns.getTableName(i),
                    columns.getColumnTypeName(i),
                    columns.getColumnClassName(i),
                    "" + columns.getPrecision(i),
                    "" + columns.getScale(i),
                    "" + columns.isNullable(i)));
        }
        return all.toString();
    }

    /** A message about the first line without what the comment adds to the column. */
    private static String moved(String message) {
        Matcher place = Pattern.compile("line 1:(\\d+)").matcher(message);
        return place.replaceAll(found -> "line 1:" + (Integer.parseInt(found.group(1)) - BY_ITSELF.length()));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
