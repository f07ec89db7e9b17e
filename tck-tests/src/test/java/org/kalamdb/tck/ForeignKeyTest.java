// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Foreign keys: what may be written on both sides, what is carried on, and how their tables change. */
final class ForeignKeyTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client sql = new Client(url);

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void refusesWhatReferencesNothing() throws SQLException {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY, code TEXT UNIQUE)",
                "CREATE TABLE c (id INT PRIMARY KEY, p_id BIGINT REFERENCES p, p_code TEXT REFERENCES p (code))",
                "INSERT INTO p VALUES (1, 'a'), (2, NULL)",
                "INSERT INTO c VALUES (1, 1, 'a'), (2, NULL, NULL), (3, 2, NULL)");

        SQLException failure = sql.failure("INSERT INTO c VALUES (4, 3, NULL)");
        assertThat(failure.getSQLState()).isEqualTo("23503");
        assertThat(failure.getMessage())
                .isEqualTo("Row of table main.c violates foreign key \"c_p_id_fkey\": (p_id) = (3) is not present in"
                        + " table main.p");
        assertThat(sql.failure("UPDATE c SET p_code = 'b' WHERE id = 3").getSQLState())
                .isEqualTo("23503");
        assertThat(sql.failure("DELETE FROM p WHERE id = 1").getMessage())
                .isEqualTo("Cannot change or delete the row of table main.p with (id) = (1): foreign key"
                        + " \"c_p_id_fkey\" of table main.c still references it");
        assertThat(sql.failure("UPDATE p SET id = 7 WHERE id = 2").getSQLState())
                .isEqualTo("23503");
        assertThat(sql.failure("UPDATE p SET code = 'z' WHERE id = 1").getSQLState())
                .isEqualTo("23503");
        assertThat(sql.failure("TRUNCATE TABLE p").getSQLState()).isEqualTo("0A000");
        sql.run("UPDATE p SET code = 'n' WHERE id = 2", "DELETE FROM c WHERE id = 3", "DELETE FROM p WHERE id = 2");
        assertThat(sql.rows("SELECT * FROM c ORDER BY id")).containsExactly("1|1|a", "2|null|null");
    }

    @Test
    void matchesWholeKeysOnly() throws SQLException {
        sql.run(
                "CREATE TABLE p (a INT, b TEXT, PRIMARY KEY (a, b))",
                "CREATE TABLE c (x TEXT, y INT, FOREIGN KEY (y, x) REFERENCES p (a, b) ON DELETE SET NULL)",
                "INSERT INTO p VALUES (1, 'x'), (1, 'y')",
                "INSERT INTO c VALUES ('x', 1), ('y', 1), (NULL, 9), ('q', NULL)");

        assertThat(sql.failure("INSERT INTO c VALUES ('z', 1)").getSQLState()).isEqualTo("23503");
        sql.run("DELETE FROM p WHERE b = 'x'");
        assertThat(sql.rows("SELECT x, y FROM c ORDER BY x, y"))
                .containsExactly("q|null", "y|1", "null|9", "null|null");
    }

    @Test
    void carriesDeletesAndUpdatesOn() throws SQLException {
        sql.run(
                "CREATE TABLE a (id INT PRIMARY KEY)",
                "CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE INDEX b_a ON b (a)",
                "CREATE TABLE c (id INT PRIMARY KEY, b INT REFERENCES b ON DELETE CASCADE)",
                "CREATE TABLE d (id INT PRIMARY KEY, b INT DEFAULT 10 REFERENCES b ON DELETE SET DEFAULT,"
                        + " a INT REFERENCES a ON DELETE SET NULL ON UPDATE SET NULL)",
                "INSERT INTO a VALUES (1), (2), (3)",
                "INSERT INTO b VALUES (10, 1), (20, 2), (21, 2), (30, 3)",
                "INSERT INTO c VALUES (100, 10), (200, 20), (201, 20)",
                "INSERT INTO d VALUES (1000, 20, 2), (2000, 30, 3)");

        assertThat(sql.update("DELETE FROM a WHERE id = 2")).isOne();
        assertThat(sql.rows("SELECT * FROM b ORDER BY id")).containsExactly("10|1", "30|3");
        assertThat(sql.rows("SELECT * FROM c ORDER BY id")).containsExactly("100|10");
        assertThat(sql.rows("SELECT * FROM d ORDER BY id")).containsExactly("1000|10|null", "2000|30|3");

        sql.run("UPDATE a SET id = 4 - id");
        assertThat(sql.rows("SELECT * FROM b ORDER BY id")).containsExactly("10|3", "30|1");
        assertThat(sql.rows("SELECT * FROM d ORDER BY id")).containsExactly("1000|10|null", "2000|30|null");

        sql.connection().setAutoCommit(false);
        sql.run("DELETE FROM a WHERE id = 1");
        assertThat(sql.value("SELECT count(*) FROM b")).isEqualTo("1");
        sql.connection().rollback();
        assertThat(sql.value("SELECT count(*) FROM b")).isEqualTo("2");
        assertThat(sql.failure("DELETE FROM a").getSQLState()).isEqualTo("23503");
    }

    @Test
    void referencesItsOwnTableAndInCircles() throws SQLException {
        sql.run(
                "CREATE TABLE e (id INT PRIMARY KEY, boss INT REFERENCES e (id) ON DELETE CASCADE)",
                "INSERT INTO e VALUES (3, 2), (2, 1), (1, 1), (4, 5), (5, NULL)");

        assertThat(sql.failure("INSERT INTO e VALUES (6, 7)").getSQLState()).isEqualTo("23503");
        assertThat(sql.update("DELETE FROM e WHERE id = 1")).isOne();
        assertThat(sql.rows("SELECT * FROM e ORDER BY id")).containsExactly("4|5", "5|null");

        sql.run(
                "CREATE TABLE x (id INT PRIMARY KEY, y INT)",
                "CREATE TABLE y (id INT PRIMARY KEY, x INT REFERENCES x ON DELETE CASCADE)",
                "INSERT INTO x VALUES (1, 2), (2, 1)",
                "INSERT INTO y VALUES (1, 1), (2, 2)",
                "ALTER TABLE x ADD CONSTRAINT xy FOREIGN KEY (y) REFERENCES y ON DELETE CASCADE",
                "DELETE FROM x WHERE id = 1");
        assertThat(sql.value("SELECT count(*) FROM x")).isEqualTo("0");
        assertThat(sql.value("SELECT count(*) FROM y")).isEqualTo("0");
    }

    @Test
    void stopsAtWhatACarriedChangeViolates() throws SQLException {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY)",
                "CREATE TABLE n (p INT NOT NULL REFERENCES p ON DELETE SET NULL)",
                "CREATE TABLE k (p INT CHECK (p < 10) REFERENCES p ON UPDATE CASCADE)",
                "INSERT INTO p VALUES (1), (2)",
                "INSERT INTO n VALUES (1)",
                "INSERT INTO k VALUES (2)");

        assertThat(sql.failure("DELETE FROM p WHERE id = 1").getSQLState()).isEqualTo("23502");
        assertThat(sql.failure("UPDATE p SET id = 20 WHERE id = 2").getSQLState())
                .isEqualTo("23514");
        assertThat(sql.rows("SELECT id FROM p ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void isAddedOnlyIfTheRowsSatisfyIt() throws SQLException {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY, n INT)",
                "CREATE TABLE c (p INT, s TEXT)",
                "INSERT INTO p VALUES (1, 1)",
                "INSERT INTO c VALUES (1, 'a'), (2, 'b'), (NULL, 'c')");

        assertThat(sql.failure("ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p").getSQLState())
                .isEqualTo("23503");
        assertThat(sql.failure("ALTER TABLE c ADD FOREIGN KEY (s) REFERENCES p").getSQLState())
                .isEqualTo("42804");
        assertThat(sql.failure("ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p (n)")
                        .getSQLState())
                .isEqualTo("42P16");
        sql.run("DELETE FROM c WHERE p = 2", "ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (p) REFERENCES p");
        assertThat(sql.failure("INSERT INTO c VALUES (2, 'b')").getSQLState()).isEqualTo("23503");
        sql.run("ALTER TABLE c DROP CONSTRAINT k", "INSERT INTO c VALUES (2, 'b')", "DELETE FROM p");
    }

    @Test
    void followsRenamesAndHoldsWhatItNeeds() throws SQLException {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY, u INT CONSTRAINT pu UNIQUE)",
                "CREATE TABLE c (p INT REFERENCES p, u INT REFERENCES p (u))",
                "ALTER TABLE p RENAME COLUMN id TO pid",
                "ALTER TABLE p RENAME TO q",
                "ALTER TABLE c RENAME TO d",
                "INSERT INTO q VALUES (1, 1)",
                "INSERT INTO d VALUES (1, 1)");

        assertThat(sql.failure("INSERT INTO d VALUES (2, 1)").getMessage()).contains("table main.q");
        assertThat(sql.failure("DELETE FROM q").getMessage()).contains("(pid) = (1)", "table main.d");
        assertThat(sql.failure("DROP TABLE q").getSQLState()).isEqualTo("2BP01");
        assertThat(sql.failure("ALTER TABLE q DROP CONSTRAINT pu").getSQLState())
                .isEqualTo("2BP01");
        assertThat(keys("q")).containsExactly("c_p_fkey:pid<-p", "c_u_fkey:u<-u");
        sql.run("ALTER TABLE q DROP CONSTRAINT pu CASCADE", "INSERT INTO d VALUES (1, 7)");
        assertThat(keys("q")).containsExactly("c_p_fkey:pid<-p");
        sql.run("DROP TABLE q CASCADE", "INSERT INTO d VALUES (7, 7)");
        sql.run("CREATE TABLE a (id INT PRIMARY KEY)", "CREATE TABLE b (a INT REFERENCES a)", "DROP TABLE a, b");
    }

    private List<String> keys(String table) throws SQLException {
        DatabaseMetaData metaData = sql.connection().getMetaData();
        List<String> found = new ArrayList<>();
        try (ResultSet rows = metaData.getExportedKeys(null, "main", table)) {
            while (rows.next()) {
                found.add(rows.getString("FK_NAME") + ":" + rows.getString("PKCOLUMN_NAME") + "<-"
                        + rows.getString("FKCOLUMN_NAME"));
            }
        }
        return found;
    }

    @Test
    void keepsUsersApart() throws SQLException {
        sql.run(
                "CREATE TABLE kinds (id INT PRIMARY KEY)",
                "INSERT INTO kinds VALUES (1), (2)",
                "CREATE USER TABLE lists (id INT PRIMARY KEY)",
                "CREATE USER TABLE items (id INT PRIMARY KEY, list INT REFERENCES lists ON DELETE CASCADE,"
                        + " kind INT REFERENCES kinds ON DELETE SET NULL)");
        assertThat(sql.failure("CREATE TABLE s (list INT REFERENCES lists)").getSQLState())
                .isEqualTo("42P16");
        try (Client ann = new Client("ann", url);
                Client bob = new Client("bob", url)) {
            ann.run("INSERT INTO lists VALUES (1)", "INSERT INTO items VALUES (1, 1, 1)");
            assertThat(bob.failure("INSERT INTO items VALUES (1, 1, 1)").getSQLState())
                    .isEqualTo("23503");
            bob.run("INSERT INTO lists VALUES (1)", "INSERT INTO items VALUES (1, 1, 1)");
            ann.run("DELETE FROM lists");
            assertThat(ann.value("SELECT count(*) FROM items")).isEqualTo("0");
            assertThat(bob.rows("SELECT * FROM items")).containsExactly("1|1|1");
            sql.run("DELETE FROM kinds WHERE id = 1");
            assertThat(bob.rows("SELECT * FROM items")).containsExactly("1|1|null");
        }
    }

    @Test
    void neverLeavesAChildWithoutItsParent() throws Exception {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY)",
                "CREATE TABLE c (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, p INT REFERENCES p)");
        int rounds = 60;
        CyclicBarrier barrier = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (String statement : List.of("INSERT INTO c (p) VALUES (%d)", "DELETE FROM p WHERE id = %d")) {
                done.add(threads.submit(() -> {
                    try (Client client = new Client(url)) {
                        for (int round = 0; round < rounds; round++) {
                            if (statement.startsWith("INSERT")) {
                                client.run("INSERT INTO p VALUES (" + round + ")");
                            }
                            barrier.await();
                            try {
                                client.run(statement.formatted(round));
                            } catch (SQLException e) {
                                assertThat(e.getSQLState()).isEqualTo("23503");
                            }
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sql.value("SELECT count(*) FROM c WHERE p NOT IN (SELECT id FROM p)"))
                .isEqualTo("0");
        assertThat(sql.value("SELECT (SELECT count(*) FROM c) - (SELECT count(*) FROM p)"))
                .isEqualTo("0");
    }

    @Test
    void doesNotBelieveAnOldSnapshot() throws SQLException {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY)",
                "CREATE TABLE c (p INT REFERENCES p)",
                "INSERT INTO p VALUES (1), (2)");
        try (Client other = new Client(url)) {
            sql.connection().setAutoCommit(false);
            assertThat(sql.value("SELECT count(*) FROM c")).isEqualTo("0");
            other.run("INSERT INTO c VALUES (1)", "DELETE FROM p WHERE id = 2");
            assertThat(sql.failure("DELETE FROM p WHERE id = 1").getSQLState()).isIn("40001", "23503");
            assertThat(sql.failure("INSERT INTO c VALUES (2)").getSQLState()).isIn("40001", "23503");
            sql.connection().rollback();
        }
    }

    @Test
    void childrenOfOneParentDoNotWaitForEachOther() throws Exception {
        createFamily();
        try (Actor one = actor();
                Actor two = actor();
                Actor three = actor()) {
            one.run("INSERT INTO c VALUES (1, 1)");
            two.run("INSERT INTO c VALUES (2, 1)");
            three.run("UPDATE p SET note = 'x' WHERE id = 1");
            three.run("UPDATE c SET p = 1 WHERE id = 9");
            assertThat(two.commit()).isTrue();
            assertThat(three.commit()).isTrue();
            assertThat(one.commit()).isTrue();
        }
        assertThat(sql.rows("SELECT id, p FROM c ORDER BY id")).containsExactly("1|1", "2|1", "9|1");
    }

    @Test
    void whoDeletesAParentWaitsForAllWhoReferenceIt() throws Exception {
        createFamily();
        try (Actor one = actor();
                Actor two = actor();
                Actor deleting = actor();
                Actor late = actor()) {
            one.run("INSERT INTO c VALUES (1, 1)");
            two.run("INSERT INTO c VALUES (2, 1)");
            deleting.start("DELETE FROM p WHERE id = 1");
            late.start("INSERT INTO c VALUES (3, 1)");
            one.commit();
            assertThat(deleting.isWaiting()).isTrue();
            assertThat(late.isWaiting()).isTrue();
            two.commit();
            assertThat(deleting.rows("SELECT id FROM c")).containsExactly("9");
            assertThat(late.isWaiting()).isTrue();
            deleting.rollback();
            assertThat(late.commit()).isTrue();
        }
        assertThat(sql.rows("SELECT id FROM c ORDER BY id")).containsExactly("1", "2", "3", "9");
    }

    @Test
    void whoAloneReferencesAParentDeletesItWithoutWaiting() throws Exception {
        createFamily();
        try (Actor one = actor();
                Actor two = actor()) {
            one.run("INSERT INTO c VALUES (1, 1)").run("DELETE FROM p WHERE id = 1");
            two.start("INSERT INTO c VALUES (2, 1)");
            assertThat(two.isWaiting()).isTrue();
            one.rollback();
            assertThat(two.commit()).isTrue();
        }
    }

    @Test
    void twoWhoReferenceAParentCannotBothDeleteIt() throws Exception {
        createFamily();
        try (Actor one = actor();
                Actor two = actor()) {
            one.run("INSERT INTO c VALUES (1, 1)");
            two.run("INSERT INTO c VALUES (2, 1)");
            one.start("DELETE FROM p WHERE id = 1");
            assertThat(one.isWaiting()).isTrue();
            two.start("DELETE FROM p WHERE id = 1");
            assertThat(two.failureState()).isEqualTo("40P01");
            assertThat(one.commit()).isTrue();
        }
        assertThat(sql.rows("SELECT id FROM c")).containsExactly("9");
    }

    @Test
    void whoGivesUpDeletingAParentKeepsNobodyWaiting() throws Exception {
        createFamily();
        try (Actor one = actor();
                Client impatient = new Client(url + "?lockTimeout=0");
                Actor late = actor()) {
            one.run("INSERT INTO c VALUES (1, 1)");
            assertThat(impatient.failure("DELETE FROM p WHERE id = 1").getSQLState())
                    .isEqualTo("55P03");
            late.run("INSERT INTO c VALUES (2, 1)");
        }
    }

    private void createFamily() throws SQLException {
        sql.run(
                "CREATE TABLE p (id INT PRIMARY KEY, note TEXT)",
                "CREATE TABLE c (id INT PRIMARY KEY, p INT REFERENCES p ON DELETE CASCADE)",
                "CREATE INDEX c_p ON c (p)",
                "INSERT INTO p VALUES (1, NULL), (2, NULL)",
                "INSERT INTO c VALUES (9, 2)");
    }

    private Actor actor() throws SQLException {
        return new Actor(url + "?lockTimeout=60000", Connection.TRANSACTION_READ_COMMITTED);
    }
}
