// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The 22 queries of TPC-H in KalamDB and in DuckDB, in turns; every answer is compared. Prints elapsed time and CPU time of the
 * process, the median of the rounds, their ratio, and what KalamDB takes to plan each query anew. Both databases have the same
 * number of threads; several numbers are measured one after the other. Some rounds go ahead of
 * those that count, so that code is compiled and columns are decoded; a query is run as often as fits into a moment, as CPU
 * time is counted in steps of 10 ms. Then each query runs cold: once in a database that has just been opened, so that it reads
 * and decodes its columns, from the page cache of the system.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.tpch.TpchComparison /tmp/tpch 0.1 5 1,2
 * }</pre>
 *
 * The arguments are a folder for files and databases, which are made there once, the scale, the rounds, the numbers of
 * threads, and if wanted the numbers of the queries, such as {@code 5,9,21}, or {@code all}, and {@code warm} or {@code cold} to
 * measure one of both alone. Confined to one thread.
 */
public final class TpchComparison {
    private static final int PLANNINGS = 15;

    private static final int ROUNDS_AHEAD = 3;

    /** For how long a query is run again and again to measure it once. */
    private static final double MOMENT_MILLIS = 100;

    private final TpchFiles files;
    /** Of each database. */
    private final int threads;

    private final int rounds;

    private TpchComparison(TpchFiles files, int threads, int rounds) {
        this.files = files;
        this.threads = threads;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        double scale = Double.parseDouble(arguments[1]);
        TpchFiles files = TpchFiles.at(Path.of(arguments[0]), scale);
        for (TpchDatabase each : List.of(TpchDatabase.KALAMDB, TpchDatabase.DUCKDB)) {
            each.load(files);
        }
        String kinds = arguments.length > 5 ? arguments[5] : "warm,cold";
        for (String threads : arguments[3].split(",")) {
            TpchComparison comparison =
                    new TpchComparison(files, Integer.parseInt(threads), Integer.parseInt(arguments[2]));
            if (kinds.contains("warm")) {
                comparison.compareWarm(queries(arguments));
            }
            if (kinds.contains("cold")) {
                comparison.compareCold(queries(arguments));
            }
        }
    }

    private static List<QueryMeasurements> queries(String[] arguments) {
        IntStream numbers = arguments.length > 4 && !arguments[4].equals("all")
                ? Arrays.stream(arguments[4].split(",")).mapToInt(Integer::parseInt)
                : IntStream.rangeClosed(1, 22);
        return numbers.mapToObj(QueryMeasurements::new).toList();
    }

    private Connection open(TpchDatabase database) throws SQLException {
        Connection connection = database.open(files);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + threads);
        }
        return connection;
    }

    private void compareWarm(List<QueryMeasurements> queries) throws SQLException {
        try (Connection kalam = open(TpchDatabase.KALAMDB);
                Connection duck = open(TpchDatabase.DUCKDB)) {
            for (int round = 0; round < ROUNDS_AHEAD + rounds; round++) {
                for (QueryMeasurements each : queries) {
                    each.compareAnswers(kalam, duck);
                    if (round >= ROUNDS_AHEAD) {
                        each.ours.add(costOfRuns(kalam, each.sql));
                        each.theirs.add(costOfRuns(duck, each.sql));
                    }
                }
            }
            System.out.println(heading("Warm"));
            print(queries);
            long heapBytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.out.printf(Locale.ROOT, "Peak of the heap, garbage included: %d MB%n", heapBytes >> 20);
            System.out.println("Planning, CPU ms");
            for (QueryMeasurements each : queries) {
                System.out.printf(Locale.ROOT, "%d: %.2f%n", each.query, planningMillis(kalam, each.sql));
            }
        }
    }

    private void compareCold(List<QueryMeasurements> queries) throws SQLException {
        for (QueryMeasurements each : queries) {
            each.ours.clear();
            each.theirs.clear();
            for (int round = 0; round < rounds; round++) {
                try (Connection kalam = open(TpchDatabase.KALAMDB)) {
                    each.ours.add(costOfRun(kalam, each.sql));
                }
                try (Connection duck = open(TpchDatabase.DUCKDB)) {
                    each.theirs.add(costOfRun(duck, each.sql));
                }
            }
        }
        System.out.println(heading("Cold"));
        print(queries);
    }

    private String heading(String kind) {
        return kind + ", threads of each: " + threads;
    }

    private static void print(List<QueryMeasurements> queries) {
        System.out.println("| Query | KalamDB ms | CPU ms | DuckDB ms | CPU ms | elapsed | CPU |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        double elapsed = 0;
        double cpu = 0;
        for (QueryMeasurements each : queries) {
            Cost our = Cost.median(each.ours);
            Cost their = Cost.median(each.theirs);
            elapsed += Math.log(our.elapsedMillis() / their.elapsedMillis());
            cpu += Math.log(our.cpuMillis() / their.cpuMillis());
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |%s%n",
                    each.query,
                    our.elapsedMillis(),
                    our.cpuMillis(),
                    their.elapsedMillis(),
                    their.cpuMillis(),
                    our.elapsedMillis() / their.elapsedMillis(),
                    our.cpuMillis() / their.cpuMillis(),
                    each.same ? "" : " OTHER ANSWER");
        }
        System.out.printf(
                Locale.ROOT,
                "| geometric mean | | | | | %.2f | %.2f |%n",
                Math.exp(elapsed / queries.size()),
                Math.exp(cpu / queries.size()));
    }

    /** What one query has cost, round by round. */
    private static final class QueryMeasurements {
        private final int query;
        private final String sql;
        private final List<Cost> ours = new ArrayList<>();
        private final List<Cost> theirs = new ArrayList<>();
        private boolean same = true;

        QueryMeasurements(int query) {
            this.query = query;
            this.sql = TpchTexts.query(query);
        }

        void compareAnswers(Connection kalam, Connection duck) throws SQLException {
            same &= TpchAnswer.of(kalam, sql).isSameAs(TpchAnswer.of(duck, sql));
        }
    }

    private static Cost costOfRun(Connection connection, String sql) throws SQLException {
        Cost start = Cost.now();
        TpchAnswer.of(connection, sql);
        return Cost.now().since(start);
    }

    private static Cost costOfRuns(Connection connection, String sql) throws SQLException {
        Cost start = Cost.now();
        int runs = 0;
        Cost spent;
        do {
            TpchAnswer.of(connection, sql);
            runs++;
            spent = Cost.now().since(start);
        } while (spent.elapsedMillis() < MOMENT_MILLIS);
        return new Cost(spent.elapsedMillis() / runs, spent.cpuMillis() / runs);
    }

    /** CPU time of the calling thread to plan a query whose text is new. EXPLAIN makes the plan and keeps nothing. */
    private static double planningMillis(Connection kalam, String sql) throws SQLException {
        double[] millis = new double[PLANNINGS];
        for (int i = 0; i < PLANNINGS; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try (Statement statement = kalam.createStatement();
                    ResultSet plan = statement.executeQuery("EXPLAIN " + sql)) {
                plan.next();
            }
            millis[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[PLANNINGS / 2];
    }
}
