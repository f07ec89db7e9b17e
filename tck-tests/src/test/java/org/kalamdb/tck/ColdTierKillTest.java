// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it changes, flushes and compacts rows and changes definitions loses no committed change,
 * brings no row twice and leaves no part of a definition.
 *
 * <p>What a transaction or a definition does follows from its number, so that the checker knows the rows and the table after
 * each of them.
 */
final class ColdTierKillTest {
    private static final int ROUNDS = 10;
    private static final int LONG_ROUNDS = 200;
    private static final int KEYS = 600;
    private static final int CHANGES_PER_TRANSACTION = 20;
    private static final int MAX_ACKNOWLEDGEMENTS = 30;
    private static final int MAX_MILLIS_OF_WRITING = 100;

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
        Acknowledged next = new Acknowledged(0, 0);
        for (int round = 0; round < rounds; round++) {
            String context = "seed " + seed + ", round " + round;
            Acknowledged last = writeAndKill(folder, seed, next, random);
            for (int transaction = next.transactions; transaction < last.transactions; transaction++) {
                apply(seed, transaction, rows);
            }
            TreeMap<Integer, Integer> oneMore = new TreeMap<>(rows);
            apply(seed, last.transactions, oneMore);
            Map<Integer, Integer> found = read(folder, context);
            next = last.withDefinitions(definitions(folder, last.definitions, found.size(), context));
            if (!found.equals(rows)) {
                // The last transaction may have been committed when nobody could say so any more.
                assertThat(found).as(context).isEqualTo(oneMore);
                rows = oneMore;
                next = next.plusTransaction();
            }
        }
        System.out.println("ColdTierKillTest: " + rounds + " kills, " + next);
    }

    /** How many transactions and definitions were told to be done, those of earlier rounds included. */
    private record Acknowledged(int transactions, int definitions) {
        Acknowledged plusTransaction() {
            return new Acknowledged(transactions + 1, definitions);
        }

        Acknowledged withDefinitions(int changed) {
            return new Acknowledged(transactions, changed);
        }

        /** A line cut short by the kill acknowledges nothing. */
        Acknowledged after(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 3 || !words[2].equals("done")) {
                assertThat(line).doesNotContain("failed");
                return this;
            }
            int count = Integer.parseInt(words[1]) + 1;
            return words[0].equals("transaction")
                    ? new Acknowledged(count, definitions)
                    : new Acknowledged(transactions, count);
        }
    }

    private static Acknowledged writeAndKill(Path folder, long seed, Acknowledged first, Random random)
            throws IOException, InterruptedException {
        AtomicReference<Acknowledged> last = new AtomicReference<>(first);
        ChildJvm.runAndKill(
                Writer.class,
                random.nextInt(MAX_ACKNOWLEDGEMENTS),
                random.nextInt(MAX_MILLIS_OF_WRITING),
                line -> last.set(last.get().after(line)),
                folder.toString(),
                Long.toString(seed),
                Integer.toString(first.transactions),
                Integer.toString(first.definitions));
        return last.get();
    }

    private static void apply(long seed, int transaction, TreeMap<Integer, Integer> rows) {
        Random random = new Random(seed + transaction);
        for (int i = 0; i < CHANGES_PER_TRANSACTION; i++) {
            int id = random.nextInt(KEYS);
            switch (random.nextInt(5)) {
                case 0 -> rows.remove(id);
                case 1 -> rows.replace(id, transaction);
                default -> rows.put(id, transaction);
            }
        }
    }

    /** Compares the definitions with those after as many as were acknowledged or one more, and answers how many it is. */
    private static int definitions(Path folder, int acknowledged, int rowCount, String context) throws SQLException {
        try (Client sql = new Client(TestDatabases.url(folder))) {
            String found = sql.value("SELECT count(*) FROM information_schema.columns WHERE column_name = 'extra'")
                    + sql.value("SELECT count(*) FROM information_schema.tables WHERE table_name = 'made'")
                    + sql.rows("EXPLAIN SELECT id FROM t WHERE v = 1")
                            .toString()
                            .contains("by_v");
            int count = found.equals(expected(acknowledged)) ? acknowledged : acknowledged + 1;
            assertThat(found).as(context + ", definition " + count).isEqualTo(expected(count));
            if (hasExtra(count)) {
                int added = count - count % Writer.DEFINITIONS.size() + 1;
                assertThat(sql.value("SELECT count(*) FROM t WHERE extra = " + added))
                        .as(context)
                        .isEqualTo(Integer.toString(rowCount));
            }
            assertThat(sql.value("SELECT count(*) FROM t WHERE v >= 0"))
                    .as(context)
                    .isEqualTo(Integer.toString(rowCount));
            return count;
        }
    }

    private static boolean hasExtra(int definitions) {
        int done = definitions % Writer.DEFINITIONS.size();
        return done >= 2 && done <= 4;
    }

    private static String expected(int definitions) {
        int done = definitions % Writer.DEFINITIONS.size();
        return (hasExtra(definitions) ? "1" : "0") + (done == 4 || done == 5 ? 1 : 0) + (done == 1 || done == 2);
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
            assertThat(sql.value("SELECT stored_rows FROM system.table_statistics WHERE table_name = 't'"))
                    .as(context)
                    .isEqualTo(String.valueOf(found.size()));
            for (String deleted : sql.rows("SELECT id FROM t WHERE _deleted")) {
                assertThat(found).as(context).doesNotContainKey(Integer.valueOf(deleted));
            }
            assertThat(sql.value("SELECT count(DISTINCT id) = count(*) FROM t WHERE _deleted IS NOT NULL"))
                    .as(context)
                    .isEqualTo("true");
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

    /** What is killed: changes rows in one thread, moves them in another and changes definitions in a third until then. */
    static final class Writer {
        /** One after the other, again and again; {@code %d} is the number of the definition. */
        private static final List<String> DEFINITIONS = List.of(
                "CREATE INDEX by_v ON t (v)",
                "ALTER TABLE t ADD COLUMN extra INT DEFAULT %d",
                "DROP INDEX by_v",
                "CREATE TABLE made AS SELECT id, v FROM t",
                "ALTER TABLE t DROP COLUMN extra",
                "DROP TABLE made");

        private Writer() {}

        public static void main(String[] arguments) throws SQLException {
            String url = TestDatabases.url(Path.of(arguments[0]));
            long seed = Long.parseLong(arguments[1]);
            int first = Integer.parseInt(arguments[2]);
            try (Connection connection = TestDatabases.connect(url)) {
                connection.setAutoCommit(false);
                try (PreparedStatement put = connection.prepareStatement(
                                "INSERT INTO t (id, v) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v");
                        PreparedStatement update = connection.prepareStatement("UPDATE t SET v = ? WHERE id = ?");
                        PreparedStatement remove = connection.prepareStatement("DELETE FROM t WHERE id = ?")) {
                    ChildJvm.say("ready");
                    start(() -> move(url, seed + first));
                    start(() -> define(url, seed + first, Integer.parseInt(arguments[3])));
                    for (int transaction = first; ; transaction++) {
                        write(connection, put, update, remove, seed, transaction);
                        ChildJvm.say("transaction " + transaction + " done");
                    }
                }
            }
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
        }

        /** Until no definition gets in its way. */
        private static void write(
                Connection connection,
                PreparedStatement put,
                PreparedStatement update,
                PreparedStatement remove,
                long seed,
                int transaction)
                throws SQLException {
            while (true) {
                try {
                    change(put, update, remove, seed, transaction);
                    connection.commit();
                    return;
                } catch (SQLTransactionRollbackException e) {
                    connection.rollback();
                }
            }
        }

        private static void change(
                PreparedStatement put, PreparedStatement update, PreparedStatement remove, long seed, int transaction)
                throws SQLException {
            Random random = new Random(seed + transaction);
            for (int i = 0; i < CHANGES_PER_TRANSACTION; i++) {
                int id = random.nextInt(KEYS);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        remove.setInt(1, id);
                        remove.executeUpdate();
                    }
                    case 1 -> {
                        update.setInt(1, transaction);
                        update.setInt(2, id);
                        update.executeUpdate();
                    }
                    default -> {
                        put.setInt(1, id);
                        put.setInt(2, transaction);
                        put.executeUpdate();
                    }
                }
            }
        }

        private static void move(String url, long seed) {
            Random random = new Random(seed);
            try (Client sql = new Client(url)) {
                while (true) {
                    try {
                        sql.run(random.nextInt(3) == 0 ? "STORAGE COMPACT TABLE t" : "STORAGE FLUSH TABLE t");
                    } catch (SQLTransactionRollbackException e) {
                        // A definition was quicker.
                        Thread.onSpinWait();
                    }
                }
            } catch (SQLException e) {
                ChildJvm.say("failed " + e);
            }
        }

        private static void define(String url, long seed, int first) {
            Random random = new Random(seed);
            try (Client sql = new Client(url)) {
                for (int definition = first; ; definition++) {
                    Thread.sleep(random.nextInt(300));
                    sql.run(DEFINITIONS.get(definition % DEFINITIONS.size()).formatted(definition));
                    ChildJvm.say("definition " + definition + " done");
                }
            } catch (SQLException | InterruptedException e) {
                ChildJvm.say("failed " + e);
            }
        }
    }
}
