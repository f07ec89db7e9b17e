// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import com.sun.management.OperatingSystemMXBean;
import io.trino.tpch.TpchTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The 22 queries of TPC-H in KalamDB and in DuckDB, in turns; every answer is compared. Prints elapsed time and CPU time of the
 * process, the median of the rounds, their ratio, and what KalamDB takes to plan each query anew. Some rounds go ahead of
 * those that count, so that code is compiled and columns are decoded; a query is run as often as fits into a moment, as CPU
 * time is counted in steps of 10 ms.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.tpch.TpchComparison /tmp/tpch 0.1 5 2
 * }</pre>
 *
 * The arguments are a folder for files and databases, which are made there once, the scale, the rounds, DuckDB's threads, and if
 * wanted the numbers of the queries, such as {@code 5,9,21}. Confined to one thread.
 */
public final class TpchComparison {
    private static final int PLANNINGS = 15;

    private static final int ROUNDS_AHEAD = 3;

    /** For how long a query is run again and again to measure it once. */
    private static final double MOMENT_MILLIS = 100;

    private final Connection kalam;
    private final Connection duck;
    private final int rounds;

    private TpchComparison(Connection kalam, Connection duck, int rounds) {
        this.kalam = kalam;
        this.duck = duck;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        double scale = Double.parseDouble(arguments[1]);
        Path folder = Path.of(arguments[0]).resolve(Double.toString(scale)).toAbsolutePath();
        Files.createDirectories(folder);
        TpchFiles files = new TpchFiles(folder, scale);
        try (Connection kalam = load("jdbc:kalamdb:", folder.resolve("kalamdb"), files);
                Connection duck = load("jdbc:duckdb:", folder.resolve("duckdb"), files)) {
            execute(duck, "SET threads = " + arguments[3]);
            int[] queries = arguments.length > 4
                    ? Arrays.stream(arguments[4].split(","))
                            .mapToInt(Integer::parseInt)
                            .toArray()
                    : IntStream.rangeClosed(1, 22).toArray();
            new TpchComparison(kalam, duck, Integer.parseInt(arguments[2])).compare(queries);
        }
    }

    /** Opens a database and fills it if it is not full yet. */
    private static Connection load(String prefix, Path database, TpchFiles files) throws SQLException, IOException {
        Path loaded = database.resolveSibling(database.getFileName() + ".loaded");
        Connection connection = DriverManager.getConnection(prefix + database);
        if (!Files.exists(loaded)) {
            Cost before = Cost.now();
            for (String create : text("schema.sql").replaceAll("(?m)^--.*$", "").split(";")) {
                if (!create.isBlank()) {
                    execute(connection, create);
                }
            }
            for (TpchTable<?> table : TpchTable.getTables()) {
                for (Path file : files.of(table)) {
                    execute(
                            connection,
                            "COPY " + table.getTableName() + " FROM '" + file
                                    + "' (FORMAT csv, HEADER FALSE, DELIMITER '|')");
                }
            }
            if (prefix.equals("jdbc:kalamdb:")) {
                // As a flush policy does in the background: DuckDB has all rows in columns too.
                execute(connection, "STORAGE FLUSH ALL");
            }
            System.out.println("Loaded " + prefix + " in " + Cost.now().since(before));
            Files.createFile(loaded);
        }
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = TpchComparison.class.getResourceAsStream("/tpch/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("tpch/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void compare(int[] queries) throws SQLException, IOException {
        List<QueryMeasurements> measured = new ArrayList<>();
        for (int query : queries) {
            measured.add(new QueryMeasurements(
                    query, text(String.format(Locale.ROOT, "q%02d.sql", query)).strip()));
        }
        for (int round = 0; round < ROUNDS_AHEAD + rounds; round++) {
            for (QueryMeasurements each : measured) {
                each.measure(round >= ROUNDS_AHEAD);
            }
        }
        print(measured);
    }

    private void print(List<QueryMeasurements> measured) throws SQLException {
        System.out.println("| Query | KalamDB ms | CPU ms | DuckDB ms | CPU ms | elapsed | CPU | planning, CPU ms |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        double elapsed = 0;
        double cpu = 0;
        for (QueryMeasurements each : measured) {
            Cost our = Cost.median(each.ours);
            Cost their = Cost.median(each.theirs);
            elapsed += Math.log(our.elapsedMillis() / their.elapsedMillis());
            cpu += Math.log(our.cpuMillis() / their.cpuMillis());
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f |%s%n",
                    each.query,
                    our.elapsedMillis(),
                    our.cpuMillis(),
                    their.elapsedMillis(),
                    their.cpuMillis(),
                    our.elapsedMillis() / their.elapsedMillis(),
                    our.cpuMillis() / their.cpuMillis(),
                    planningMillis(each.sql),
                    each.same ? "" : " OTHER ANSWER");
        }
        System.out.printf(
                Locale.ROOT,
                "| geometric mean | | | | | %.2f | %.2f | |%n",
                Math.exp(elapsed / measured.size()),
                Math.exp(cpu / measured.size()));
        long heapBytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(Locale.ROOT, "Peak of the heap, garbage included: %d MB%n", heapBytes >> 20);
    }

    /** What one query has cost, round by round. */
    private final class QueryMeasurements {
        private final int query;
        private final String sql;
        private final List<Cost> ours = new ArrayList<>();
        private final List<Cost> theirs = new ArrayList<>();
        private boolean same = true;

        QueryMeasurements(int query, String sql) {
            this.query = query;
            this.sql = sql;
        }

        void measure(boolean counts) throws SQLException {
            TpchAnswer answer = TpchAnswer.of(kalam, sql);
            TpchAnswer expected = TpchAnswer.of(duck, sql);
            same &= answer.isSameAs(expected);
            if (counts) {
                ours.add(costOf(kalam));
                theirs.add(costOf(duck));
            }
        }

        private Cost costOf(Connection connection) throws SQLException {
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
    }

    /** CPU time of the calling thread to plan a query whose text is new. EXPLAIN makes the plan and keeps nothing. */
    private double planningMillis(String sql) throws SQLException {
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

    /** What was spent. */
    private record Cost(double elapsedMillis, double cpuMillis) {
        static Cost now() {
            OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return new Cost(System.nanoTime() / 1e6, process.getProcessCpuTime() / 1e6);
        }

        Cost since(Cost start) {
            return new Cost(elapsedMillis - start.elapsedMillis, cpuMillis - start.cpuMillis);
        }

        static Cost median(List<Cost> costs) {
            return new Cost(median(costs, Cost::elapsedMillis), median(costs, Cost::cpuMillis));
        }

        private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
            return costs.stream().mapToDouble(part).sorted().toArray()[costs.size() / 2];
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f ms, CPU %.0f ms", elapsedMillis, cpuMillis);
        }
    }
}
