// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kalamdb.tck.XaClient.failure;
import static org.kalamdb.tck.XaClient.xid;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of prepared branches when the database is closed and opened again. */
final class XaRecoveryTest {
    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void createTables() throws SQLException {
        url = TestDatabases.url(folder);
        try (Client client = new Client(url)) {
            client.run(
                    "CREATE TABLE t (id INT PRIMARY KEY, n INT UNIQUE, text TEXT)",
                    "CREATE INDEX t_text ON t (text)",
                    "CREATE TABLE u (id INT PRIMARY KEY, t_id INT REFERENCES t (id))",
                    "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two'), (3, 30, 'three')");
        }
    }

    @Test
    void preparedBranchesAreInDoubtAndHoldTheirLocks() throws Exception {
        try (XaClient client = new XaClient(url)) {
            client.prepare(
                    xid(1),
                    "UPDATE t SET n = 11, text = 'changed' WHERE id = 1",
                    "DELETE FROM t WHERE id = 2",
                    "INSERT INTO u VALUES (1, 3)");
            client.prepare(xid(2), "INSERT INTO u VALUES (2, 3)");
            client.work(xid(3), "INSERT INTO u VALUES (3, 3)");
        }
        try (XaClient client = new XaClient(url);
                Client other = new Client(url)) {
            assertThat(client.inDoubt()).containsExactlyInAnyOrder(xid(1), xid(2));
            assertThat(other.rows("SELECT id, n FROM t ORDER BY id")).containsExactly("1|10", "2|20", "3|30");
            assertThat(other.rows("SELECT * FROM u")).isEmpty();
            other.run("SET lock_timeout = 20");
            for (String sql : List.of(
                    "UPDATE t SET n = 12 WHERE id = 1",
                    "INSERT INTO t VALUES (4, 11, 'same n')",
                    "INSERT INTO t VALUES (2, 21, 'same id')",
                    "DELETE FROM t WHERE id = 3",
                    "INSERT INTO u VALUES (1, 1)")) {
                assertThat(other.failure(sql).getSQLState()).as(sql).isEqualTo("55P03");
            }
            for (String sql :
                    List.of("ALTER TABLE t ADD COLUMN c INT", "DROP TABLE u", "CREATE INDEX u_t ON u (t_id)")) {
                assertThat(other.failure(sql).getSQLState()).as(sql).isEqualTo("55006");
            }
            other.run("INSERT INTO u VALUES (4, 3)");
        }
        // Not for the first time.
        try (XaClient client = new XaClient(url);
                Client other = new Client(url)) {
            client.resource().commit(xid(1), false);
            client.resource().rollback(xid(2));
            assertThat(client.inDoubt()).isEmpty();
            checkEnd(other);
            other.run("ALTER TABLE t ADD COLUMN c INT", "UPDATE t SET n = 12 WHERE id = 1");
        }
        try (XaClient client = new XaClient(url)) {
            assertThat(client.inDoubt()).isEmpty();
            assertThat(failure(() -> client.resource().commit(xid(1), false))).isEqualTo(XAException.XAER_NOTA);
        }
    }

    private static void checkEnd(Client other) throws SQLException {
        assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11|changed", "3|30|three");
        assertThat(other.rows("SELECT id FROM t WHERE n = 11")).containsExactly("1");
        assertThat(other.rows("SELECT id FROM t WHERE text = 'changed'")).containsExactly("1");
        assertThat(other.rows("SELECT id FROM t WHERE text = 'one'")).isEmpty();
        assertThat(other.rows("SELECT id FROM u ORDER BY id")).containsExactly("1", "4");
        assertThat(other.value("SELECT stored_rows FROM system.table_statistics WHERE table_name = 't'"))
                .isEqualTo("2");
        assertThat(other.rows("CHECK DATABASE"))
                .allSatisfy(row -> assertThat(row).doesNotContain("ERROR"));
    }

    @Test
    void rowsMayMoveToSegmentsWhileABranchIsInDoubt() throws Exception {
        try (XaClient client = new XaClient(url);
                Client other = new Client(url)) {
            client.prepare(xid(1), "UPDATE t SET n = 11 WHERE id = 1", "DELETE FROM t WHERE id = 2");
            other.run("STORAGE FLUSH TABLE t");
        }
        try (XaClient client = new XaClient(url);
                Client other = new Client(url)) {
            client.resource().commit(xid(1), false);
            assertThat(other.rows("SELECT id, n FROM t ORDER BY id")).containsExactly("1|11", "3|30");
            assertThat(other.rows("SELECT id FROM t WHERE n = 10")).isEmpty();
        }
    }

    @Test
    void whatASerializableBranchHasReadStaysAsItWas() throws Exception {
        try (XaClient client = new XaClient(url)) {
            client.client().connection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            client.prepare(xid(1), "INSERT INTO u SELECT 9, max(id) FROM t");
        }
        try (XaClient client = new XaClient(url);
                Client other = new Client(url)) {
            other.run("SET lock_timeout = 20");
            assertThat(other.failure("INSERT INTO t VALUES (5, 50, 'five')").getSQLState())
                    .isEqualTo("40001");
            client.resource().commit(xid(1), false);
            other.run("INSERT INTO t VALUES (5, 50, 'five')");
            assertThat(other.value("SELECT t_id FROM u WHERE id = 9")).isEqualTo("3");
        }
    }

    @Test
    void branchOfManyRowsIsInDoubtToo() throws Exception {
        int rowCount = 100_000;
        try (XaClient client = new XaClient(url)) {
            client.prepare(
                    xid(1),
                    "INSERT INTO t WITH RECURSIVE r (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM r WHERE i < "
                            + (99 + rowCount) + ") SELECT i, i, 'row ' || i FROM r");
        }
        try (XaClient client = new XaClient(url);
                Client other = new Client(url)) {
            assertThat(other.value("SELECT count(*) FROM t")).isEqualTo("3");
            client.resource().commit(xid(1), false);
            assertThat(other.value("SELECT count(*) FROM t")).isEqualTo(Integer.toString(rowCount + 3));
            assertThat(other.rows("SELECT text FROM t WHERE n = 5000")).containsExactly("row 5000");
        }
    }

    @Test
    void otherProcessesSeeNothingOfIt() throws Exception {
        try (XaClient client = new XaClient(url)) {
            client.prepare(xid(1), "UPDATE t SET n = 11 WHERE id = 1");
        }
        try (Client reader = new Client(url + "?access=read-only")) {
            assertThat(reader.value("SELECT n FROM t WHERE id = 1")).isEqualTo("10");
        }
        try (XaClient client = new XaClient(url)) {
            assertThat(client.resource().recover(XAResource.TMSTARTRSCAN)).hasSize(1);
            assertThat(client.resource().recover(XAResource.TMNOFLAGS)).isEmpty();
            assertThat(client.resource().recover(XAResource.TMENDRSCAN)).isEmpty();
        }
    }
}
