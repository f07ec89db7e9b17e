// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins are ordered by what they cost, and subqueries become joins. */
final class JoinOrderTest {
    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 11, 12, 40})
    void chainNeedsNoCrossProductHoweverItIsWritten(int tables) throws SQLException {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            execute("CREATE TABLE c" + i + " (id INT PRIMARY KEY, next INT)");
            execute("INSERT INTO c" + i + " VALUES (1, 2), (2, 3), (3, 1)");
            if (i > 0) {
                conditions.add("c" + (i - 1) + ".next = c" + i + ".id");
            }
        }
        List<String> names = new ArrayList<>(
                IntStream.range(0, tables).mapToObj(i -> "c" + i).toList());
        Random random = new Random(tables);
        Collections.shuffle(names, random);
        Collections.shuffle(conditions, random);
        String sql = "SELECT count(*) FROM " + String.join(", ", names) + " WHERE " + String.join(" AND ", conditions);

        assertThat(plan(sql)).doesNotContain("NestedLoopJoin").contains("HashJoin");
        assertThat(rows(sql)).containsExactly("3");
    }

    @Test
    void equalityOfTwoColumnsWithAThirdConnectsThem() throws SQLException {
        createPeople();
        String sql =
                "SELECT count(*) FROM orders o, people p, people q WHERE o.person = p.id AND o.person = q.id AND q.id = 3";

        assertThat(plan(sql)).doesNotContain("NestedLoopJoin");
        assertThat(rows(sql)).containsExactly("5");
    }

    @Test
    void holdsTheSideThatIsLess() throws SQLException {
        createPeople();

        assertThat(plan("SELECT * FROM people p JOIN orders o ON o.person = p.id WHERE p.city = 'Rome'"))
                .containsPattern("(?s)HashJoin.*holds second.*main.orders.*main.people");
    }

    @Test
    void alternativesOfSeveralTablesNarrowEach() throws SQLException {
        createPeople();
        String sql = "SELECT count(*) FROM people p JOIN orders o ON o.person = p.id"
                + " WHERE (p.city = 'Rome' AND o.amount = 1) OR (p.city = 'Oslo' AND o.amount = 2)";

        assertThat(plan(sql).lines().filter(line -> line.contains("Filter("))).hasSize(2);
        assertThat(rows(sql)).containsExactly("20");
    }

    @Test
    void existenceBecomesSemiJoin() throws SQLException {
        createPeople();
        String sql = "SELECT p.id FROM people p WHERE EXISTS"
                + " (SELECT * FROM orders o WHERE o.person = p.id AND o.amount > p.id) ORDER BY 1";

        assertThat(plan(sql)).contains("HashJoin(semi").doesNotContain("Aggregate");
        assertThat(rows(sql)).containsExactly("1", "2", "3");
    }

    @Test
    void membershipBecomesSemiJoin() throws SQLException {
        createPeople();
        String sql = "SELECT count(*) FROM people WHERE id IN (SELECT person FROM orders WHERE amount = 4)";

        assertThat(plan(sql)).contains("HashJoin(semi");
        assertThat(rows(sql)).containsExactly("20");
    }

    @Test
    void groupsThatAreJoinedWithFewKeysAreNarrowedBeforeTheyAreMade() throws SQLException {
        execute("CREATE TABLE sales (id BIGINT PRIMARY KEY, item BIGINT, amount INT)");
        execute(
                "INSERT INTO sales SELECT i, CASE WHEN MOD(i, 50) = 7 THEN NULL ELSE MOD(i, 1000) END, CAST(MOD(i, 9) AS INT)"
                        + " FROM generate_series(1, 20000) AS g(i)");
        execute("CREATE TABLE items (id BIGINT PRIMARY KEY, kind BIGINT, name TEXT)");
        execute(
                "INSERT INTO items SELECT i, CASE WHEN MOD(i, 9) = 0 THEN NULL ELSE MOD(i, 500) END, 'item ' || CAST(i AS VARCHAR)"
                        + " FROM generate_series(1, 1000) AS g(i)");
        String sql =
                "SELECT i.id, s.total, s.n FROM items i JOIN (SELECT item, SUM(amount) AS total, COUNT(*) AS n FROM sales"
                        + " GROUP BY item) AS s ON s.item = i.kind WHERE i.name IN ('item 5', 'item 9', 'item 505', 'item 999')";

        assertThat(plan(sql))
                .containsPattern("(?s)HashJoin\\(inner.*Aggregate.*HashJoin\\(semi.*main.sales.*main.items");
        assertThat(rows(sql)).hasSameElementsAs(rows(sql.replace("ON s.item = i.kind", "ON s.item + 0 = i.kind")));
        assertThat(rows(sql)).hasSize(2);
    }

    @Test
    void absenceBecomesAntiJoin() throws SQLException {
        createPeople();
        execute("DELETE FROM orders WHERE person > 18");
        String sql = "SELECT id FROM people p WHERE NOT EXISTS (SELECT 1 FROM orders WHERE person = p.id) ORDER BY id";

        assertThat(plan(sql)).contains("HashJoin(anti");
        assertThat(rows(sql)).containsExactly("19", "20");
    }

    @Test
    void nullAmongValuesLeavesNoneThatIsNotAmongThem() throws SQLException {
        createPeople();
        execute("CREATE TABLE chosen (id INT)");
        execute("INSERT INTO chosen VALUES (1), (NULL)");

        assertThat(rows("SELECT id FROM people WHERE id NOT IN (SELECT id FROM chosen)"))
                .isEmpty();
        assertThat(rows("SELECT count(*) FROM people WHERE id NOT IN (SELECT id FROM chosen WHERE id IS NOT NULL)"))
                .containsExactly("19");
    }

    @Test
    void comparesValuesThatAreComputed() throws SQLException {
        createPeople();
        String sql = "SELECT count(*) FROM people p, orders o, people q"
                + " WHERE o.person + 1 = p.id AND q.id = p.id - 1 AND q.city = 'Rome'";

        assertThat(plan(sql)).doesNotContain("NestedLoopJoin");
        assertThat(rows(sql)).containsExactly("45");
    }

    /** 20 people, of whom every second is in Rome, with five orders each. */
    private void createPeople() throws SQLException {
        execute("CREATE TABLE people (id INT PRIMARY KEY, city TEXT NOT NULL)");
        execute("CREATE TABLE orders (id INT PRIMARY KEY, person INT NOT NULL, amount INT)");
        execute("INSERT INTO people SELECT i, CASE WHEN MOD(i, 2) = 0 THEN 'Rome' ELSE 'Oslo' END"
                + " FROM generate_series(1, 20) AS s(i)");
        execute("INSERT INTO orders SELECT i, i / 5 + 1, MOD(i, 5) FROM generate_series(0, 99) AS s(i)");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String plan(String sql) throws SQLException {
        return rows("EXPLAIN " + sql).stream().collect(Collectors.joining("\n"));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
