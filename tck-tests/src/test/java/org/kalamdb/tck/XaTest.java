// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.kalamdb.tck.XaClient.failure;
import static org.kalamdb.tck.XaClient.xid;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What transaction managers may say to a database, and what it answers. */
final class XaTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client other = new Client(url);
    private XaClient one;
    private XaClient two;

    @BeforeEach
    void open() throws SQLException {
        one = new XaClient(url);
        two = new XaClient(url);
        other.run("CREATE TABLE t (id INT PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 10), (2, 20)");
    }

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
        other.close();
    }

    @Test
    void preparedBranchTakesEffectWhenItIsCommitted() throws Exception {
        one.prepare(
                xid(1),
                "INSERT INTO t VALUES (3, 30)",
                "UPDATE t SET n = 11 WHERE id = 1",
                "DELETE FROM t WHERE id = 2");
        assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20");
        assertThat(one.inDoubt()).containsExactly(xid(1));

        one.resource().commit(xid(1), false);

        assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11", "3|30");
        assertThat(other.value("SELECT stored_rows FROM system.table_statistics WHERE table_name = 't'"))
                .isEqualTo("2");
        assertThat(one.inDoubt()).isEmpty();
    }

    @Test
    void preparedBranchLeavesNothingWhenItIsRolledBack() throws Exception {
        one.prepare(xid(1), "INSERT INTO t VALUES (3, 30)", "UPDATE t SET n = 11 WHERE id = 1");
        one.resource().rollback(xid(1));

        assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20");
        assertThat(one.inDoubt()).isEmpty();
        other.run("UPDATE t SET n = 12 WHERE id = 1", "INSERT INTO t VALUES (3, 33)");
    }

    @Test
    void anyConnectionMayEndWhatAnotherHasBegun() throws Exception {
        one.work(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        assertThat(two.resource().prepare(xid(1))).isEqualTo(XAResource.XA_OK);
        one.close();
        assertThat(two.inDoubt()).containsExactly(xid(1));
        two.resource().commit(xid(1), false);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
    }

    @Test
    void oneBranchIsCommittedInOnePhase() throws Exception {
        one.work(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        one.resource().commit(xid(1), true);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
        assertThat(failure(() -> one.resource().commit(xid(1), true))).isEqualTo(XAException.XAER_NOTA);
    }

    @Test
    void branchThatOnlyReadsIsOverWhenItIsPrepared() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        assertThat(one.client().value("SELECT sum(n) FROM t")).isEqualTo("30");
        one.resource().end(xid(1), XAResource.TMSUCCESS);

        assertThat(one.resource().prepare(xid(1))).isEqualTo(XAResource.XA_RDONLY);
        assertThat(one.inDoubt()).isEmpty();
        assertThat(failure(() -> one.resource().commit(xid(1), false))).isEqualTo(XAException.XAER_NOTA);
    }

    @Test
    void oneConnectionServesOneBranchAfterTheOther() throws Exception {
        one.prepare(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        one.prepare(xid(2), "UPDATE t SET n = 21 WHERE id = 2");
        one.client().run("INSERT INTO t VALUES (3, 30)");
        one.resource().commit(xid(2), false);
        one.resource().rollback(xid(1));

        assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|21", "3|30");
    }

    @Test
    void workIsSuspendedAndResumed() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        one.resource().end(xid(1), XAResource.TMSUSPEND);
        assertThat(one.client().value("SELECT n FROM t WHERE id = 1")).isEqualTo("10");
        assertThat(failure(() -> one.resource().prepare(xid(1)))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> two.resource().start(xid(1), XAResource.TMJOIN)))
                .isEqualTo(XAException.XAER_PROTO);

        one.resource().start(xid(1), XAResource.TMRESUME);
        assertThat(one.client().value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
        one.resource().end(xid(1), XAResource.TMSUCCESS);
        one.resource().commit(xid(1), true);
        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
    }

    @Test
    void suspendedWorkCanBeEnded() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        one.resource().end(xid(1), XAResource.TMSUSPEND);
        one.resource().end(xid(1), XAResource.TMSUCCESS);
        one.resource().commit(xid(1), true);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
    }

    @Test
    void anotherConnectionJoinsABranch() throws Exception {
        assertThat(one.resource().isSameRM(two.resource())).isTrue();
        one.work(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        two.resource().start(xid(1), XAResource.TMJOIN);
        assertThat(two.client().value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
        two.client().run("UPDATE t SET n = n + 1 WHERE id = 1");
        assertThat(failure(() -> one.resource().start(xid(1), XAResource.TMJOIN)))
                .isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> one.resource().end(xid(1), XAResource.TMSUCCESS)))
                .isEqualTo(XAException.XAER_PROTO);
        two.resource().end(xid(1), XAResource.TMSUCCESS);
        one.resource().commit(xid(1), true);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("12");
    }

    @Test
    void resourcesOfOtherDatabasesAreNotTheSame() throws Exception {
        try (XaClient elsewhere = new XaClient(TestDatabases.freshMemoryUrl())) {
            assertThat(one.resource().isSameRM(elsewhere.resource())).isFalse();
            assertThat(failure(() -> elsewhere.resource().start(xid(1), XAResource.TMJOIN)))
                    .isEqualTo(XAException.XAER_NOTA);
        }
    }

    @Test
    void callsOutOfTurnAreRefused() throws Exception {
        XAResource resource = one.resource();
        for (int flags : new int[] {XAResource.TMJOIN, XAResource.TMRESUME}) {
            assertThat(failure(() -> resource.start(xid(1), flags))).isEqualTo(XAException.XAER_NOTA);
        }
        assertThat(failure(() -> resource.end(xid(1), XAResource.TMSUCCESS))).isEqualTo(XAException.XAER_NOTA);
        assertThat(failure(() -> resource.prepare(xid(1)))).isEqualTo(XAException.XAER_NOTA);
        assertThat(failure(() -> resource.rollback(xid(1)))).isEqualTo(XAException.XAER_NOTA);
        assertThat(failure(() -> resource.forget(xid(1)))).isEqualTo(XAException.XAER_NOTA);

        resource.start(xid(1), XAResource.TMNOFLAGS);
        assertThat(failure(() -> resource.start(xid(2), XAResource.TMNOFLAGS))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> two.resource().start(xid(1), XAResource.TMNOFLAGS)))
                .isEqualTo(XAException.XAER_DUPID);
        assertThat(failure(() -> resource.prepare(xid(1)))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> resource.commit(xid(1), true))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> resource.rollback(xid(1)))).isEqualTo(XAException.XAER_PROTO);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        resource.end(xid(1), XAResource.TMSUCCESS);
        assertThat(failure(() -> resource.end(xid(1), XAResource.TMSUCCESS))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> resource.commit(xid(1), false))).isEqualTo(XAException.XAER_PROTO);

        assertThat(resource.prepare(xid(1))).isEqualTo(XAResource.XA_OK);
        assertThat(failure(() -> resource.prepare(xid(1)))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> resource.commit(xid(1), true))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> resource.start(xid(1), XAResource.TMJOIN))).isEqualTo(XAException.XAER_PROTO);
        assertThat(failure(() -> resource.start(xid(1), XAResource.TMNOFLAGS))).isEqualTo(XAException.XAER_DUPID);
        assertThat(failure(() -> resource.forget(xid(1)))).isEqualTo(XAException.XAER_PROTO);
        resource.commit(xid(1), false);
    }

    @Test
    void refusesIdsAndFlagsThatThereAreNot() {
        XAResource resource = one.resource();
        assertThat(failure(() -> resource.start(null, XAResource.TMNOFLAGS))).isEqualTo(XAException.XAER_INVAL);
        assertThat(failure(() -> resource.start(xid(1), XAResource.TMSUCCESS))).isEqualTo(XAException.XAER_INVAL);
        assertThat(failure(() -> resource.end(xid(1), XAResource.TMJOIN))).isEqualTo(XAException.XAER_INVAL);
        assertThat(failure(() -> resource.recover(XAResource.TMSUCCESS))).isEqualTo(XAException.XAER_INVAL);
        assertThat(failure(() -> resource.setTransactionTimeout(-1))).isEqualTo(XAException.XAER_INVAL);
    }

    @Test
    void refusesABranchInsideATransactionOfTheConnection() throws Exception {
        one.client().connection().setAutoCommit(false);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        assertThat(failure(() -> one.resource().start(xid(1), XAResource.TMNOFLAGS)))
                .isEqualTo(XAException.XAER_OUTSIDE);
        one.client().connection().rollback();
        one.work(xid(1), "UPDATE t SET n = 12 WHERE id = 1");
        one.resource().commit(xid(1), true);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("12");
    }

    @Test
    void connectionCannotEndAGlobalTransaction() throws Exception {
        Connection connection = one.client().connection();
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");

        assertThat(connection.getAutoCommit()).isFalse();
        connection.setAutoCommit(false);
        for (String sql : new String[] {"COMMIT", "ROLLBACK", "SAVEPOINT a", "CREATE TABLE u (id INT)"}) {
            assertThat(one.client().failure(sql).getSQLState()).as(sql).isEqualTo("2D000");
        }
        assertRefused(connection::commit);
        assertRefused(connection::rollback);
        assertRefused(connection::setSavepoint);
        assertRefused(() -> connection.setSavepoint("a"));
        assertRefused(() -> connection.setAutoCommit(true));
        one.resource().end(xid(1), XAResource.TMSUCCESS);

        assertThat(connection.getAutoCommit()).isTrue();
        one.resource().commit(xid(1), true);
        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThat(catchThrowableOfType(SQLException.class, call).getSQLState()).isEqualTo("2D000");
    }

    @Test
    void endedWorkClosesItsResultSets() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        try (Statement statement = one.client().connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
            assertThat(rows.next()).isTrue();
            one.resource().end(xid(1), XAResource.TMSUCCESS);
            assertThat(rows.isClosed()).isTrue();
        }
        one.resource().rollback(xid(1));
    }

    @Test
    void preparedBranchKeepsItsLocks() throws Exception {
        other.run("CREATE TABLE u (id INT PRIMARY KEY, code INT UNIQUE, t_id INT REFERENCES t (id))");
        other.run("SET lock_timeout = 20");
        one.prepare(xid(1), "UPDATE t SET n = 11 WHERE id = 1", "INSERT INTO u VALUES (1, 7, 2)");

        for (String sql : new String[] {
            "UPDATE t SET n = 12 WHERE id = 1",
            "INSERT INTO u VALUES (1, 8, 1)",
            "INSERT INTO u VALUES (2, 7, 1)",
            "DELETE FROM t WHERE id = 2"
        }) {
            assertThat(other.failure(sql).getSQLState()).as(sql).isEqualTo("55P03");
        }
        other.run("INSERT INTO u VALUES (3, 9, 2)");
        one.resource().commit(xid(1), false);
        assertThat(other.failure("INSERT INTO u VALUES (2, 7, 1)").getSQLState())
                .isEqualTo("23505");
        other.run("UPDATE t SET n = 12 WHERE id = 1");
    }

    @Test
    void definitionsOfWrittenTablesStayUntilAPreparedBranchEnds() throws Exception {
        other.run("CREATE TABLE u (id INT PRIMARY KEY)");
        one.prepare(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        for (String sql : new String[] {
            "ALTER TABLE t ADD COLUMN c INT",
            "ALTER TABLE t RENAME TO v",
            "CREATE INDEX t_n ON t (n)",
            "ALTER TABLE t ADD UNIQUE (n)",
            "CREATE TABLE w (id INT REFERENCES t (id))",
            "DROP TABLE t"
        }) {
            assertThat(other.failure(sql).getSQLState()).as(sql).isEqualTo("55006");
        }
        other.run("ALTER TABLE u ADD COLUMN c INT", "DROP TABLE u");
        one.resource().commit(xid(1), false);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("11");
        other.run("ALTER TABLE t ADD COLUMN c INT DEFAULT 5", "DROP TABLE t");
    }

    @Test
    void branchWhoseTableWasAlteredCannotBePrepared() throws Exception {
        one.work(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        other.run("ALTER TABLE t ADD COLUMN c INT");

        assertThat(failure(() -> one.resource().prepare(xid(1)))).isEqualTo(XAException.XA_RBTRANSIENT);
        assertThat(failure(() -> one.resource().rollback(xid(1)))).isEqualTo(XAException.XAER_NOTA);
        other.run("UPDATE t SET n = 12 WHERE id = 1");
    }

    @Test
    void branchThatFailedCanOnlyBeRolledBack() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        one.resource().end(xid(1), XAResource.TMFAIL);

        other.run("UPDATE t SET n = 12 WHERE id = 1");
        assertThat(failure(() -> one.resource().start(xid(1), XAResource.TMJOIN)))
                .isEqualTo(XAException.XA_RBROLLBACK);
        one.resource().rollback(xid(1));

        one.work(xid(2), "UPDATE t SET n = 13 WHERE id = 1");
        one.resource().start(xid(2), XAResource.TMJOIN);
        one.resource().end(xid(2), XAResource.TMFAIL);
        assertThat(failure(() -> one.resource().commit(xid(2), true))).isEqualTo(XAException.XA_RBROLLBACK);
        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("12");
    }

    @Test
    void deadlockRollsABranchBack() throws Exception {
        Xid mine = xid(1);
        one.resource().start(mine, XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        try (Actor waiting = new Actor(url, Connection.TRANSACTION_READ_COMMITTED)) {
            waiting.start("UPDATE t SET n = 21 WHERE id = 2").start("UPDATE t SET n = 12 WHERE id = 1");
            SQLException failure = one.client().failure("UPDATE t SET n = 22 WHERE id = 2");
            assertThat(failure.getSQLState()).isEqualTo("40P01");
            waiting.commit();
        }
        assertThat(failure(() -> one.resource().end(mine, XAResource.TMSUCCESS)))
                .isEqualTo(XAException.XA_RBDEADLOCK);
        assertThat(failure(() -> one.resource().prepare(mine))).isEqualTo(XAException.XA_RBDEADLOCK);
        assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|12", "2|21");
    }

    @Test
    void nobodyWritesWhatASerializablePreparedBranchHasRead() throws Exception {
        one.client().connection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        one.prepare(xid(1), "INSERT INTO t SELECT 3, sum(n) FROM t WHERE id < 3");
        other.run("SET lock_timeout = 20", "INSERT INTO t VALUES (4, 40)");
        assertThat(other.failure("UPDATE t SET n = 11 WHERE id = 1").getSQLState())
                .isEqualTo("40001");
        one.resource().commit(xid(1), false);

        other.run("UPDATE t SET n = 11 WHERE id = 1");
        assertThat(other.value("SELECT n FROM t WHERE id = 3")).isEqualTo("30");
    }

    @Test
    void serializableBranchIsNotPreparedIfWhatItReadHasChanged() throws Exception {
        one.client().connection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        one.work(xid(1), "INSERT INTO t SELECT 3, sum(n) FROM t WHERE id < 3");
        other.run("UPDATE t SET n = 11 WHERE id = 1");

        assertThat(failure(() -> one.resource().prepare(xid(1)))).isEqualTo(XAException.XA_RBTRANSIENT);
        assertThat(other.value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void branchThatLastsTooLongIsRolledBack() throws Exception {
        assertThat(one.resource().setTransactionTimeout(1)).isTrue();
        assertThat(one.resource().getTransactionTimeout()).isEqualTo(1);
        one.work(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        other.run("SET lock_timeout = 60000", "UPDATE t SET n = 12 WHERE id = 1");

        assertThat(failure(() -> one.resource().prepare(xid(1)))).isEqualTo(XAException.XA_RBTIMEOUT);
        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("12");
    }

    @Test
    void workThatLastsTooLongIsStopped() throws Exception {
        one.resource().setTransactionTimeout(1);
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        SQLException failure = one.client()
                .failureOfReading(
                        "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 2000000000)"
                                + " SELECT max(i) FROM r");
        assertThat(failure.getSQLState()).isEqualTo("57014");
        assertThat(one.client().failure("UPDATE t SET n = 11 WHERE id = 2").getSQLState())
                .isEqualTo("40000");
        other.run("UPDATE t SET n = 12 WHERE id = 1");
        assertThat(failure(() -> one.resource().end(xid(1), XAResource.TMSUCCESS)))
                .isEqualTo(XAException.XA_RBTIMEOUT);
        one.resource().rollback(xid(1));
    }

    @Test
    void workThatIsLeftLyingIsUndoneWhenItsTimeIsOver() throws Exception {
        one.resource().setTransactionTimeout(1);
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        try (Statement reading = one.client().connection().createStatement();
                ResultSet rows = reading.executeQuery("SELECT x.i, y.i FROM generate_series(1, 3000) AS x(i),"
                        + " generate_series(1, 3000) AS y(i), t WHERE t.id = 1 AND t.n = 11")) {
            assertThat(rows.next()).isTrue();
            other.run("SET lock_timeout = 60000", "UPDATE t SET n = 12 WHERE id = 1");

            SQLException failure = catchThrowableOfType(SQLException.class, () -> readToTheEnd(rows));
            assertThat(failure.getSQLState()).isEqualTo("40000");
        }
        assertThat(one.client().failure("UPDATE t SET n = 11 WHERE id = 2").getSQLState())
                .isEqualTo("40000");
        assertThat(failure(() -> one.resource().end(xid(1), XAResource.TMSUCCESS)))
                .isEqualTo(XAException.XA_RBTIMEOUT);
        one.resource().rollback(xid(1));
        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("12");
        one.work(xid(2), "UPDATE t SET n = 13 WHERE id = 1");
        one.resource().commit(xid(2), true);
    }

    private static void readToTheEnd(ResultSet rows) throws SQLException {
        while (rows.next()) {
            rows.getLong(1);
        }
    }

    @Test
    void onlyLimitsHaveAThreadAndNotBeyondTheDatabase() throws Exception {
        one.work(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        assertThat(timersThatStay()).isEmpty();

        two.resource().setTransactionTimeout(3600);
        two.work(xid(2), "UPDATE t SET n = 21 WHERE id = 2");
        assertThat(timers()).isNotEmpty();

        one.close();
        two.close();
        other.close();
        assertThat(timersThatStay()).isEmpty();
    }

    private static List<Thread> timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("kalamdb-branches"))
                .toList();
    }

    /** Those that do not end by themselves, as threads of databases that were closed do. */
    private static List<Thread> timersThatStay() throws InterruptedException {
        List<Thread> all = timers();
        for (Thread timer : all) {
            timer.join(10_000);
        }
        return all.stream().filter(Thread::isAlive).toList();
    }

    @Test
    void closingTheConnectionFailsWhatItWorksFor() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        one.close();

        other.run("UPDATE t SET n = 12 WHERE id = 1");
        assertThat(failure(() -> two.resource().prepare(xid(1)))).isEqualTo(XAException.XA_RBROLLBACK);
        assertThat(failure(() -> one.resource().start(xid(2), XAResource.TMNOFLAGS)))
                .isEqualTo(XAException.XAER_RMFAIL);
    }

    @Test
    void branchGoesOnInTheNextConnectionOfAPool() throws Exception {
        one.resource().start(xid(1), XAResource.TMNOFLAGS);
        one.client().run("UPDATE t SET n = 11 WHERE id = 1");
        one.client().close();
        one.renew();
        one.client().run("UPDATE t SET n = n + 1 WHERE id = 1");
        one.resource().end(xid(1), XAResource.TMSUCCESS);
        one.resource().commit(xid(1), true);

        assertThat(other.value("SELECT n FROM t WHERE id = 1")).isEqualTo("12");
    }

    @Test
    void readOnlyAccessTakesNoPart() {
        assertThat(catchThrowableOfType(SQLException.class, () -> new XaClient(url + "?access=read-only"))
                        .getSQLState())
                .isEqualTo("0A000");
    }
}
