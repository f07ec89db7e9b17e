// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import com.sun.management.OperatingSystemMXBean;
import io.trino.tpch.TpchTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The 22 queries of TPC-H in KalamDB and in DuckDB, one after the other; every answer is compared. Prints elapsed time and CPU time of the process, the median of the rounds, their ratio, and what KalamDB takes to
 * plan each query anew.
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
        System.out.println("| Query | KalamDB ms | CPU ms | DuckDB ms | CPU ms | elapsed | CPU | planning, CPU ms |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        double elapsed = 0;
        double cpu = 0;
        for (int query : queries) {
            String sql = text(String.format(Locale.ROOT, "q%02d.sql", query)).strip();
            Cost[] ours = new Cost[rounds];
            Cost[] theirs = new Cost[rounds];
            boolean same = true;
            for (int round = 0; round < rounds; round++) {
                Cost start = Cost.now();
                TpchAnswer answer = TpchAnswer.of(kalam, sql);
                Cost between = Cost.now();
                TpchAnswer expected = TpchAnswer.of(duck, sql);
                theirs[round] = Cost.now().since(between);
                ours[round] = between.since(start);
                same &= answer.isSameAs(expected);
            }
            Cost our = Cost.median(ours);
            Cost their = Cost.median(theirs);
            elapsed += Math.log(our.elapsedMillis() / their.elapsedMillis());
            cpu += Math.log(our.cpuMillis() / their.cpuMillis());
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f |%s%n",
                    query,
                    our.elapsedMillis(),
                    our.cpuMillis(),
                    their.elapsedMillis(),
                    their.cpuMillis(),
                    our.elapsedMillis() / their.elapsedMillis(),
                    our.cpuMillis() / their.cpuMillis(),
                    planningMillis(sql),
                    same ? "" : " OTHER ANSWER");
        }
        System.out.printf(
                Locale.ROOT,
                "| geometric mean | | | | | %.2f | %.2f | |%n",
                Math.exp(elapsed / queries.length),
                Math.exp(cpu / queries.length));
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

        static Cost median(Cost[] costs) {
            return new Cost(
                    Stream.of(costs).mapToDouble(Cost::elapsedMillis).sorted().toArray()[costs.length / 2],
                    Stream.of(costs).mapToDouble(Cost::cpuMillis).sorted().toArray()[costs.length / 2]);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f ms, CPU %.0f ms", elapsedMillis, cpuMillis);
        }
    }
}
