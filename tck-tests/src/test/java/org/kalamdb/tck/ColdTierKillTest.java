// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it changes, flushes and compacts rows loses no committed change and brings no row twice.
 *
 * <p>What a transaction does follows from its number, so that the checker knows the rows after each of them.
 */
final class ColdTierKillTest {
    private static final int ROUNDS = 10;
    private static final int LONG_ROUNDS = 200;
    private static final int KEYS = 600;
    private static final int CHANGES_PER_TRANSACTION = 20;
    private static final int MAX_MILLIS_OF_WRITING = 900;

    @Test
    void everyAcknowledgedChangeIsThereOnce(@TempDir Path folder) throws Exception {
        run(folder, ROUNDS);
    }

    @Test
    @Tag("long")
    void everyAcknowledgedChangeIsThereOnceAfterManyKills(@TempDir Path folder) throws Exception {
        run(folder, LONG_ROUNDS);
    }

    private static void run(Path folder, int rounds) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeMap<Integer, Integer> rows = new TreeMap<>();
        try (Client sql = new Client(TestDatabases.url(folder))) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
        }
        int next = 0;
        for (int round = 0; round < rounds; round++) {
            String context = "seed " + seed + ", round " + round;
            int acknowledged = writeAndKill(folder, seed, next, random.nextInt(MAX_MILLIS_OF_WRITING));
            for (; next < acknowledged; next++) {
                apply(seed, next, rows);
            }
            TreeMap<Integer, Integer> oneMore = new TreeMap<>(rows);
            apply(seed, next, oneMore);
            Map<Integer, Integer> found = read(folder, context);
            if (!found.equals(rows)) {
                // The last transaction may have been committed when nobody could say so any more.
                assertThat(found).as(context).isEqualTo(oneMore);
                rows = oneMore;
                next++;
            }
        }
    }

    /** Answers how many transactions were acknowledged, those of earlier rounds included. */
    private static int writeAndKill(Path folder, long seed, int first, int millis)
            throws IOException, InterruptedException {
        Process writer = ChildJvm.start(Writer.class, folder.toString(), Long.toString(seed), Integer.toString(first));
        int acknowledged = first;
        try (BufferedReader output = writer.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(output.readLine()).isEqualTo("ready");
            Thread killer = new Thread(() -> kill(writer, millis));
            killer.start();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // A line cut short by the kill acknowledges nothing.
                if (line.endsWith(" done")) {
                    acknowledged = Integer.parseInt(line.substring(0, line.length() - " done".length())) + 1;
                }
            }
            killer.join();
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }

    private static void kill(Process writer, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not by the process, which would close its output while lines are still to be read.
        writer.toHandle().destroyForcibly();
    }

    private static void apply(long seed, int transaction, TreeMap<Integer, Integer> rows) {
        Random random = new Random(seed + transaction);
        for (int i = 0; i < CHANGES_PER_TRANSACTION; i++) {
            int id = random.nextInt(KEYS);
            if (random.nextInt(3) == 0) {
                rows.remove(id);
            } else {
                rows.put(id, transaction);
            }
        }
    }

    private static Map<Integer, Integer> read(Path folder, String context) throws SQLException, IOException {
        Map<Integer, Integer> found = new TreeMap<>();
        try (Client sql = new Client(TestDatabases.url(folder));
                Statement statement = sql.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, v FROM t")) {
            while (rows.next()) {
                assertThat(found.put(rows.getInt(1), rows.getInt(2)))
                        .as("%s, row %d twice", context, rows.getInt(1))
                        .isNull();
            }
            for (int id = 0; id < KEYS; id += 37) {
                List<String> row = sql.rows("SELECT v FROM t WHERE id = " + id);
                assertThat(row)
                        .as(context)
                        .isEqualTo(found.containsKey(id) ? List.of(found.get(id).toString()) : List.of());
            }
            for (String file : sql.rows("SELECT file FROM system.manifest")) {
                assertThat(folder.resolve("cold").resolve(file)).as(context).exists();
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp")))
                    .as(context)
                    .isEmpty();
        }
        return found;
    }

    /** What is killed: changes rows in one thread and moves them in another until then. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws SQLException {
            String url = TestDatabases.url(Path.of(arguments[0]));
            long seed = Long.parseLong(arguments[1]);
            int first = Integer.parseInt(arguments[2]);
            try (Connection connection = TestDatabases.connect(url)) {
                connection.setAutoCommit(false);
                Thread mover = new Thread(() -> move(url, seed + first));
                mover.setDaemon(true);
                try (PreparedStatement put = connection.prepareStatement(
                                "INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v");
                        PreparedStatement remove = connection.prepareStatement("DELETE FROM t WHERE id = ?")) {
                    say("ready");
                    mover.start();
                    for (int transaction = first; ; transaction++) {
                        write(put, remove, seed, transaction);
                        connection.commit();
                        say(transaction + " done");
                    }
                }
            }
        }

        private static void write(PreparedStatement put, PreparedStatement remove, long seed, int transaction)
                throws SQLException {
            Random random = new Random(seed + transaction);
            for (int i = 0; i < CHANGES_PER_TRANSACTION; i++) {
                int id = random.nextInt(KEYS);
                if (random.nextInt(3) == 0) {
                    remove.setInt(1, id);
                    remove.executeUpdate();
                } else {
                    put.setInt(1, id);
                    put.setInt(2, transaction);
                    put.executeUpdate();
                }
            }
        }

        private static void move(String url, long seed) {
            Random random = new Random(seed);
            try (Client sql = new Client(url)) {
                while (true) {
                    sql.run(random.nextInt(3) == 0 ? "STORAGE COMPACT TABLE t" : "STORAGE FLUSH TABLE t");
                }
            } catch (SQLException e) {
                say("failed " + e);
            }
        }

        private static void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
