// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment loses no committed row, unless it said that it does not mind, and leaves no part
 * of a transaction and nothing that was rolled back.
 */
final class KillTest {
    private static final int ROUNDS = 10;
    private static final int ROWS_PER_TRANSACTION = 3;
    private static final int MAX_MILLIS_OF_WRITING = 1500;
    private static final int ACCOUNT_COUNT = 5;
    private static final int OPENING_AMOUNT = 100;
    /** The durability of one round after the other. */
    private static final List<String> DURABILITIES = List.of("normal", "full", "normal", "full", "off");

    @Test
    void everyAcknowledgedTransactionIsThereAndNoneInPart(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("KillTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Acknowledged last = writeAndKill(folder, round, random.nextInt(MAX_MILLIS_OF_WRITING));
            check(folder, round, last);
        }
    }

    /** The numbers of the last transaction and the last table that the writer was told were done. */
    private record Acknowledged(int transaction, int table) {}

    private static Acknowledged writeAndKill(Path folder, int round, int millis)
            throws IOException, InterruptedException {
        int[] last = new int[2];
        ChildJvm.runAndKill(
                Writer.class,
                0,
                millis,
                line -> {
                    String[] words = line.split(" ", -1);
                    // A line cut short by the kill acknowledges nothing.
                    if (words.length == 3 && words[2].equals("done")) {
                        last[words[0].equals("transaction") ? 0 : 1] = Integer.parseInt(words[1]);
                    }
                },
                folder.toString(),
                Integer.toString(round),
                durability(round));
        return new Acknowledged(last[0], last[1]);
    }

    private static String durability(int round) {
        return DURABILITIES.get(round % DURABILITIES.size());
    }

    private static void check(Path folder, int round, Acknowledged last) throws SQLException {
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder));
                Statement statement = connection.createStatement()) {
            try (ResultSet parts = statement.executeQuery("SELECT tx, count(*) FROM written WHERE round = " + round
                    + " GROUP BY tx HAVING count(*) <> " + ROWS_PER_TRANSACTION)) {
                assertThat(parts.next()).as("a transaction written in part").isFalse();
            }
            try (ResultSet numbers =
                    statement.executeQuery("SELECT count(DISTINCT tx), max(tx) FROM written WHERE round = " + round)) {
                assertThat(numbers.next()).isTrue();
                assertThat(numbers.getInt(1)).as("no gap").isEqualTo(numbers.getInt(2));
                assertThat(numbers.getInt(2)).isGreaterThanOrEqualTo(surviving(round, last));
                try (Statement other = connection.createStatement();
                        ResultSet counter = other.executeQuery("SELECT n FROM counters WHERE round = " + round)) {
                    int counted = counter.next() ? counter.getInt(1) : 0;
                    assertThat(counted).as("counter of the same transactions").isEqualTo(numbers.getInt(2));
                }
            }
            try (ResultSet difference = statement.executeQuery("SELECT (SELECT count(*) FROM written WHERE part = 1)"
                    + " - (SELECT count(*) FROM written WHERE part + 0 = 1)")) {
                assertThat(difference.next()).isTrue();
                assertThat(difference.getInt(1))
                        .as("rows found by index less those read")
                        .isZero();
            }
            try (ResultSet difference = statement.executeQuery("SELECT stored_rows - (SELECT count(*) FROM written)"
                    + " FROM system.table_statistics WHERE table_name = 'written'")) {
                assertThat(difference.next()).isTrue();
                assertThat(difference.getInt(1))
                        .as("rows counted less those read")
                        .isZero();
            }
            try (ResultSet undone = statement.executeQuery("SELECT * FROM written WHERE tx <= 0 OR part < 0")) {
                assertThat(undone.next()).as("something that was rolled back").isFalse();
            }
            try (ResultSet sum = statement.executeQuery("SELECT sum(amount) FROM account")) {
                assertThat(sum.next()).isTrue();
                assertThat(sum.getInt(1))
                        .as("amounts moved in two statements")
                        .isEqualTo(ACCOUNT_COUNT * OPENING_AMOUNT);
            }
            for (int table = 1; table <= last.table(); table++) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM made_" + round + "_" + table + " WHERE extra = 5")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(1);
                }
            }
        }
    }

    /** The last transaction that must be there; a definition carries all before it, whatever the durability. */
    private static int surviving(int round, Acknowledged last) {
        return durability(round).equals("off") ? last.table() * Writer.TRANSACTIONS_PER_TABLE : last.transaction();
    }

    /** What is killed: writes transactions and makes tables until then. */
    static final class Writer {
        private static final int TRANSACTIONS_PER_TABLE = 25;

        private Writer() {}

        public static void main(String[] arguments) throws SQLException {
            int round = Integer.parseInt(arguments[1]);
            String url = TestDatabases.url(Path.of(arguments[0])) + "?durability=" + arguments[2];
            try (Connection connection = TestDatabases.connect(url);
                    Statement statement = connection.createStatement()) {
                for (String sql : List.of(
                        "CREATE TABLE IF NOT EXISTS written (round INT, tx INT, part INT, text TEXT, PRIMARY KEY (round, tx, part))",
                        "CREATE INDEX IF NOT EXISTS written_by_part ON written (part)",
                        "CREATE TABLE IF NOT EXISTS counters (round INT PRIMARY KEY, n INT)",
                        "CREATE TABLE IF NOT EXISTS account (id INT PRIMARY KEY, amount INT)",
                        "INSERT INTO account VALUES " + accounts() + " ON CONFLICT DO NOTHING")) {
                    statement.execute(sql);
                }
                connection.setAutoCommit(false);
                Thread mover = new Thread(() -> move(url), "mover");
                mover.setDaemon(true);
                mover.start();
                ChildJvm.say("ready");
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO written VALUES (?, ?, ?, ?)");
                        PreparedStatement count = connection.prepareStatement("INSERT INTO counters VALUES (?, 1)"
                                + " ON CONFLICT (round) DO UPDATE SET n = counters.n + 1")) {
                    for (int transaction = 1; ; transaction++) {
                        writeNothing(connection, insert, count, round, transaction);
                        write(insert, count, round, transaction);
                        connection.commit();
                        ChildJvm.say("transaction " + transaction + " done");
                        if (transaction % TRANSACTIONS_PER_TABLE == 0) {
                            makeTable(statement, round, transaction / TRANSACTIONS_PER_TABLE);
                            connection.commit();
                            ChildJvm.say("table " + transaction / TRANSACTIONS_PER_TABLE + " done");
                        }
                    }
                }
            }
        }

        private static String accounts() {
            return IntStream.range(0, ACCOUNT_COUNT)
                    .mapToObj(id -> "(" + id + ", " + OPENING_AMOUNT + ")")
                    .collect(Collectors.joining(", "));
        }

        /** Changes that are undone: by a rollback, and by a savepoint in the transaction that begins then. */
        private static void writeNothing(
                Connection connection, PreparedStatement insert, PreparedStatement count, int round, int transaction)
                throws SQLException {
            write(insert, count, round, -transaction);
            connection.rollback();
            Savepoint savepoint = connection.setSavepoint();
            write(insert, count, round, -transaction);
            connection.rollback(savepoint);
        }

        /** Moves amounts between accounts, in transactions of two statements, until the process ends. */
        private static void move(String url) {
            try (Connection connection = TestDatabases.connect(url);
                    PreparedStatement change =
                            connection.prepareStatement("UPDATE account SET amount = amount + ? WHERE id = ?")) {
                connection.setAutoCommit(false);
                for (int i = 0; ; i++) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        change.setInt(1, sign * (i % 7));
                        change.setInt(2, (i + (sign + 1) * (1 + i % 2)) % ACCOUNT_COUNT);
                        change.executeUpdate();
                    }
                    connection.commit();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void write(PreparedStatement insert, PreparedStatement count, int round, int transaction)
                throws SQLException {
            for (int part = 0; part < ROWS_PER_TRANSACTION; part++) {
                insert.setInt(1, round);
                insert.setInt(2, transaction);
                insert.setInt(3, part);
                insert.setString(4, "text of " + transaction);
                insert.executeUpdate();
            }
            count.setInt(1, round);
            count.executeUpdate();
        }

        private static void makeTable(Statement statement, int round, int number) throws SQLException {
            String table = "made_" + round + "_" + number;
            statement.execute("CREATE TABLE " + table + " (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO " + table + " VALUES (1)");
            statement.execute("ALTER TABLE " + table + " ADD COLUMN extra INT DEFAULT 5");
        }
    }
}
