// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two connections see of each other, and what becomes of their conflicts. */
final class TransactionTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client one = new Client(url);
    private final Client two = new Client(url);

    @BeforeEach
    void createTable() throws SQLException {
        one.run("CREATE TABLE t (id INT PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 10), (2, 20)");
    }

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
    }

    @Test
    void readsItsOwnWritesAndOthersDoNot() throws SQLException {
        one.connection().setAutoCommit(false);
        one.run("INSERT INTO t VALUES (3, 30)", "UPDATE t SET n = 11 WHERE id = 1", "DELETE FROM t WHERE id = 2");

        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "3|30");
        assertThat(one.rows("SELECT n FROM t WHERE id = 1")).containsExactly("11");
        assertThat(one.rows("SELECT n FROM t WHERE id = 2")).isEmpty();
        assertThat(one.value("SELECT sum(n) FROM t")).isEqualTo("41");
        assertThat(two.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20");
        one.connection().commit();
        assertThat(two.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "3|30");
    }

    @Test
    void readsOneSnapshot() throws SQLException {
        one.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        one.connection().setAutoCommit(false);
        assertThat(one.value("SELECT count(*) FROM t")).isEqualTo("2");
        two.run("INSERT INTO t VALUES (3, 30)", "UPDATE t SET n = 99 WHERE id = 1", "DELETE FROM t WHERE id = 2");

        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20");
        assertThat(one.rows("SELECT n FROM t WHERE id = 1")).containsExactly("10");
        one.connection().commit();
        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|99", "3|30");
    }

    @Test
    void rollbackUndoesEverything() throws SQLException {
        one.connection().setAutoCommit(false);
        one.run("INSERT INTO t VALUES (3, 30)", "UPDATE t SET n = 0", "DELETE FROM t WHERE id = 1");
        one.connection().rollback();

        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20");
    }

    @Test
    void closedConnectionRollsBack() throws SQLException {
        Client three = new Client(url);
        three.connection().setAutoCommit(false);
        three.run("DELETE FROM t");
        three.close();

        assertThat(one.value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void savepointsNest() throws SQLException {
        Connection connection = one.connection();
        connection.setAutoCommit(false);
        one.run("INSERT INTO t VALUES (3, 30)");
        Savepoint outer = connection.setSavepoint();
        one.run("INSERT INTO t VALUES (4, 40)");
        Savepoint inner = connection.setSavepoint("inner");
        one.run("UPDATE t SET n = 0", "DELETE FROM t WHERE id = 3");
        connection.rollback(inner);
        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20", "3|30", "4|40");
        connection.rollback(outer);
        assertThat(one.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(catchThrowableOfType(SQLException.class, () -> connection.rollback(inner))
                        .getSQLState())
                .isEqualTo("3B001");
        connection.rollback();
        one.run("INSERT INTO t VALUES (3, 33)", "SAVEPOINT s", "INSERT INTO t VALUES (4, 44)", "RELEASE SAVEPOINT s");
        connection.commit();

        assertThat(two.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20", "3|33", "4|44");
    }

    @Test
    void secondWriterOfARowFails() throws SQLException {
        one.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        two.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        one.connection().setAutoCommit(false);
        two.connection().setAutoCommit(false);
        one.value("SELECT count(*) FROM t");
        two.value("SELECT count(*) FROM t");
        one.run("UPDATE t SET n = n + 1 WHERE id = 1");
        one.connection().commit();

        SQLException failure = catchThrowableOfType(SQLException.class, () -> {
            two.run("UPDATE t SET n = n + 1 WHERE id = 1");
            two.connection().commit();
        });

        assertThat((Throwable) failure).isInstanceOf(SQLTransactionRollbackException.class);
        assertThat(failure.getSQLState()).isEqualTo("40001");
        two.connection().rollback();
        assertThat(two.rows("SELECT n FROM t WHERE id = 1")).containsExactly("11");
    }

    @Test
    void twoInsertsOfOneKeyDoNotBothSucceed() throws SQLException {
        one.connection().setAutoCommit(false);
        two.connection().setAutoCommit(false);
        two.value("SELECT count(*) FROM t");
        one.run("INSERT INTO t VALUES (3, 1)");
        one.connection().commit();

        SQLException failure = catchThrowableOfType(SQLException.class, () -> {
            two.run("INSERT INTO t VALUES (3, 2)");
            two.connection().commit();
        });

        assertThat(failure.getSQLState()).isIn("40001", "23505");
        two.connection().rollback();
        assertThat(two.rows("SELECT n FROM t WHERE id = 3")).containsExactly("1");
    }

    @Test
    void writersOfDifferentRowsBothSucceed() throws SQLException {
        one.connection().setAutoCommit(false);
        two.connection().setAutoCommit(false);
        one.run("UPDATE t SET n = 11 WHERE id = 1");
        two.run("UPDATE t SET n = 22 WHERE id = 2");
        one.connection().commit();
        two.connection().commit();

        assertThat(two.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "2|22");
    }

    @Test
    void sqlStatementsControlTransactions() throws SQLException {
        one.run("BEGIN", "INSERT INTO t VALUES (3, 30)", "ROLLBACK");
        one.run("START TRANSACTION", "INSERT INTO t VALUES (4, 40)", "COMMIT");

        assertThat(one.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "4");
        one.run("BEGIN");
        assertThat(one.failure("BEGIN").getSQLState()).isEqualTo("25001");
        one.run("ROLLBACK");
    }

    @Test
    void readOnlyConnectionRefusesWrites() throws SQLException {
        one.connection().setReadOnly(true);

        assertThat(one.failure("INSERT INTO t VALUES (3, 30)").getSQLState()).isEqualTo("25006");
        assertThat(one.failure("CREATE TABLE x (id INT)").getSQLState()).isEqualTo("25006");
        assertThat(one.value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void eightThreadsLoseNoUpdateInAutoCommit() throws Exception {
        int threads = 8;
        int updatesPerThread = 50;
        one.run("CREATE TABLE counter (id INT PRIMARY KEY, n BIGINT)", "INSERT INTO counter VALUES (1, 0)");
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(() -> {
                    int conflicts = 0;
                    try (Client client = new Client(url)) {
                        int done = 0;
                        while (done < updatesPerThread) {
                            try {
                                done += client.update("UPDATE counter SET n = n + 1 WHERE id = 1");
                            } catch (SQLTransactionRollbackException e) {
                                conflicts++;
                            }
                        }
                    }
                    return conflicts;
                });
            }
            for (Future<Integer> each : executor.invokeAll(work)) {
                assertThat(each.get())
                        .as("conflicts of a single statement, which is tried again inside")
                        .isZero();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(one.value("SELECT n FROM counter")).isEqualTo(Integer.toString(threads * updatesPerThread));
    }

    @Test
    void transfersBetweenAccountsKeepTheSum() throws Exception {
        int threads = 4;
        one.run("CREATE TABLE account (id INT PRIMARY KEY, amount BIGINT)");
        for (int id = 0; id < 5; id++) {
            one.run("INSERT INTO account VALUES (" + id + ", 100)");
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int seed = i;
                work.add(() -> {
                    transfer(seed);
                    return null;
                });
            }
            for (Future<Void> each : executor.invokeAll(work)) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(one.value("SELECT sum(amount) FROM account")).isEqualTo("500");
    }

    private void transfer(int seed) throws SQLException {
        try (Client client = new Client(url)) {
            client.connection().setAutoCommit(false);
            for (int round = 0; round < 25; round++) {
                int from = (seed + round) % 5;
                int to = (seed + round * 3 + 1) % 5;
                try {
                    client.run("UPDATE account SET amount = amount - 1 WHERE id = " + from);
                    client.run("UPDATE account SET amount = amount + 1 WHERE id = " + to);
                    assertThat(client.value("SELECT sum(amount) FROM account")).isEqualTo("500");
                    client.connection().commit();
                } catch (SQLTransactionRollbackException e) {
                    client.connection().rollback();
                }
            }
        }
    }
}
