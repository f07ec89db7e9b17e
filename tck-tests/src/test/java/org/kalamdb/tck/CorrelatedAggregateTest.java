// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Aggregates of a subquery that refers to the outer row, among them those of no rows. */
final class CorrelatedAggregateTest {
    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE part (id INT PRIMARY KEY, kind INT, size INT)");
            statement.execute("INSERT INTO part VALUES (1, 1, 5), (2, 2, 6), (3, NULL, 7), (4, 9, 8), (5, 1, 9)");
            statement.execute("CREATE TABLE stock (id INT PRIMARY KEY, kind INT, size INT, amount INT)");
            statement.execute("INSERT INTO stock VALUES (1, 1, 5, 10), (2, 1, 5, 20), (3, 1, 9, 30), (4, 2, 1, NULL),"
                    + " (5, NULL, 7, 50), (6, 3, 8, 60)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COUNT(*) | kind = p.kind | 3 1 0 0 3",
                "COUNT(amount) | kind = p.kind | 3 0 0 0 3",
                "SUM(amount) | kind = p.kind | 60 null null null 60",
                "MAX(amount) + 1 | kind = p.kind | 31 null null null 31",
                "COALESCE(MIN(amount), -1) | kind = p.kind | 10 -1 -1 -1 10",
                "COUNT(*) * 2 + COUNT(amount) | kind = p.kind | 9 2 0 0 9",
                "AVG(amount) | kind = p.kind | 20.0 null null null 20.0",
                "COUNT(DISTINCT size) | kind = p.kind | 2 1 0 0 2",
                "COUNT(*) FILTER (WHERE amount > 15) | kind = p.kind | 2 0 0 0 2",
                "SUM(amount * 2) | p.kind = kind AND size > 4 | 120 null null null 120",
                "COUNT(*) | kind = p.kind AND size = p.size | 2 0 0 0 1",
                "COUNT(*) | kind + 0 = p.kind AND amount IS NOT NULL | 3 0 0 0 3",
                "COUNT(*) | kind = p.kind AND size >= p.size | 3 0 0 0 1",
                "COUNT(*) | kind = p.kind AND amount + p.size > 20 | 2 0 0 0 2",
                "CASE WHEN COUNT(*) = 0 THEN 'none' ELSE 'some' END | kind = p.kind | some some none none some",
                "MEDIAN(amount) | kind = p.kind | 20.0 null null null 20.0"
            })
    void isComputedForEachRow(String aggregate, String condition, String expected) throws SQLException {
        String subquery = "(SELECT " + aggregate + " FROM stock WHERE " + condition + ")";

        assertThat(column("SELECT p.id, " + subquery + " AS v FROM part p ORDER BY p.id", 1))
                .isEqualTo(expected);
        assertThat(column("SELECT v FROM (SELECT p.id, " + subquery + " AS v FROM part p) ORDER BY id", 0))
                .isEqualTo(expected);
    }

    @Test
    void isComparedInConditions() throws SQLException {
        assertThat(column(
                        "SELECT id FROM part p WHERE (SELECT COUNT(*) FROM stock s WHERE s.kind = p.kind) = 0 ORDER BY id",
                        0))
                .isEqualTo("3 4");
        assertThat(column(
                        "SELECT id FROM stock s WHERE amount < (SELECT AVG(amount) FROM stock t WHERE t.kind = s.kind)",
                        0))
                .isEqualTo("1");
    }

    @Test
    void isComputedSeveralTimesAndInside() throws SQLException {
        assertThat(column(
                        "SELECT (SELECT COUNT(*) FROM stock s WHERE s.kind = p.kind) * 10"
                                + " + (SELECT COUNT(*) FROM part q WHERE q.kind = p.kind) FROM part p ORDER BY id",
                        0))
                .isEqualTo("32 11 0 1 32");
        assertThat(column(
                        "SELECT (SELECT SUM((SELECT COUNT(*) FROM stock t WHERE t.kind = s.kind)) FROM stock s"
                                + " WHERE s.kind = p.kind) FROM part p ORDER BY id",
                        0))
                .isEqualTo("9 1 null null 9");
    }

    @Test
    void readsTheOuterRowsOnce() throws SQLException {
        String plan = Answer.of(
                        connection,
                        "EXPLAIN SELECT id, (SELECT COUNT(*) FROM stock s WHERE s.kind = p.kind) FROM part p")
                .rows()
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"));

        assertThat(plan.split("Scan\\(main.part", -1)).hasSize(2);
    }

    private String column(String sql, int index) throws SQLException {
        return Answer.of(connection, sql).rows().stream()
                .map(row -> String.valueOf(row.get(index)))
                .map(value -> value.replaceFirst("(\\.\\d)0+$", "$1"))
                .collect(Collectors.joining(" "));
    }
}
