// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Analytical queries over rows in the key-value store, over the same rows in Parquet segments whose columns are decoded, with
 * one and with all threads, over such rows in a database that has no room to keep decoded columns, in H2, which is told not
 * to answer what it remembers, and in DuckDB with one thread: CPU time of the process and time elapsed, each the median of the rounds. In each round every query runs once in each
 * of them; two rounds go ahead of those that count.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.AnalyticsComparison 500000 7
 * }</pre>
 *
 * The arguments are the number of rows and of rounds. Confined to one thread.
 */
public final class AnalyticsComparison {
    private static final String COLUMNS = "(id BIGINT PRIMARY KEY, region VARCHAR, customer BIGINT, quantity INT,"
            + " price DECIMAL(12, 2), discount DECIMAL(4, 2), sold DATE, note VARCHAR)";

    /** Computed from the number of the row, so that both databases have the same. */
    private static final String ROWS = "SELECT i, 'region ' || CAST(MOD(i, 7) AS VARCHAR), MOD(i * 7919, 50021),"
            + " CAST(MOD(i * 31, 50) AS INT), CAST(MOD(i * 104729, 10000000) AS DECIMAL(12, 2)) * 0.01,"
            + " CAST(MOD(i, 11) AS DECIMAL(4, 2)) * 0.01, CAST('2020-01-01' AS DATE) + CAST(MOD(i, 1500) AS INT),"
            + " 'note ' || CAST(MOD(i * 613, 9973) AS VARCHAR) || ' of a sale' FROM ";

    /** A transaction that adds more goes to a segment at once. */
    private static final int ROWS_OF_INSERT = 50_000;

    private static final int ROUNDS_AHEAD = 2;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final Map<String, String> QUERIES = queries();

    private AnalyticsComparison() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("count of all rows", "SELECT COUNT(*) FROM sales AS t");
        queries.put(
                "filtered sum",
                "SELECT SUM(price * discount) FROM sales AS t WHERE sold >= DATE '2021-01-01' AND sold < DATE '2022-01-01'"
                        + " AND discount BETWEEN 0.05 AND 0.07 AND quantity < 24");
        queries.put(
                "7 groups, 8 aggregates",
                "SELECT region, SUM(quantity), SUM(price), SUM(price * (1 - discount)), AVG(price), MIN(sold), MAX(price),"
                        + " COUNT(*) FROM sales AS t GROUP BY region");
        queries.put(
                "50,021 groups",
                "SELECT COUNT(*), MAX(s) FROM (SELECT customer, SUM(price) AS s FROM sales AS t GROUP BY customer) AS x");
        queries.put("top 10", "SELECT id, price FROM sales AS t ORDER BY price DESC, id LIMIT 10");
        queries.put(
                "join and group",
                "SELECT COUNT(*), SUM(t.price) FROM sales AS t JOIN (SELECT id, customer FROM sales AS t WHERE quantity = 7) AS c"
                        + " ON t.customer = c.id");
        queries.put(
                "two tables by key",
                "SELECT COUNT(*), SUM(a.price) FROM sales AS a JOIN sales AS b ON a.id = b.id WHERE b.quantity < 25");
        queries.put("COUNT DISTINCT", "SELECT COUNT(DISTINCT customer), COUNT(DISTINCT note) FROM sales AS t");
        queries.put(
                "window",
                "SELECT SUM(r), SUM(total) FROM (SELECT ROW_NUMBER() OVER (PARTITION BY customer ORDER BY sold, id) AS r,"
                        + " SUM(quantity) OVER (PARTITION BY customer ORDER BY sold, id) AS total FROM sales AS t) AS x");
        queries.put("LIKE", "SELECT COUNT(*) FROM sales AS t WHERE note LIKE '%99% of a s%'");
        return queries;
    }

    /** A database under measurement. */
    private record Contestant(String name, Connection connection, String table, String preparation) {
        String answer(String sql) throws SQLException {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql.replace("sales", table))) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        row.append(text(result.getObject(i))).append(' ');
                    }
                    rows.add(row.toString());
                }
            }
            rows.sort(null);
            return rows.toString();
        }

        private static String text(@Nullable Object value) {
            return value instanceof Number number
                    ? String.format(Locale.ROOT, "%.4f", number.doubleValue())
                    : String.valueOf(value);
        }
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        Path folder = Files.createTempDirectory("kalamdb-bench");
        try {
            compare(folder.resolve("db"), Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void compare(Path folder, int rows, int rounds) throws SQLException {
        try (Connection kalam = DriverManager.getConnection("jdbc:kalamdb:" + folder + "?threads=1");
                Connection keepsNothing = DriverManager.getConnection(
                        "jdbc:kalamdb:" + folder.resolveSibling("small") + "?threads=1&columnCache=1MB");
                Connection h2 = DriverManager.getConnection(
                        "jdbc:h2:" + folder.resolveSibling("h2") + ";OPTIMIZE_REUSE_RESULTS=0");
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (Connection each : List.of(h2, duck)) {
                execute(each, "CREATE TABLE hot " + COLUMNS);
            }
            execute(h2, "INSERT INTO hot " + ROWS + "system_range(0, " + (rows - 1) + ") AS s(i)");
            execute(duck, "INSERT INTO hot " + ROWS + "range(0, " + rows + ") AS s(i)");
            load(kalam, "hot", rows);
            for (Connection each : List.of(kalam, keepsNothing)) {
                load(each, "cold", rows);
                execute(each, "STORAGE FLUSH TABLE cold");
            }
            compare(
                    List.of(
                            new Contestant("hot", kalam, "hot", "SET threads = 1"),
                            new Contestant("cold", kalam, "cold", "SET threads = 1"),
                            new Contestant("cold, all threads", kalam, "cold", "RESET threads"),
                            new Contestant("cold, decoded anew", keepsNothing, "cold", "SET threads = 1"),
                            new Contestant("H2", h2, "hot", "SELECT 1"),
                            new Contestant("DuckDB", duck, "hot", "SET threads = 1")),
                    rounds);
        }
    }

    /** In pieces small enough to go to the key-value store. */
    private static void load(Connection kalam, String table, int rows) throws SQLException {
        execute(kalam, "CREATE TABLE " + table + " " + COLUMNS);
        for (int from = 0; from < rows; from += ROWS_OF_INSERT) {
            int last = Math.min(rows, from + ROWS_OF_INSERT) - 1;
            execute(kalam, "INSERT INTO " + table + " " + ROWS + "generate_series(" + from + ", " + last + ") AS s(i)");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void compare(List<Contestant> contestants, int rounds) throws SQLException {
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            double[][] cpuMillis = new double[contestants.size()][rounds];
            double[][] elapsedMillis = new double[contestants.size()][rounds];
            String expected = contestants.get(contestants.size() - 1).answer(query.getValue());
            for (int round = -ROUNDS_AHEAD; round < rounds; round++) {
                for (int i = 0; i < contestants.size(); i++) {
                    execute(contestants.get(i).connection(), contestants.get(i).preparation());
                    long cpuStart = PROCESS.getProcessCpuTime();
                    long start = System.nanoTime();
                    String answer = contestants.get(i).answer(query.getValue());
                    double elapsed = (System.nanoTime() - start) / 1e6;
                    double cpu = (PROCESS.getProcessCpuTime() - cpuStart) / 1e6;
                    if (round >= 0) {
                        elapsedMillis[i][round] = elapsed;
                        cpuMillis[i][round] = cpu;
                    }
                    if (!answer.equals(expected)) {
                        throw new IllegalStateException(
                                contestants.get(i).name() + " answers " + answer + " and not " + expected);
                    }
                }
            }
            StringBuilder line = new StringBuilder("| " + query.getKey() + " |");
            for (int i = 0; i < contestants.size(); i++) {
                Arrays.sort(cpuMillis[i]);
                Arrays.sort(elapsedMillis[i]);
                line.append(String.format(
                        Locale.ROOT, " %.1f, %.1f |", cpuMillis[i][rounds / 2], elapsedMillis[i][rounds / 2]));
            }
            System.out.println(line);
        }
    }
}
