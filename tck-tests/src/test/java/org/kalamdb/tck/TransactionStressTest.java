// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold whatever many transactions do at the same time. */
final class TransactionStressTest {
    private static final int ACCOUNT_COUNT = 6;
    private static final int TOTAL = ACCOUNT_COUNT * 100;
    private static final int WRITER_COUNT = 3;
    private static final int TRANSFERS = 60;

    private final String url = TestDatabases.freshMemoryUrl();

    /** Some work of one connection. */
    @FunctionalInterface
    private interface Work {
        void run(Client client) throws SQLException;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void transfersKeepTheSumForEveryReader(int level) throws Exception {
        long seed = System.nanoTime();
        try (Client keeper = new Client(url)) {
            keeper.run("CREATE TABLE account (id INT PRIMARY KEY, amount INT)");
            for (int id = 0; id < ACCOUNT_COUNT; id++) {
                keeper.run("INSERT INTO account VALUES (" + id + ", 100)");
            }
            AtomicBoolean writing = new AtomicBoolean(true);
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITER_COUNT; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                writers.add(as(level, client -> {
                    for (int transfer = 0; transfer < TRANSFERS; transfer++) {
                        untilCommitted(client, () -> transfer(client, random));
                    }
                }));
            }
            Callable<Void> reader = as(level, client -> {
                while (writing.get()) {
                    assertThat(client.value("SELECT sum(amount) FROM account"))
                            .as("seed %d", seed)
                            .isEqualTo(Integer.toString(TOTAL));
                    if (level != Connection.TRANSACTION_READ_COMMITTED) {
                        readOneByOne(client, seed);
                    }
                    client.connection().commit();
                }
            });
            runAll(writers, reader, writing);
            assertThat(keeper.value("SELECT sum(amount) FROM account")).isEqualTo(Integer.toString(TOTAL));
        }
    }

    private static void readOneByOne(Client client, long seed) throws SQLException {
        int sum = 0;
        for (int id = 0; id < ACCOUNT_COUNT; id++) {
            sum += Integer.parseInt(client.value("SELECT amount FROM account WHERE id = " + id));
        }
        assertThat(sum).as("seed %d", seed).isEqualTo(TOTAL);
    }

    /** Some transfers are half done and undone by a savepoint first. */
    private static void transfer(Client client, SplittableRandom random) throws SQLException {
        int from = random.nextInt(ACCOUNT_COUNT);
        int to = random.nextInt(ACCOUNT_COUNT);
        if (random.nextInt(3) == 0) {
            client.run(
                    "SAVEPOINT half",
                    "UPDATE account SET amount = amount - 50 WHERE id = " + to,
                    "ROLLBACK TO half",
                    "RELEASE half");
        }
        client.run("UPDATE account SET amount = amount - 1 WHERE id = " + from);
        client.run("UPDATE account SET amount = amount + 1 WHERE id = " + to);
    }

    /** At least one doctor is on call: each leaves only if another one stays, and returns. */
    @Test
    void serializableTransactionsNeverSkewTheirWrites() throws Exception {
        long seed = System.nanoTime();
        try (Client keeper = new Client(url)) {
            keeper.run(
                    "CREATE TABLE doctor (id INT PRIMARY KEY, on_call BOOLEAN)",
                    "INSERT INTO doctor VALUES (0, TRUE), (1, TRUE), (2, TRUE)");
            AtomicBoolean writing = new AtomicBoolean(true);
            List<Callable<Void>> doctors = new ArrayList<>();
            for (int doctor = 0; doctor < 3; doctor++) {
                int id = doctor;
                doctors.add(as(Connection.TRANSACTION_SERIALIZABLE, client -> {
                    for (int round = 0; round < TRANSFERS; round++) {
                        untilCommitted(client, () -> {
                            if (!client.value("SELECT count(*) FROM doctor WHERE on_call AND id <> " + id)
                                    .equals("0")) {
                                client.run("UPDATE doctor SET on_call = FALSE WHERE id = " + id);
                            }
                        });
                        untilCommitted(client, () -> client.run("UPDATE doctor SET on_call = TRUE WHERE id = " + id));
                    }
                }));
            }
            Callable<Void> reader = as(Connection.TRANSACTION_SERIALIZABLE, client -> {
                while (writing.get()) {
                    assertThat(client.value("SELECT count(*) FROM doctor WHERE on_call"))
                            .as("seed %d", seed)
                            .isNotEqualTo("0");
                    client.connection().commit();
                }
            });
            runAll(doctors, reader, writing);
        }
    }

    /** Rows get the numbers 0, 1, 2 and so on: each transaction counts what is there and inserts the next one. */
    @Test
    void serializableTransactionsMeetNoPhantoms() throws Exception {
        try (Client keeper = new Client(url)) {
            keeper.run("CREATE TABLE entry (id INT PRIMARY KEY AUTO_INCREMENT, number INT)");
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITER_COUNT; i++) {
                writers.add(as(Connection.TRANSACTION_SERIALIZABLE, client -> {
                    for (int round = 0; round < TRANSFERS; round++) {
                        untilCommitted(client, () -> {
                            String next = client.value("SELECT count(*) FROM entry WHERE number >= 0");
                            client.run("INSERT INTO entry (number) VALUES (" + next + ")");
                        });
                    }
                }));
            }
            runAll(writers, () -> null, new AtomicBoolean(true));
            assertThat(keeper.value("SELECT count(DISTINCT number) FROM entry"))
                    .isEqualTo(Integer.toString(WRITER_COUNT * TRANSFERS));
        }
    }

    /** A transaction that only reads sees no state that the order of the writers rules out, and is never refused. */
    @Test
    void serializableReadersFitBetweenTheWriters() throws Exception {
        try (Client keeper = new Client(url)) {
            keeper.run("CREATE TABLE step (id INT PRIMARY KEY, n INT)", "INSERT INTO step VALUES (1, 0), (2, 0)");
            AtomicBoolean writing = new AtomicBoolean(true);
            // Row 2 follows row 1, and row 1 runs ahead of row 2 by at most one, each seeing the other only by reading
            // it.
            Callable<Void> leader = as(Connection.TRANSACTION_SERIALIZABLE, client -> {
                for (int round = 0; round < 2 * TRANSFERS; round++) {
                    untilCommitted(client, () -> {
                        if (client.value("SELECT max(n) - min(n) FROM step").equals("0")) {
                            client.run("UPDATE step SET n = n + 1 WHERE id = 1");
                        }
                    });
                }
            });
            Callable<Void> follower = as(Connection.TRANSACTION_SERIALIZABLE, client -> {
                for (int round = 0; round < 2 * TRANSFERS; round++) {
                    untilCommitted(client, () -> {
                        if (!client.value("SELECT max(n) - min(n) FROM step").equals("0")) {
                            client.run("UPDATE step SET n = n + 1 WHERE id = 2");
                        }
                    });
                }
            });
            Callable<Void> reader = as(Connection.TRANSACTION_SERIALIZABLE, client -> {
                while (writing.get()) {
                    assertThat(client.value("SELECT a.n - b.n FROM step a, step b WHERE a.id = 1 AND b.id = 2"))
                            .isIn("0", "1");
                    client.connection().commit();
                }
            });
            runAll(List.of(leader, follower), reader, writing);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_SERIALIZABLE})
    void countersLoseNothing(int level) throws Exception {
        try (Client keeper = new Client(url)) {
            keeper.run("CREATE TABLE counter (id INT PRIMARY KEY, n INT)", "INSERT INTO counter VALUES (1, 0)");
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITER_COUNT; i++) {
                writers.add(as(level, client -> {
                    for (int round = 0; round < TRANSFERS; round++) {
                        untilCommitted(client, () -> {
                            client.run("UPDATE counter SET n = n + 1 WHERE id = 1");
                            client.run("UPDATE counter SET n = n + 1 WHERE id = 1");
                        });
                    }
                }));
            }
            runAll(writers, () -> null, new AtomicBoolean(true));
            assertThat(keeper.value("SELECT n FROM counter")).isEqualTo(Integer.toString(2 * WRITER_COUNT * TRANSFERS));
        }
    }

    /** What one transaction does, without its end. */
    @FunctionalInterface
    private interface Body {
        void run() throws SQLException;
    }

    private static void untilCommitted(Client client, Body body) throws SQLException {
        while (true) {
            try {
                body.run();
                client.connection().commit();
                return;
            } catch (SQLTransactionRollbackException e) {
                client.connection().rollback();
            }
        }
    }

    private Callable<Void> as(int level, Work work) {
        return () -> {
            try (Client client = new Client(url + "?lockTimeout=60000")) {
                client.connection().setTransactionIsolation(level);
                client.connection().setAutoCommit(false);
                work.run(client);
            }
            return null;
        };
    }

    /** Runs the writers to their end, and the reader until then. */
    private static void runAll(List<Callable<Void>> writers, Callable<Void> reader, AtomicBoolean writing)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(writers.size() + 1);
        try {
            Future<Void> reading = executor.submit(reader);
            List<Future<Void>> written = new ArrayList<>();
            for (Callable<Void> writer : writers) {
                written.add(executor.submit(writer));
            }
            try {
                for (Future<Void> each : written) {
                    each.get();
                }
            } finally {
                writing.set(false);
            }
            reading.get();
        } finally {
            executor.shutdownNow();
        }
    }
}
