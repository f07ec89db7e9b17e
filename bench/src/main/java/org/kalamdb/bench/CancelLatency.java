// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long statements go on after they are cancelled: each kind of work is begun again and again, and cancelled at a random
 * moment. Prints the median, the worst, and how often the statement was done before.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.CancelLatency 500000 15 700
 * }</pre>
 *
 * The arguments are the rows of the table, how often each statement is cancelled, and the milliseconds within which it is, at
 * most. Confined to one thread but for the statement that it cancels.
 */
public final class CancelLatency {
    private static final int JOINED_TABLES = 60;
    /** What is cancelled before it has begun is not. */
    private static final int MIN_MILLIS = 20;

    private static final long SEED = 1;

    private CancelLatency() {}

    private static Map<String, String> statements(Path folder) {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("scan and filter", "SELECT COUNT(*) FROM t AS a, s WHERE MOD(a.n + s.id, 7) = 9");
        statements.put("sort", "SELECT id, s FROM t ORDER BY s, n");
        statements.put("first rows of an order", "SELECT a.id, s.id FROM t AS a, s ORDER BY a.n * s.id LIMIT 10");
        statements.put("many groups", "SELECT n, s, COUNT(*), SUM(id) FROM t GROUP BY n, s");
        statements.put("distinct values", "SELECT COUNT(DISTINCT s), COUNT(DISTINCT n) FROM t");
        statements.put("median", "SELECT MEDIAN(n) FROM t");
        statements.put("LISTAGG", "SELECT g, LISTAGG(s, ',') FROM t GROUP BY g");
        statements.put("hash join", "SELECT COUNT(*) FROM t AS a JOIN t AS b ON a.n = b.id JOIN t AS c ON b.n = c.id");
        statements.put(
                "join of equal keys", "SELECT COUNT(*) FROM t AS a JOIN t AS b ON a.g = b.g WHERE a.n + b.n = -1");
        statements.put("cross join", "SELECT COUNT(*) FROM t AS a, t AS b WHERE a.n + b.n = -1");
        statements.put(
                "semi-join",
                "SELECT COUNT(*) FROM t AS a WHERE EXISTS (SELECT 1 FROM t AS b WHERE b.g = a.g AND b.n + a.n < 0)");
        statements.put(
                "window, one partition", "SELECT SUM(n) OVER (ORDER BY s), ROW_NUMBER() OVER (ORDER BY s) FROM t");
        statements.put(
                "window, long frames",
                "SELECT MIN(n) OVER (ORDER BY id ROWS BETWEEN 5000 PRECEDING AND 5000 FOLLOWING EXCLUDE CURRENT ROW) FROM t");
        statements.put(
                "recursive query",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT MOD(n + 1, 7) FROM r) SELECT COUNT(*) FROM r");
        statements.put(
                "GENERATE_SERIES", "SELECT COUNT(*) FROM generate_series(1, 9000000000000000000) AS x(i) WHERE i < 0");
        statements.put("LIKE on long text", "SELECT COUNT(*) FROM t, s WHERE REPEAT(t.s, 300) LIKE '%x%y%z%'");
        statements.put(
                "functions of long text", "SELECT COUNT(*) FROM t, s WHERE UPPER(REPEAT(t.s, 3000)) = LOWER(s.s)");
        statements.put(
                "UNION and EXCEPT", "SELECT n, s FROM t EXCEPT SELECT id, s FROM t UNION SELECT n + 1, s FROM t");
        statements.put("INSERT of a query", "INSERT INTO empty SELECT id, n FROM t");
        statements.put("UPDATE", "UPDATE hot SET n = n + 1");
        statements.put("DELETE", "DELETE FROM hot WHERE n >= 0");
        statements.put("CREATE TABLE AS", "CREATE TABLE made AS SELECT * FROM t");
        statements.put("CREATE INDEX", "CREATE INDEX made ON hot (n)");
        statements.put("ANALYZE", "ANALYZE t");
        statements.put("COPY TO", "COPY t TO '" + folder.resolve("out.csv") + "'");
        statements.put("COPY FROM", "COPY empty FROM '" + folder.resolve("in.csv") + "'");
        statements.put("STORAGE FLUSH", "STORAGE FLUSH TABLE hot");
        statements.put(
                "planning of " + JOINED_TABLES + " tables",
                "SELECT COUNT(*) FROM "
                        + IntStream.range(0, JOINED_TABLES)
                                .mapToObj(i -> "s AS s" + i)
                                .collect(Collectors.joining(", "))
                        + " WHERE "
                        + IntStream.range(1, JOINED_TABLES)
                                .mapToObj(i -> "s" + i + ".id = s" + (i - 1) + ".n")
                                .collect(Collectors.joining(" AND ")));
        return statements;
    }

    public static void main(String[] arguments) throws SQLException, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kalamdb-bench");
        int rows = Integer.parseInt(arguments[0]);
        try (Connection connection = DriverManager.getConnection("jdbc:kalamdb:" + folder.resolve("db"))) {
            load(connection, folder, rows);
            for (Map.Entry<String, String> statement : statements(folder).entrySet()) {
                measure(connection, statement, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void load(Connection connection, Path folder, int rows) throws SQLException {
        String query = "SELECT i AS id, MOD(i * 7919, 1000003) AS n, CAST(MOD(i, 10) AS INT) AS g,"
                + " 'text ' || CAST(MOD(i * 613, 999983) AS VARCHAR) AS s FROM generate_series(1, ";
        for (String sql : new String[] {
            "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, g INT, s TEXT)",
            "INSERT INTO t " + query + rows + ") AS x(i)",
            "CREATE TABLE s (id BIGINT PRIMARY KEY, n BIGINT, g INT, s TEXT)",
            "INSERT INTO s " + query + "1000) AS x(i)",
            "CREATE TABLE hot (id BIGINT PRIMARY KEY, n BIGINT)",
            "CREATE TABLE empty (id BIGINT PRIMARY KEY, n BIGINT)",
            "COPY (SELECT id, n FROM t) TO '" + folder.resolve("in.csv") + "'"
        }) {
            execute(connection, sql);
        }
        for (int from = 1; from <= rows; from += 50_000) {
            execute(
                    connection,
                    "INSERT INTO hot SELECT i, i FROM generate_series(" + from + ", " + Math.min(rows, from + 49_999)
                            + ") AS x(i)");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Reads the answer to its end. @return false if the statement was cancelled */
    private static boolean completes(Statement statement, String sql) {
        try {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        // What matters is when it ends.
                    }
                }
            }
            return true;
        } catch (SQLException e) {
            if (!"57014".equals(e.getSQLState())) {
                throw new IllegalStateException(sql, e);
            }
            return false;
        }
    }

    private static void measure(Connection connection, Map.Entry<String, String> statement, int times, int maxMillis)
            throws SQLException, InterruptedException {
        Random random = new Random(SEED);
        double[] millis = new double[times];
        int cancelled = 0;
        // In a transaction that is rolled back, so that what was done in time is done again.
        boolean changes = statement.getValue().startsWith("INSERT")
                || statement.getValue().startsWith("UPDATE")
                || statement.getValue().startsWith("DELETE")
                || statement.getValue().contains(" FROM '");
        for (int i = 0; i < times; i++) {
            connection.setAutoCommit(!changes);
            try (Statement running = connection.createStatement()) {
                CountDownLatch begun = new CountDownLatch(1);
                CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(() -> {
                    begun.countDown();
                    return completes(running, statement.getValue());
                });
                begun.await();
                TimeUnit.MILLISECONDS.sleep(MIN_MILLIS + random.nextInt(maxMillis));
                long start = System.nanoTime();
                running.cancel();
                boolean done = end.get();
                if (!done) {
                    millis[cancelled++] = (System.nanoTime() - start) / 1e6;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(statement.getKey(), e.getCause());
            }
            if (changes) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            for (String left : new String[] {"DROP TABLE IF EXISTS made", "DROP INDEX IF EXISTS made"}) {
                execute(connection, left);
            }
        }
        Arrays.sort(millis, 0, cancelled);
        System.out.println(
                cancelled == 0
                        ? "| " + statement.getKey() + " | | | " + times + " |"
                        : String.format(
                                Locale.ROOT,
                                "| %s | %.1f | %.1f | %d |",
                                statement.getKey(),
                                millis[cancelled / 2],
                                millis[cancelled - 1],
                                times - cancelled));
    }
}
