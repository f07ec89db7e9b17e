// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Random queries answer as DuckDB does, and every condition splits a table into three parts. */
final class RandomQueryTest {
    /** Each of these is run by every build, so that builds differ by the code alone. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    private static final int QUERIES = 40;
    private static final int PARTITIONS = 8;

    @ParameterizedTest(name = "seed {0}")
    @FieldSource("SEEDS")
    void answersAsTheReference(long seed) throws SQLException {
        try (Comparison comparison = new Comparison(seed)) {
            comparison.compare(QUERIES);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @FieldSource("SEEDS")
    void conditionSplitsATableIntoThree(long seed) throws SQLException {
        try (Comparison comparison = new Comparison(seed)) {
            comparison.split(PARTITIONS);
        }
    }

    /**
     * Seeds from {@code -Dkalamdb.seed} on, or from any number, for {@code -Dkalamdb.minutes} if that is said, else {@code
     * -Dkalamdb.seeds} of them. Goes on after a failure, since one defect would hide all others.
     */
    @Test
    @Tag("long")
    void answersAsTheReferenceForManySeeds() {
        List<String> failures = new ArrayList<>();
        long first = Long.getLong("kalamdb.seed", System.nanoTime());
        long minutes = Long.getLong("kalamdb.minutes", 0);
        long last = minutes > 0 ? Long.MAX_VALUE : first + Integer.getInteger("kalamdb.seeds", 50) - 1;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        for (long seed = first; seed <= last && (minutes == 0 || System.nanoTime() - end < 0); seed++) {
            System.out.println("RandomQueryTest: -Dkalamdb.seed=" + seed);
            try (Comparison comparison = new Comparison(seed)) {
                comparison.compare(QUERIES);
                comparison.split(PARTITIONS);
            } catch (AssertionError | SQLException e) {
                System.out.println("RandomQueryTest: " + e);
                failures.add(String.valueOf(e));
            }
        }
        assertThat(failures).isEmpty();
    }

    /** The same random tables in both databases. */
    private static final class Comparison implements AutoCloseable {
        private final long seed;
        private final RandomQueries queries;
        private final Connection kalam = TestDatabases.connect(TestDatabases.freshMemoryUrl());
        private final Connection reference = TestDatabases.connect("jdbc:duckdb:");

        Comparison(long seed) throws SQLException {
            this.seed = seed;
            this.queries = new RandomQueries(seed);
            List<String> tables = queries.tables();
            for (Connection connection : List.of(kalam, reference)) {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : tables) {
                        statement.execute(sql);
                    }
                }
            }
        }

        void compare(int count) throws SQLException {
            for (int i = 0; i < count; i++) {
                String sql = queries.query();

                Answer actual = answer(sql);

                assertThat(actual)
                        .as("seed %d, query %d: %s", seed, i, sql)
                        .usingEquals(Answer::hasRowsOf)
                        .isEqualTo(Answer.of(reference, sql));
            }
        }

        void split(int count) {
            String all = "SELECT x.id, y.id FROM r0 x, r1 y";
            Answer rows = answer(all);
            for (int i = 0; i < count; i++) {
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

        @Override
        public void close() throws SQLException {
            kalam.close();
            reference.close();
        }
    }
}
