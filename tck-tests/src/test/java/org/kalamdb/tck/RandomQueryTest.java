// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random queries answer as DuckDB does, and every condition splits a table into three parts. */
final class RandomQueryTest {
    private static final int QUERIES = 300;
    private static final int PARTITIONS = 100;

    private final long seed = Long.getLong("kalamdb.seed", System.nanoTime());
    private final RandomQueries queries = new RandomQueries(seed);
    private final Connection kalam = TestDatabases.connect(TestDatabases.freshMemoryUrl());
    private final Connection reference = TestDatabases.connect("jdbc:duckdb:");

    @BeforeEach
    void createTables() throws SQLException {
        System.out.println("RandomQueryTest: -Dkalamdb.seed=" + seed);
        List<String> tables = queries.tables();
        for (Connection connection : List.of(kalam, reference)) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : tables) {
                    statement.execute(sql);
                }
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        kalam.close();
        reference.close();
    }

    @Test
    void answersAsTheReference() throws SQLException {
        for (int i = 0; i < QUERIES; i++) {
            String sql = queries.query();

            Answer actual = answer(sql);

            assertThat(actual)
                    .as("seed %d, query %d: %s", seed, i, sql)
                    .usingEquals(Answer::hasRowsOf)
                    .isEqualTo(Answer.of(reference, sql));
        }
    }

    @Test
    void conditionSplitsATableIntoThree() throws SQLException {
        String all = "SELECT x.id, y.id FROM r0 x, r1 y";
        Answer rows = answer(all);
        for (int i = 0; i < PARTITIONS; i++) {
            String condition = queries.predicate(List.of("x", "y"), 3);
            String parts = all + " WHERE " + condition + " UNION ALL " + all + " WHERE NOT (" + condition
                    + ") UNION ALL " + all + " WHERE (" + condition + ") IS NULL";

            assertThat(answer(parts))
                    .as("seed %d, condition %d: %s", seed, i, condition)
                    .usingEquals(Answer::hasRowsOf)
                    .isEqualTo(rows);
        }
    }

    private Answer answer(String sql) {
        try {
            return Answer.of(kalam, sql);
        } catch (SQLException e) {
            throw new AssertionError("seed " + seed + ": " + sql, e);
        }
    }
}
