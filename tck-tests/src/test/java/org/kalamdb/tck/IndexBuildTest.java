// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes are built while others write. */
final class IndexBuildTest {
    private static final int ROWS = 30_000;

    private final String url = TestDatabases.freshMemoryUrl();
    private final Client sql = new Client(url);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void close() throws Exception {
        done.set(true);
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        sql.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"CREATE INDEX i ON t (s, n)", "ALTER TABLE t ADD CONSTRAINT u UNIQUE (n, s)"})
    void transactionsCommitWhileAnIndexIsBuilt(String build) throws Exception {
        sql.run("CREATE TABLE other (id INT)");
        createTable();
        AtomicInteger commits = new AtomicInteger();
        threads.submit(() -> {
            try (Client client = new Client(url);
                    PreparedStatement insert = client.connection().prepareStatement("INSERT INTO other VALUES (1)")) {
                while (!done.get()) {
                    insert.executeUpdate();
                    commits.incrementAndGet();
                }
            }
            return null;
        });
        while (commits.get() == 0) {
            Thread.sleep(1);
        }
        int before = commits.get();
        sql.run(build);
        // Two may be on their way when the lock is taken.
        assertThat(commits.get() - before).isGreaterThan(5);
    }

    @Test
    void hasTheRowsThatAreWrittenMeanwhile() throws Exception {
        createTable();
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            int seed = writer;
            writers.add(threads.submit(() -> {
                write(new Random(seed));
                return null;
            }));
        }
        for (int round = 0; round < 3; round++) {
            sql.run("CREATE INDEX i ON t (s)", "ALTER TABLE t ADD CONSTRAINT u UNIQUE (n)");
            requireAgreement();
            sql.run("DROP INDEX i", "ALTER TABLE t DROP CONSTRAINT u", "CREATE UNIQUE INDEX u ON t (n)");
            requireAgreement();
            sql.run("DROP INDEX u");
        }
        done.set(true);
        for (Future<?> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void findsValuesThatAreDoubledMeanwhileAndLeavesNothing() throws Exception {
        createTable();
        Future<?> doubling = threads.submit(() -> {
            try (Client client = new Client(url)) {
                for (int i = 1; !done.get(); i++) {
                    insertUnlessTaken(client, 2 * ROWS + i);
                    client.run("DELETE FROM t WHERE id = " + (2 * ROWS + i));
                }
            }
            return null;
        });
        int refused = 0;
        int built = 0;
        for (int round = 0; round < 4; round++) {
            try {
                sql.run("CREATE UNIQUE INDEX u ON t (n)");
                built++;
                assertThat(sql.failure("INSERT INTO t VALUES (-1, 7, '')").getSQLState())
                        .isEqualTo("23505");
                sql.run("DROP INDEX u");
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("23505");
                assertThat(e.getMessage()).contains("(n) = (7)");
                refused++;
            }
        }
        assertThat(built + refused).isEqualTo(4);
        done.set(true);
        doubling.get(60, TimeUnit.SECONDS);
    }

    @Test
    void hasTheRowsOfLargeInsertsThatAreCommittedMeanwhile(@TempDir Path folder) throws Exception {
        String ofFolder = TestDatabases.url(folder);
        try (Client client = new Client(ofFolder);
                Client other = new Client(ofFolder)) {
            client.run(
                    "CREATE TABLE t (id INT PRIMARY KEY, n INT, s TEXT)",
                    "INSERT INTO t SELECT n, n, 'a' FROM GENERATE_SERIES(1, " + ROWS + ") AS g(n)");
            other.connection().setAutoCommit(false);
            int first = 100_000;
            while (!commitsDuringBuild(client, other, first)) {
                client.run("DROP INDEX u");
            }
            assertThat(client.value("SELECT count(*) FROM t WHERE n >= " + first))
                    .as("rows by index")
                    .isEqualTo("66000");
            assertThat(client.failure("INSERT INTO t VALUES (0, " + (first + 65_000) + ", 'c')")
                            .getSQLState())
                    .isEqualTo("23505");
            assertThat(client.rows("SELECT row_count FROM system.manifest")).containsExactly("66000");
        }
    }

    /** Answers false if the index was there before the commit, which then is refused. */
    private boolean commitsDuringBuild(Client builder, Client writer, int first) throws Exception {
        writer.run(
                "INSERT INTO t SELECT n, n, 'b' FROM GENERATE_SERIES(" + first + ", " + (first + 65_999) + ") AS g(n)");
        AtomicReference<Thread> building = new AtomicReference<>();
        Future<?> build = threads.submit(() -> {
            building.set(Thread.currentThread());
            builder.run("CREATE UNIQUE INDEX u ON t (n)");
            return null;
        });
        while (!build.isDone() && !isScanning(building.get())) {
            Thread.sleep(1);
        }
        try {
            writer.connection().commit();
            return true;
        } catch (SQLException overtaken) {
            assertThat(overtaken.getSQLState()).isEqualTo("40001");
            writer.connection().rollback();
            return false;
        } finally {
            build.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean isScanning(@Nullable Thread thread) {
        return thread != null
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".IndexBuild")
                                && frame.getMethodName().equals("scan"));
    }

    /** The index may be there by now. */
    private static void insertUnlessTaken(Client client, int id) throws SQLException {
        try {
            client.run("INSERT INTO t VALUES (" + id + ", 7, 'double')");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("23505");
        }
    }

    @Test
    void canBeCancelled() throws Exception {
        createTable();
        try (Statement statement = sql.connection().createStatement()) {
            Future<SQLException> failure = threads.submit(
                    () -> catchThrowableOfType(SQLException.class, () -> statement.execute("CREATE INDEX i ON t (s)")));
            while (!failure.isDone()) {
                statement.cancel();
                Thread.sleep(1);
            }
            assertThat(failure.get().getSQLState()).isEqualTo("57014");
        }
        sql.run("CREATE INDEX i ON t (s)");
    }

    private void createTable() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n INT, s TEXT)",
                "INSERT INTO t SELECT n, n, 's' || CAST(MOD(n, 100) AS TEXT) FROM GENERATE_SERIES(1, " + ROWS
                        + ") AS g(n)");
    }

    /** Changes rows, so that what is unique stays so; a transaction that a new index has overtaken is left out. */
    private void write(Random random) throws SQLException {
        try (Client client = new Client(url)) {
            client.connection().setAutoCommit(false);
            while (!done.get()) {
                try {
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        client.run(change(random));
                    }
                    client.connection().commit();
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isIn("40001", "40P01", "23505");
                    client.connection().rollback();
                }
            }
        }
    }

    private static String change(Random random) {
        int id = 1 + random.nextInt(ROWS);
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM t WHERE id = " + id;
            case 1 -> "INSERT INTO t VALUES (" + id + ", " + id + ", 's" + random.nextInt(100) + "')";
            case 2 -> "UPDATE t SET s = 's" + random.nextInt(100) + "' WHERE id = " + id;
            default -> "UPDATE t SET n = CASE WHEN n > 0 THEN NULL ELSE id END WHERE id = " + id;
        };
    }

    /** What the indexes answer is what the table holds, in one snapshot. */
    private void requireAgreement() throws SQLException {
        sql.connection().setAutoCommit(false);
        sql.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        for (int i = 0; i < 100; i += 9) {
            assertThat(sql.rows("SELECT id FROM t WHERE s = 's" + i + "' ORDER BY id"))
                    .isEqualTo(sql.rows("SELECT id FROM t WHERE s || '' = 's" + i + "' ORDER BY id"));
        }
        assertThat(sql.rows("SELECT id FROM t WHERE n > 0 AND n < 3000 ORDER BY id"))
                .isEqualTo(sql.rows("SELECT id FROM t WHERE n + 0 > 0 AND n + 0 < 3000 ORDER BY id"));
        sql.connection().commit();
        sql.connection().setAutoCommit(true);
    }
}
