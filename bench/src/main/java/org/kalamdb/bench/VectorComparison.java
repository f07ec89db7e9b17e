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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The ten nearest of many vectors, exactly, in the key-value store, in segments with one and with all threads, and in DuckDB
 * with one thread: CPU time of the process, which is counted in steps of 10 ms, as the mean of the rounds, and the median of the
 * time elapsed. In each round every search runs
 * once in each of them, with a vector of its own; all must find the same rows.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.VectorComparison 100000 128 21
 * }</pre>
 *
 * The arguments are the number of rows, the dimension and the number of rounds. Confined to one thread.
 */
public final class VectorComparison {
    private static final int BATCH_SIZE = 1_000;
    private static final int WARM_UP_ROUNDS = 10;
    private static final long SEED = 1;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final List<Distance> DISTANCES = List.of(
            new Distance("COSINE_DISTANCE", "array_cosine_distance", ""),
            new Distance("L2_DISTANCE", "array_distance", ""),
            new Distance("INNER_PRODUCT", "array_inner_product", " DESC"));

    private VectorComparison() {}

    /** A function here and in DuckDB. */
    private record Distance(String name, String duckName, String direction) {}

    /** Who searches. */
    private interface Search {
        /** The ids of the ten nearest. */
        List<Integer> nearest(Distance distance, float[] target) throws SQLException;
    }

    private record Contestant(String name, Search search) {}

    public static void main(String[] arguments) throws SQLException, IOException {
        Path folder = Files.createTempDirectory("kalamdb-bench");
        try (Connection kalam = DriverManager.getConnection("jdbc:kalamdb:" + folder.resolve("db"));
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            int rows = Integer.parseInt(arguments[0]);
            int dimension = Integer.parseInt(arguments[1]);
            load(kalam, duck, folder, rows, dimension);
            compare(
                    List.of(
                            new Contestant("hot", kalamDb(kalam, "hot", "SET threads = 1")),
                            new Contestant("cold", kalamDb(kalam, "cold", "SET threads = 1")),
                            new Contestant("cold, all threads", kalamDb(kalam, "cold", "RESET threads")),
                            new Contestant("DuckDB", duckDb(duck, dimension))),
                    dimension,
                    Integer.parseInt(arguments[2]));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void load(Connection kalam, Connection duck, Path folder, int rows, int dimension)
            throws SQLException {
        execute(duck, "SET threads = 1");
        execute(duck, "CREATE TABLE t (id INT, v FLOAT[" + dimension + "], note VARCHAR)");
        for (String table : List.of("hot", "cold")) {
            execute(
                    kalam,
                    "CREATE TABLE " + table + " (id INT PRIMARY KEY, v EMBEDDING(" + dimension + "), note TEXT)");
            Random random = new Random(SEED);
            try (PreparedStatement insert =
                    kalam.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, 'note of a document')")) {
                for (int id = 0; id < rows; id++) {
                    insert.setInt(1, id);
                    insert.setObject(2, vector(random, dimension));
                    insert.addBatch();
                    if ((id + 1) % BATCH_SIZE == 0 || id == rows - 1) {
                        insert.executeBatch();
                    }
                }
            }
        }
        execute(kalam, "STORAGE FLUSH TABLE cold");
        String file = folder.resolve("rows.parquet").toString();
        execute(kalam, "COPY cold TO '" + file + "' (FORMAT PARQUET)");
        execute(duck, "INSERT INTO t SELECT id, v, note FROM '" + file + "'");
    }

    private static float[] vector(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static Search kalamDb(Connection connection, String table, String preparation) {
        return (distance, target) -> {
            execute(connection, preparation);
            try (PreparedStatement query = connection.prepareStatement("SELECT id, note FROM " + table + " ORDER BY "
                    + distance.name + "(v, ?)" + distance.direction + " LIMIT 10")) {
                query.setObject(1, target);
                try (ResultSet rows = query.executeQuery()) {
                    return ids(rows);
                }
            }
        };
    }

    private static Search duckDb(Connection connection, int dimension) {
        return (distance, target) -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT id, note FROM t ORDER BY " + distance.duckName + "(v, " + Arrays.toString(target)
                                    + "::FLOAT[" + dimension + "])" + distance.direction + " LIMIT 10")) {
                return ids(rows);
            }
        };
    }

    private static List<Integer> ids(ResultSet rows) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        while (rows.next()) {
            ids.add(rows.getInt(1));
        }
        return ids;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void compare(List<Contestant> contestants, int dimension, int rounds) throws SQLException {
        Random random = new Random(SEED + 1);
        for (Distance distance : DISTANCES) {
            long[] cpuNanos = new long[contestants.size()];
            double[][] elapsedMillis = new double[contestants.size()][rounds];
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                float[] target = vector(random, dimension);
                List<Integer> expected = List.of();
                for (int i = 0; i < contestants.size(); i++) {
                    long cpuStart = PROCESS.getProcessCpuTime();
                    long start = System.nanoTime();
                    List<Integer> found = contestants.get(i).search.nearest(distance, target);
                    if (round >= 0) {
                        elapsedMillis[i][round] = (System.nanoTime() - start) / 1e6;
                        cpuNanos[i] += PROCESS.getProcessCpuTime() - cpuStart;
                    }
                    if (i > 0 && !found.equals(expected)) {
                        throw new IllegalStateException(
                                contestants.get(i).name + " finds " + found + " and not " + expected);
                    }
                    expected = found;
                }
            }
            StringBuilder line = new StringBuilder("| " + distance.name + " |");
            for (int i = 0; i < contestants.size(); i++) {
                Arrays.sort(elapsedMillis[i]);
                line.append(String.format(
                        Locale.ROOT, " %.1f, %.1f |", cpuNanos[i] / 1e6 / rounds, elapsedMillis[i][rounds / 2]));
            }
            System.out.println(line);
        }
    }
}
