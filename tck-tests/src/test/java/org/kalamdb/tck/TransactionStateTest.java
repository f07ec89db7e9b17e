// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transaction is and is told, and what becomes of it when something fails. */
final class TransactionStateTest {
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

    // Failures

    @Test
    void failedStatementLeavesNoTraceAndTheTransactionGoesOn() throws SQLException {
        one.run("BEGIN", "INSERT INTO t VALUES (3, 30)");
        assertThat(one.failure("INSERT INTO t VALUES (4, 40), (5, 50), (1, 0)").getSQLState())
                .isEqualTo("23505");
        assertThat(one.failure("UPDATE t SET n = 100 / (n - 20)").getSQLState()).isEqualTo("22012");
        one.run("INSERT INTO t VALUES (6, 60)", "COMMIT");

        assertThat(two.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20", "3|30", "6|60");
    }

    @Test
    void conflictFailsTheTransactionUntilItIsRolledBack() throws SQLException {
        failByConflict(one);

        for (String sql : new String[] {
            "SELECT * FROM t", "DELETE FROM t", "SHOW TABLES", "CREATE TABLE u (a INT)", "SAVEPOINT s", "ROLLBACK TO s"
        }) {
            assertThat(one.failure(sql).getSQLState()).as(sql).isEqualTo("25P02");
        }
        one.run("ROLLBACK");
        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "2|20");
    }

    @Test
    void conflictLetsLocksGoAtOnce() throws SQLException {
        failByConflict(one);

        two.run("SET lock_timeout = 0", "UPDATE t SET n = 22 WHERE id = 2");
        assertThat(two.value("SELECT n FROM t WHERE id = 2")).isEqualTo("22");
    }

    @Test
    void commitOfAFailedTransactionRollsBackAndSaysSo() throws SQLException {
        failByConflict(one);
        assertThat(one.failure("COMMIT").getSQLState()).isEqualTo("25P02");
        one.run("UPDATE t SET n = 0 WHERE id = 1");
        assertThat(two.value("SELECT n FROM t WHERE id = 1")).isEqualTo("0");

        failByConflict(one);
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> one.connection().commit());
        assertThat(failure.getSQLState()).isEqualTo("25P02");
        assertThat(one.value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    /** Leaves a transaction that has changed row 2 and failed over row 1, which is 11 then. */
    private void failByConflict(Client client) throws SQLException {
        client.run("BEGIN ISOLATION LEVEL REPEATABLE READ", "UPDATE t SET n = 21 WHERE id = 2");
        two.run("UPDATE t SET n = 11 WHERE id = 1");
        SQLException failure = client.failure("UPDATE t SET n = 12 WHERE id = 1");
        assertThat((Throwable) failure).isInstanceOf(SQLTransactionRollbackException.class);
        assertThat(failure.getSQLState()).isEqualTo("40001");
    }

    // Locks

    @Test
    void lockTimeoutFailsTheStatementOnly() throws SQLException {
        one.run("BEGIN", "UPDATE t SET n = 11 WHERE id = 1");
        two.run("SET lock_timeout = '20ms'", "BEGIN", "UPDATE t SET n = 22 WHERE id = 2");

        SQLException failure = two.failure("UPDATE t SET n = 12 WHERE id = 1");

        assertThat((Throwable) failure).isInstanceOf(SQLTransientException.class);
        assertThat(failure.getSQLState()).isEqualTo("55P03");
        assertThat(failure.getMessage()).contains("main.t").contains("20 ms");
        two.run("COMMIT");
        one.run("COMMIT");
        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "2|22");
    }

    @Test
    void lockTimeoutIsAPropertyToo() throws SQLException {
        one.run("BEGIN", "UPDATE t SET n = 11 WHERE id = 1");
        try (Client impatient = new Client(url + "?lockTimeout=0")) {
            assertThat(impatient.value("SHOW lock_timeout")).isEqualTo("0ms");
            assertThat(impatient.failure("UPDATE t SET n = 12 WHERE id = 1").getSQLState())
                    .isEqualTo("55P03");
        }
    }

    @Test
    void deadlockEndsOneSideAtOnce() throws Exception {
        try (Actor first = new Actor(url + "?lockTimeout=60000", Connection.TRANSACTION_READ_COMMITTED);
                Actor second = new Actor(url + "?lockTimeout=60000", Connection.TRANSACTION_READ_COMMITTED)) {
            first.run("UPDATE t SET n = 11 WHERE id = 1");
            second.run("UPDATE t SET n = 22 WHERE id = 2");
            first.start("UPDATE t SET n = 12 WHERE id = 2");
            second.start("UPDATE t SET n = 21 WHERE id = 1");

            assertThat(second.failureState()).isEqualTo("40P01");
            assertThat(first.commit()).isTrue();
        }
        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "2|12");
    }

    @Test
    void locksArePassedOnInTheOrderOfAsking() throws Exception {
        one.run("CREATE TABLE seen (id INT PRIMARY KEY AUTO_INCREMENT, who TEXT)");
        try (Actor holder = new Actor(url, Connection.TRANSACTION_READ_COMMITTED);
                Actor first = new Actor(url, Connection.TRANSACTION_READ_COMMITTED);
                Actor second = new Actor(url, Connection.TRANSACTION_READ_COMMITTED)) {
            holder.run("UPDATE t SET n = n + 1 WHERE id = 1");
            first.start("UPDATE t SET n = n * 2 WHERE id = 1");
            second.start("UPDATE t SET n = n - 1 WHERE id = 1");
            assertThat(first.isWaiting() && second.isWaiting()).isTrue();
            assertThat(holder.commit()).isTrue();
            assertThat(first.commit()).isTrue();
            assertThat(second.commit()).isTrue();
        }
        assertThat(one.value("SELECT n FROM t WHERE id = 1")).isEqualTo("21");
    }

    @Test
    void cancelEndsAWaitForALock() throws Exception {
        one.run("BEGIN", "UPDATE t SET n = 11 WHERE id = 1");
        try (Client three = new Client(url + "?lockTimeout=60000");
                Statement waiting = three.connection().createStatement()) {
            CompletableFuture<Integer> update = CompletableFuture.supplyAsync(() -> {
                try {
                    return waiting.executeUpdate("UPDATE t SET n = 12 WHERE id = 1");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!update.isDone()) {
                waiting.cancel();
                Thread.sleep(1);
            }
            ExecutionException failure = catchThrowableOfType(ExecutionException.class, update::get);
            assertThat(((SQLException) failure.getCause().getCause()).getSQLState())
                    .isEqualTo("57014");
        }
    }

    @Test
    void queryTimeoutEndsAWaitForALock() throws SQLException {
        one.run("BEGIN", "UPDATE t SET n = 11 WHERE id = 1");
        try (Client three = new Client(url + "?lockTimeout=60000");
                Statement waiting = three.connection().createStatement()) {
            waiting.setQueryTimeout(1);
            SQLException failure = catchThrowableOfType(
                    SQLException.class, () -> waiting.executeUpdate("UPDATE t SET n = 12 WHERE id = 1"));
            assertThat(failure.getSQLState()).isEqualTo("57014");
        }
    }

    // READ COMMITTED

    @Test
    void readCommittedSeesWhatWasCommittedBeforeEachStatement() throws SQLException {
        one.run("BEGIN");
        assertThat(one.value("SELECT sum(n) FROM t")).isEqualTo("30");
        two.run("INSERT INTO t VALUES (3, 30)");
        assertThat(one.value("SELECT sum(n) FROM t")).isEqualTo("60");
        one.run("UPDATE t SET n = n + 1");
        two.run("INSERT INTO t VALUES (4, 40)");
        assertThat(one.rows("SELECT n FROM t ORDER BY id")).containsExactly("11", "21", "31", "40");
    }

    @Test
    void anOpenResultKeepsTheSnapshotOfItsStatement() throws SQLException {
        one.run("CREATE TABLE many (id INT PRIMARY KEY)");
        one.connection().setAutoCommit(false);
        try (PreparedStatement insert = one.connection().prepareStatement("INSERT INTO many VALUES (?)")) {
            for (int id = 0; id < 10_000; id++) {
                insert.setInt(1, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        one.connection().commit();
        try (Statement statement = one.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT a.id FROM many a JOIN many b ON a.id = b.id")) {
            rows.next();
            two.run("DELETE FROM many");
            assertThat(one.value("SELECT count(*) FROM many")).isEqualTo("0");
            int count = 1;
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(10_000);
        }
    }

    @Test
    void updateThatWaitedWorksOnWhatItThenFinds() throws Exception {
        try (Actor first = new Actor(url, Connection.TRANSACTION_READ_COMMITTED);
                Actor second = new Actor(url, Connection.TRANSACTION_READ_COMMITTED)) {
            second.run("INSERT INTO t VALUES (5, 50)");
            first.run("UPDATE t SET n = n + 1");
            first.run("INSERT INTO t VALUES (3, 30)");
            second.start("UPDATE t SET n = n * 2 WHERE n >= 20");
            assertThat(second.isWaiting()).isTrue();
            assertThat(first.commit()).isTrue();
            assertThat(second.commit()).isTrue();
        }
        assertThat(one.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "2|42", "3|60", "5|100");
    }

    @Test
    void insertThatWaitedFindsTheKeyTakenOrFree() throws Exception {
        try (Actor first = new Actor(url, Connection.TRANSACTION_READ_COMMITTED);
                Actor second = new Actor(url, Connection.TRANSACTION_READ_COMMITTED)) {
            first.run("INSERT INTO t VALUES (3, 30)");
            second.start("INSERT INTO t VALUES (3, 31) ON CONFLICT (id) DO UPDATE SET n = t.n + EXCLUDED.n");
            first.commit();
            assertThat(second.commit()).isTrue();
            first.run("DELETE FROM t WHERE id = 3");
            second.start("INSERT INTO t SELECT 3, count(*) FROM t");
            first.commit();
            assertThat(second.commit()).isTrue();
        }
        assertThat(one.value("SELECT n FROM t WHERE id = 3")).isEqualTo("2");
    }

    // Snapshots

    @Test
    void onlyWhoIsReadingHoldsASnapshot() throws SQLException {
        one.value("SELECT count(*) FROM t");
        one.run("UPDATE t SET n = n + 1", "INSERT INTO t SELECT id + 10, n FROM t", "DELETE FROM t WHERE id > 10");
        assertThat(one.failure("UPDATE t SET n = 1 / (n - n)").getSQLState()).isEqualTo("22012");
        assertThat(openSnapshots()).isZero();

        one.run("BEGIN");
        one.value("SELECT count(*) FROM t");
        one.run("UPDATE t SET n = n + 1 WHERE n > 0");
        assertThat(openSnapshots()).as("READ COMMITTED between statements").isZero();
        one.run("COMMIT", "BEGIN ISOLATION LEVEL SERIALIZABLE");
        one.value("SELECT count(*) FROM t");
        assertThat(openSnapshots()).isEqualTo(1);
        one.run("COMMIT");
        assertThat(openSnapshots()).isZero();
        failByConflict(one);
        assertThat(openSnapshots()).isZero();
        one.run("ROLLBACK");
    }

    @Test
    void aResultHoldsItsSnapshotUntilItIsReadOrClosed() throws SQLException {
        try (Statement statement = one.connection().createStatement()) {
            ResultSet read = statement.executeQuery("SELECT * FROM t");
            read.next();
            assertThat(openSnapshots()).isEqualTo(1);
            read.next();
            assertThat(read.next()).isFalse();
            assertThat(openSnapshots()).isZero();
            ResultSet closed = statement.executeQuery("SELECT * FROM t");
            closed.next();
            closed.close();
            assertThat(openSnapshots()).isZero();
        }
    }

    private int openSnapshots() throws SQLException {
        return Integer.parseInt(
                two.value("SELECT metric_value FROM system.stats WHERE metric_name = 'open_snapshots'"));
    }

    // Savepoints

    @Test
    void savepointsOfSqlShadowEachOther() throws SQLException {
        one.run("BEGIN", "SAVEPOINT s", "INSERT INTO t VALUES (3, 30)", "SAVEPOINT s", "INSERT INTO t VALUES (4, 40)");
        one.run("ROLLBACK TO SAVEPOINT s", "RELEASE SAVEPOINT s", "INSERT INTO t VALUES (5, 50)");
        assertThat(one.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3", "5");
        one.run("ROLLBACK TO s", "RELEASE s");
        assertThat(one.failure("ROLLBACK TO s").getSQLState()).isEqualTo("3B001");
        one.run("COMMIT");
        assertThat(two.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void savepointsOfJdbcHaveAnIdOrAName() throws SQLException {
        one.connection().setAutoCommit(false);
        Savepoint unnamed = one.connection().setSavepoint();
        Savepoint named = one.connection().setSavepoint("Named one");
        assertThat(named.getSavepointName()).isEqualTo("Named one");
        assertThat(unnamed.getSavepointId()).isPositive();
        one.run("DELETE FROM t");
        one.connection().rollback(named);
        one.connection().releaseSavepoint(unnamed);
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> one.connection().rollback(named));
        assertThat(failure.getSQLState()).isEqualTo("3B001");
        one.connection().commit();
        assertThat(two.value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void rollbackToASavepointKeepsLocks() throws SQLException {
        one.run("BEGIN", "SAVEPOINT s", "UPDATE t SET n = 0 WHERE id = 1", "ROLLBACK TO s");
        two.run("SET lock_timeout = 0");
        assertThat(two.failure("UPDATE t SET n = 1 WHERE id = 1").getSQLState()).isEqualTo("55P03");
    }

    // Modes and settings

    @Test
    void readOnlyTransactionReadsOnly() throws SQLException {
        one.run("BEGIN READ ONLY");
        assertThat(one.failure("DELETE FROM t").getSQLState()).isEqualTo("25006");
        assertThat(one.failure("CREATE TABLE u (a INT)").getSQLState()).isEqualTo("25006");
        assertThat(one.value("SHOW transaction_read_only")).isEqualTo("on");
        assertThat(one.value("SELECT count(*) FROM t")).isEqualTo("2");
        one.run("COMMIT", "BEGIN", "SET TRANSACTION READ ONLY");
        assertThat(one.failure("DELETE FROM t").getSQLState()).isEqualTo("25006");
        one.run("ROLLBACK", "DELETE FROM t");
    }

    @Test
    void modesAreSetBeforeTheFirstStatement() throws SQLException {
        assertThat(one.failure("SET TRANSACTION READ ONLY").getSQLState()).isEqualTo("25P01");
        one.connection().setAutoCommit(false);
        one.run("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        assertThat(one.connection().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(one.value("SHOW TRANSACTION ISOLATION LEVEL")).isEqualTo("serializable");
        one.value("SELECT count(*) FROM t");
        assertThat(one.failure("SET TRANSACTION READ ONLY").getSQLState()).isEqualTo("25001");
        SQLException failure = catchThrowableOfType(
                SQLException.class,
                () -> one.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
        assertThat(failure.getSQLState()).isEqualTo("25001");
        one.connection().commit();
        assertThat(one.connection().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }

    @Test
    void sessionDefaultsHoldForLaterTransactions() throws SQLException {
        one.run("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        assertThat(one.connection().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(one.connection().isReadOnly()).isTrue();
        assertThat(one.failure("DELETE FROM t").getSQLState()).isEqualTo("25006");
        one.run(
                "RESET default_transaction_isolation",
                "SET default_transaction_read_only = off",
                "SET durability = full");
        assertThat(one.rows("SHOW ALL"))
                .contains(
                        "default_transaction_isolation|read committed",
                        "default_transaction_read_only|off",
                        "durability|full",
                        "lock_timeout|2000ms",
                        "transaction_isolation|read committed",
                        "transaction_read_only|off");
    }

    @Test
    void propertiesSetTheDefaults() throws SQLException {
        try (Client client = new Client(url + "?isolation=serializable&durability=off&lockTimeout=7&readOnly=true")) {
            assertThat(client.connection().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(client.value("SHOW durability")).isEqualTo("off");
            client.run("SET lock_timeout = '1min'", "RESET lock_timeout");
            assertThat(client.value("SHOW lock_timeout")).isEqualTo("7ms");
        }
    }

    @Test
    void metaDataSaysWhatIsSupported() throws SQLException {
        DatabaseMetaData metaData = one.connection().getMetaData();
        assertThat(metaData.supportsTransactions()).isTrue();
        assertThat(metaData.supportsSavepoints()).isTrue();
        assertThat(metaData.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        for (int level : new int[] {1, 2, 4, 8}) {
            assertThat(metaData.supportsTransactionIsolationLevel(level)).isTrue();
        }
        assertThat(metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE))
                .isFalse();
        assertThat(metaData.dataDefinitionCausesTransactionCommit()).isTrue();
        assertThat(metaData.dataDefinitionIgnoredInTransactions()).isFalse();
    }

    // Definitions

    @Test
    void definitionsCommit() throws SQLException {
        one.run("BEGIN", "INSERT INTO t VALUES (3, 30)", "CREATE TABLE u (a INT)", "ROLLBACK");

        assertThat(two.value("SELECT count(*) FROM t")).isEqualTo("3");
        assertThat(two.value("SELECT count(*) FROM u")).isEqualTo("0");
    }

    @Test
    void definitionThatFailsHasCommittedAndLeavesNoTrace() throws SQLException {
        one.run("BEGIN", "INSERT INTO t VALUES (3, 30)");
        assertThat(one.failure("CREATE TABLE t (a INT)").getSQLState()).isEqualTo("42P07");
        assertThat(one.failure("CREATE TABLE u AS SELECT 1 / (id - 1) AS a FROM t")
                        .getSQLState())
                .isEqualTo("22012");
        assertThat(two.value("SELECT count(*) FROM t")).isEqualTo("3");
        assertThat(two.failure("SELECT * FROM u").getSQLState()).isEqualTo("42P01");
    }

    @Test
    void alteringATableFailsWhoeverHasWrittenToIt() throws SQLException {
        one.run("BEGIN", "INSERT INTO t VALUES (3, 30)");
        two.run("ALTER TABLE t ADD COLUMN more INT");
        assertThat(one.failure("COMMIT").getSQLState()).isEqualTo("40001");
        assertThat(one.value("SELECT count(*) FROM t")).isEqualTo("2");
    }
}
