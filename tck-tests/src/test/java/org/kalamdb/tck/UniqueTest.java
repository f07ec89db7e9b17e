// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Unique constraints and unique indexes: what they refuse, on which rows, and what ON CONFLICT makes of it. */
final class UniqueTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client sql = new Client(url);

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void refusesTwoRowsWithOneValueByName() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, email TEXT UNIQUE, a INT, b INT, CONSTRAINT ab UNIQUE (a, b))",
                "INSERT INTO t VALUES (1, 'x', 1, 1), (2, 'y', 1, 2)");

        SQLException taken = sql.failure("INSERT INTO t VALUES (3, 'x', 5, 5)");
        assertThat((Throwable) taken).isInstanceOf(SQLIntegrityConstraintViolationException.class);
        assertThat(taken.getSQLState()).isEqualTo("23505");
        assertThat(taken.getMessage())
                .isEqualTo("Duplicate key value violates unique constraint \"t_email_key\" of table main.t:"
                        + " (email) = (x)");
        assertThat(sql.failure("UPDATE t SET b = 1 WHERE id = 2").getMessage())
                .contains("unique constraint \"ab\"", "(a, b) = (1, 1)");
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|x|1|1", "2|y|1|2");
    }

    @Test
    void takesNullForDistinctFromNull() throws SQLException {
        sql.run(
                "CREATE TABLE t (a INT, b INT, UNIQUE (a, b))",
                "INSERT INTO t VALUES (1, NULL), (1, NULL), (NULL, NULL)");

        sql.run("INSERT INTO t VALUES (1, NULL), (1, 1)");

        assertThat(sql.failure("INSERT INTO t VALUES (1, 1)").getSQLState()).isEqualTo("23505");
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("5");
    }

    @Test
    void looksAtTheEndOfAnUpdateOnly() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n INT UNIQUE)",
                "CREATE TABLE k (n INT UNIQUE, s TEXT)",
                "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)",
                "INSERT INTO k VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        assertThat(sql.update("UPDATE t SET n = n + 1")).isEqualTo(3);
        assertThat(sql.update("UPDATE k SET n = 4 - n")).isEqualTo(3);

        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|2", "2|3", "3|4");
        assertThat(sql.rows("SELECT * FROM k")).containsExactly("3|a", "2|b", "1|c");
        assertThat(sql.failure("UPDATE t SET n = 9").getSQLState()).isEqualTo("23505");
    }

    @Test
    void resolvesConflictsInAnyKey() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, email TEXT UNIQUE, n INT)",
                "CREATE UNIQUE INDEX t_n ON t (n)",
                "INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2)");

        assertThat(sql.update("INSERT INTO t VALUES (3, 'x', 3), (1, 'q', 4), (4, 'z', 2), (5, 'w', 5)"
                        + " ON CONFLICT DO NOTHING"))
                .isOne();
        assertThat(sql.update("INSERT INTO t VALUES (6, 'x', 6) ON CONFLICT (email) DO UPDATE SET n = excluded.n"))
                .isOne();
        assertThat(sql.update("INSERT INTO t VALUES (7, 'y', 7)"
                        + " ON CONFLICT ON CONSTRAINT t_email_key DO UPDATE SET n = t.n * 10"))
                .isOne();
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|x|6", "2|y|20", "5|w|5");

        assertThat(sql.failure("INSERT INTO t VALUES (1, 'k', 9) ON CONFLICT (email) DO NOTHING")
                        .getSQLState())
                .isEqualTo("23505");
        assertThat(sql.failure("INSERT INTO t VALUES (1, 'k', 9) ON CONFLICT (email, n) DO NOTHING")
                        .getSQLState())
                .isEqualTo("42P10");
        assertThat(sql.update("INSERT OR REPLACE INTO t VALUES (1, 'y', 5)")).isOne();
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|y|5");
    }

    @Test
    void freesTheValuesOfRowsThatGo() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT UNIQUE)", "INSERT INTO t VALUES (1, 1), (2, 2)");
        sql.run("DELETE FROM t WHERE id = 1", "INSERT INTO t VALUES (3, 1)");
        sql.run("TRUNCATE TABLE t", "INSERT INTO t VALUES (1, 1), (2, 2)");
        sql.connection().setAutoCommit(false);
        sql.run("DELETE FROM t", "INSERT INTO t VALUES (8, 1)");
        sql.connection().rollback();
        assertThat(sql.failure("INSERT INTO t VALUES (9, 2)").getSQLState()).isEqualTo("23505");
        sql.run("UPDATE t SET n = 3 WHERE id = 2", "INSERT INTO t VALUES (9, 2)");
        sql.connection().commit();
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1", "2|3", "9|2");
    }

    @Test
    void ofManyAtOnceOneGetsTheValue() throws Exception {
        sql.run("CREATE TABLE t (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n INT UNIQUE)");
        int threadCount = 4;
        int valueCount = 50;
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(threadCount);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < threadCount; i++) {
                done.add(threads.submit(() -> {
                    try (Client client = new Client(url)) {
                        start.await();
                        for (int n = 0; n < valueCount; n++) {
                            try {
                                client.run("INSERT INTO t (n) VALUES (" + n + ")");
                            } catch (SQLException e) {
                                assertThat(e.getSQLState()).isEqualTo("23505");
                                refused.incrementAndGet();
                            }
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(refused.get()).isEqualTo((threadCount - 1) * valueCount);
        assertThat(sql.value("SELECT count(DISTINCT n) FROM t")).isEqualTo(Integer.toString(valueCount));
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo(Integer.toString(valueCount));
    }

    @Test
    void isSeparateForEachUser() throws SQLException {
        sql.run("CREATE USER TABLE notes (id INT PRIMARY KEY, title TEXT UNIQUE)");
        try (Client ann = new Client("ann", url);
                Client bob = new Client("bob", url)) {
            ann.run("INSERT INTO notes VALUES (1, 'a')");
            bob.run("INSERT INTO notes VALUES (1, 'a')");
            assertThat(ann.failure("INSERT INTO notes VALUES (2, 'a')").getSQLState())
                    .isEqualTo("23505");
        }
    }

    @Test
    void isBuiltOnTheRowsThatAreThereOrNotAtAll() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n INT)",
                "INSERT INTO t VALUES (1, 1), (2, 1), (3, NULL), (4, NULL)");

        assertThat(sql.failure("CREATE UNIQUE INDEX i ON t (n)").getSQLState()).isEqualTo("23505");
        assertThat(sql.failure("ALTER TABLE t ADD CONSTRAINT u UNIQUE (n)").getSQLState())
                .isEqualTo("23505");
        assertThat(sql.failure("ALTER TABLE t ADD COLUMN m INT, ADD UNIQUE (id, m), ADD UNIQUE (n)")
                        .getSQLState())
                .isEqualTo("23505");
        assertThat(indexes("t")).containsExactly("t_pkey:id");
        sql.run("UPDATE t SET n = 2 WHERE id = 2", "CREATE UNIQUE INDEX i ON t (n)");
        assertThat(sql.failure("INSERT INTO t VALUES (5, 2)").getMessage()).contains("unique index \"i\"");
        sql.run("DROP INDEX i", "INSERT INTO t VALUES (5, 2)");
        assertThat(sql.failure("DROP INDEX i").getSQLState()).isEqualTo("42704");
        sql.run("DROP INDEX IF EXISTS i");
    }

    @Test
    void comesAndGoesByAlter() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 1)");

        sql.run("ALTER TABLE t ADD CONSTRAINT u UNIQUE (n)", "ALTER TABLE t ADD COLUMN c TEXT UNIQUE");
        assertThat(indexes("t")).containsExactly("t_c_key:c", "t_pkey:id", "u:n");
        assertThat(sql.failure("ALTER TABLE t ADD CONSTRAINT u UNIQUE (id, n)").getSQLState())
                .isEqualTo("42710");
        assertThat(sql.failure("DROP INDEX u").getSQLState()).isEqualTo("2BP01");
        assertThat(sql.failure("ALTER TABLE t DROP COLUMN n").getSQLState()).isEqualTo("2BP01");
        assertThat(sql.failure("ALTER TABLE t ALTER COLUMN n TYPE BIGINT").getSQLState())
                .isEqualTo("2BP01");
        sql.run("ALTER TABLE t RENAME COLUMN n TO m");
        assertThat(sql.failure("INSERT INTO t VALUES (2, 1, 'c')").getMessage()).contains("(m) = (1)");
        sql.run("ALTER TABLE t DROP CONSTRAINT u", "INSERT INTO t VALUES (2, 1, 'c')");
        sql.run("ALTER TABLE t DROP COLUMN c CASCADE");
        assertThat(indexes("t")).containsExactly("t_pkey:id");
        assertThat(sql.failure("ALTER TABLE t DROP CONSTRAINT u").getSQLState()).isEqualTo("42704");
        sql.run("ALTER TABLE t DROP CONSTRAINT IF EXISTS u");
    }

    private List<String> indexes(String table) throws SQLException {
        DatabaseMetaData metaData = sql.connection().getMetaData();
        List<String> found = new ArrayList<>();
        try (ResultSet rows = metaData.getIndexInfo(null, "main", table, false, false)) {
            while (rows.next()) {
                found.add(rows.getString("INDEX_NAME") + ":" + rows.getString("COLUMN_NAME"));
            }
        }
        return found;
    }
}
