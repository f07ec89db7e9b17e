// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come in order are not looked for among the rows, and yet no key is given twice. */
final class AscendingKeysTest {
    private static final int THREADS = 4;
    private static final int KEYS = 2000;

    @TempDir
    Path folder;

    private Client open() {
        return new Client(TestDatabases.url(folder.resolve("db")));
    }

    private static void refuses(Client sql, String table, int... ids) {
        for (int id : ids) {
            assertThat(sql.failure("INSERT INTO " + table + " VALUES (" + id + ")")
                            .getSQLState())
                    .isEqualTo("23505");
        }
    }

    @Test
    void keysAreTakenAfterARestartWhereverTheirRowsLie() throws SQLException {
        try (Client sql = open()) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (-5), (0), (300)");
            refuses(sql, "t", -5, 0, 300);
            sql.run("INSERT INTO t VALUES (70000)");
        }
        try (Client sql = open()) {
            refuses(sql, "t", 70000, -5);
            sql.run("STORAGE FLUSH TABLE t");
            refuses(sql, "t", 70000, 300);
            sql.run("INSERT INTO t VALUES (5)");
            refuses(sql, "t", 5, 70000);
        }
        try (Client sql = open()) {
            refuses(sql, "t", 70000, 300, 5);
            sql.run("DELETE FROM t WHERE id = 70000", "INSERT INTO t VALUES (70000), (70001)");
            refuses(sql, "t", 70000, 70001);
            sql.run("TRUNCATE TABLE t", "INSERT INTO t VALUES (300)");
            refuses(sql, "t", 300);
            assertThat(sql.rows("SELECT id FROM t")).containsExactly("300");
        }
    }

    @Test
    void keysOfARestoredTableAreTaken() throws SQLException {
        try (Client sql = open()) {
            sql.run(
                    "CREATE NAMESPACE app",
                    "CREATE TABLE app.hot (id INT PRIMARY KEY)",
                    "CREATE TABLE app.cold (id INT PRIMARY KEY)",
                    "INSERT INTO app.hot VALUES (1), (900)",
                    "INSERT INTO app.cold VALUES (1), (900)",
                    "STORAGE FLUSH TABLE app.cold",
                    "BACKUP NAMESPACE app TO '" + folder.resolve("backup") + "'",
                    "DROP NAMESPACE app CASCADE",
                    "RESTORE NAMESPACE app FROM '" + folder.resolve("backup") + "'");
            refuses(sql, "app.hot", 1, 900);
            refuses(sql, "app.cold", 1, 900);
            sql.run("INSERT INTO app.hot VALUES (901)", "INSERT INTO app.cold VALUES (901)");
            refuses(sql, "app.hot", 901, 900);
            refuses(sql, "app.cold", 901, 900);
        }
    }

    @Test
    void keysOfAnUncommittedTransactionAreFreeWhenItIsRolledBack() throws SQLException {
        try (Client sql = open()) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
            sql.connection().setAutoCommit(false);
            sql.run("INSERT INTO t VALUES (1), (2)", "SAVEPOINT s", "INSERT INTO t VALUES (3)");
            refuses(sql, "t", 3, 2);
            sql.run("ROLLBACK TO SAVEPOINT s", "INSERT INTO t VALUES (3)");
            sql.connection().rollback();
            sql.run("INSERT INTO t VALUES (2)");
            sql.connection().commit();
            assertThat(sql.rows("SELECT id FROM t")).containsExactly("2");
        }
    }

    @Test
    void oneOfSeveralThreadsGetsEachKey() throws Exception {
        try (Client sql = open()) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY, thread INT)");
            ExecutorService executor = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<Integer>> inserted = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    inserted.add(executor.submit(() -> insertAll(number)));
                }
                int sum = 0;
                for (Future<Integer> each : inserted) {
                    sum += each.get();
                }
                assertThat(sum).isEqualTo(KEYS);
            } finally {
                executor.shutdownNow();
            }
            assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo(Integer.toString(KEYS));
        }
    }

    /** Tries every key once and answers how many were free. */
    private int insertAll(int thread) throws SQLException {
        int inserted = 0;
        try (Client sql = open();
                PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            sql.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            for (int id = 0; id < KEYS; id++) {
                insert.setInt(1, id);
                insert.setInt(2, thread);
                try {
                    inserted += insert.executeUpdate();
                } catch (SQLIntegrityConstraintViolationException taken) {
                    assertThat(taken.getSQLState()).isEqualTo("23505");
                }
            }
        }
        return inserted;
    }
}
