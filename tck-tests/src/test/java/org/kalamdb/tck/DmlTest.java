// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that change rows: what they change, what they count and that a failed one changes nothing. */
final class DmlTest {
    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createTable() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT DEFAULT 5, s TEXT NOT NULL)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void insertsValuesInEveryForm() throws SQLException {
        assertThat(sql.update("INSERT INTO t VALUES (1, 2, 'a')")).isOne();
        assertThat(sql.update("INSERT INTO t (s, id) VALUES ('b', 2), ('c', 3)"))
                .isEqualTo(2);
        assertThat(sql.update(
                        "INSERT INTO t (id, n, s) VALUES (4, DEFAULT, 'd'), (5, NULL, 'e'), (6, 1 + 1, upper('f'))"))
                .isEqualTo(3);
        assertThat(sql.update("INSERT INTO t SELECT id + 10, n, s || s FROM t WHERE id > 4"))
                .isEqualTo(2);
        assertThat(sql.update("INSERT INTO t (id, s) SELECT 20, 'q' FROM t WHERE FALSE"))
                .isZero();

        assertThat(sql.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("1|2|a", "2|5|b", "3|5|c", "4|5|d", "5|null|e", "6|2|F", "15|null|ee", "16|2|FF");
    }

    @Test
    void insertsFromItsOwnTableOnce() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')");

        assertThat(sql.update("INSERT INTO t SELECT id + 100, n, s FROM t")).isEqualTo(2);
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("4");
    }

    @Test
    void insertOfDefaultValuesTakesAllDefaults() throws SQLException {
        sql.run("CREATE TABLE d (a INT DEFAULT 1, b TEXT DEFAULT 'x', c INT)");

        assertThat(sql.update("INSERT INTO d DEFAULT VALUES")).isOne();
        assertThat(sql.rows("SELECT * FROM d")).containsExactly("1|x|null");
    }

    @Test
    void updateSeesTheOldRow() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (3, NULL, 'c')");

        assertThat(sql.update("UPDATE t SET n = n + id, s = s || n WHERE n IS NOT NULL"))
                .isEqualTo(2);
        assertThat(sql.update("UPDATE t SET n = DEFAULT WHERE n IS NULL")).isOne();
        assertThat(sql.update("UPDATE t SET s = 'z' WHERE id = 99")).isZero();
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11|a10", "2|22|b20", "3|5|c");
    }

    @Test
    void updateTakesValuesFromSubqueries() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c')");

        assertThat(sql.update("UPDATE t SET n = (SELECT max(n) FROM t) WHERE id IN (SELECT id FROM t WHERE n < 30)"))
                .isEqualTo(2);
        assertThat(sql.rows("SELECT n FROM t")).containsOnly("30");
    }

    @Test
    void updateMayMoveKeys() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')");

        assertThat(sql.update("UPDATE t SET id = id + 1")).isEqualTo(3);
        assertThat(sql.rows("SELECT id, s FROM t ORDER BY id")).containsExactly("2|a", "3|b", "4|c");
        assertThat(sql.update("UPDATE t SET id = 6 - id WHERE id <> 3")).isEqualTo(2);
        assertThat(sql.rows("SELECT id, s FROM t ORDER BY id")).containsExactly("2|c", "3|b", "4|a");
        assertThat(sql.failure("UPDATE t SET id = 4 WHERE id = 2").getSQLState())
                .isEqualTo("23505");
    }

    @Test
    void deletesWhatTheConditionSays() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a'), (2, NULL, 'b'), (3, 3, 'c'), (4, 4, 'd')");

        assertThat(sql.update("DELETE FROM t WHERE n > 3")).isOne();
        assertThat(sql.update("DELETE FROM t WHERE n > 3")).isZero();
        assertThat(sql.update("DELETE FROM t WHERE id IN (1, 3, 77)")).isEqualTo(2);
        assertThat(sql.update("DELETE FROM t")).isOne();
        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void deletedKeyCanBeInsertedAgain() throws SQLException {
        sql.run(
                "INSERT INTO t VALUES (1, 1, 'old')",
                "DELETE FROM t WHERE id = 1",
                "INSERT INTO t VALUES (1, 2, 'new')");

        assertThat(sql.rows("SELECT * FROM t")).containsExactly("1|2|new");
    }

    @Test
    void mergeUpdatesAndInserts() throws SQLException {
        sql.run(
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')",
                "CREATE TABLE src (id INT PRIMARY KEY, s TEXT)",
                "INSERT INTO src VALUES (2, 'B'), (3, 'C')");

        assertThat(sql.update("MERGE INTO t USING src ON t.id = src.id"
                        + " WHEN MATCHED THEN UPDATE SET s = src.s, n = t.n * 10"
                        + " WHEN NOT MATCHED THEN INSERT (id, s) VALUES (src.id, src.s)"))
                .isEqualTo(2);
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1|a", "2|20|B", "3|5|C");
    }

    @Test
    void onConflictDoNothingSkips() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a')");

        assertThat(sql.update("INSERT INTO t VALUES (1, 9, 'x'), (2, 2, 'b') ON CONFLICT DO NOTHING"))
                .isOne();
        assertThat(sql.update("INSERT INTO t VALUES (1, 9, 'x') ON CONFLICT (id) DO NOTHING"))
                .isZero();
        assertThat(sql.rows("INSERT INTO t VALUES (2, 9, 'x'), (3, 3, 'c') ON CONFLICT DO NOTHING RETURNING id"))
                .containsExactly("3");
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1|a", "2|2|b", "3|3|c");
    }

    @Test
    void onConflictDoUpdateSeesBothRows() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')");

        assertThat(sql.update("INSERT INTO t (id, n, s) VALUES (1, 10, 'x'), (3, 30, 'c')"
                        + " ON CONFLICT (id) DO UPDATE SET n = t.n + EXCLUDED.n, s = EXCLUDED.s"))
                .isEqualTo(2);
        assertThat(sql.rows("INSERT INTO t VALUES (1, 0, 'never'), (2, 0, 'B') ON CONFLICT (id)"
                        + " DO UPDATE SET s = EXCLUDED.s WHERE t.n < 5 RETURNING id, s"))
                .containsExactly("2|B");
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|11|x", "2|2|B", "3|30|c");
        assertThat(sql.failure("INSERT INTO t VALUES (7, 1, 'x'), (7, 2, 'y') ON CONFLICT (id) DO UPDATE SET n = 0")
                        .getSQLState())
                .isEqualTo("21000");
        assertThat(sql.failure("INSERT INTO t VALUES (1, 1, 'x') ON CONFLICT (n) DO NOTHING")
                        .getSQLState())
                .isEqualTo("42P10");
    }

    @Test
    void returningAnswersTheRowsAsTheyAreNow() throws SQLException {
        assertThat(sql.rows("INSERT INTO t (id, s) VALUES (1, 'a'), (2, 'b') RETURNING *"))
                .containsExactly("1|5|a", "2|5|b");
        assertThat(sql.rows("UPDATE t SET n = n * 2 WHERE id = 2 RETURNING id, n + 1 AS next"))
                .containsExactly("2|11");
        assertThat(sql.rows("DELETE FROM t WHERE id = 1 RETURNING s, n")).containsExactly("a|5");
        assertThat(sql.rows("DELETE FROM t WHERE id = 1 RETURNING s")).isEmpty();
    }

    @Test
    void generatedKeysAreAnswered() throws SQLException {
        sql.run("CREATE TABLE g (id BIGINT PRIMARY KEY DEFAULT SNOWFLAKE_ID(), s TEXT)");
        try (PreparedStatement insert =
                sql.connection().prepareStatement("INSERT INTO g (s) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, "a");
            insert.executeUpdate();
            long key;
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                key = keys.getLong("id");
                assertThat(keys.next()).isFalse();
            }
            assertThat(sql.value("SELECT s FROM g WHERE id = " + key)).isEqualTo("a");

            insert.setString(1, "b");
            insert.addBatch();
            insert.setString(1, "c");
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(Client.rows(keys)).hasSize(2).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void identityColumnsCountUp() throws SQLException {
        sql.run("CREATE TABLE g (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, s TEXT)");

        assertThat(sql.rows("INSERT INTO g (s) VALUES ('a'), ('b') RETURNING id"))
                .containsExactly("1", "2");
        assertThat(sql.rows("INSERT INTO g (s) VALUES ('c') RETURNING id, s")).containsExactly("3|c");
    }

    @ParameterizedTest(name = "autoCommit={0}")
    @ValueSource(booleans = {true, false})
    void failedStatementLeavesNothing(boolean autoCommit) throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')");
        sql.connection().setAutoCommit(autoCommit);

        assertThat(sql.failure("INSERT INTO t VALUES (3, 3, 'c'), (4, 4, NULL)").getSQLState())
                .isEqualTo("23502");
        endFailed(autoCommit);
        assertThat(sql.failure("INSERT INTO t VALUES (3, 3, 'c'), (1, 4, 'd')").getSQLState())
                .isEqualTo("23505");
        endFailed(autoCommit);
        assertThat(sql.failure("INSERT INTO t VALUES (3, 3, 'c'), (3, 4, 'd')").getSQLState())
                .isEqualTo("23505");
        endFailed(autoCommit);
        assertThat(sql.failure("UPDATE t SET n = 10 / (id - 2)").getSQLState()).isEqualTo("22012");
        endFailed(autoCommit);
        assertThat(sql.failure("UPDATE t SET s = CASE WHEN id = 1 THEN 'new' END")
                        .getSQLState())
                .isEqualTo("23502");
        endFailed(autoCommit);
        assertThat(sql.failure("DELETE FROM t WHERE 1 / (id - 2) < 5").getSQLState())
                .isEqualTo("22012");
        endFailed(autoCommit);

        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1|a", "2|2|b");
        if (!autoCommit) {
            sql.connection().commit();
            sql.connection().setAutoCommit(true);
        }
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1|a", "2|2|b");
    }

    /** What an application does after an error; a database that fails the transaction needs it. */
    private void endFailed(boolean autoCommit) throws SQLException {
        if (!autoCommit) {
            sql.connection().rollback();
        }
    }

    @Test
    void failedStatementLeavesEarlierOnesOfItsTransaction() throws SQLException {
        sql.connection().setAutoCommit(false);
        sql.run("INSERT INTO t VALUES (1, 1, 'a')", "SAVEPOINT before");
        assertThat(sql.failure("INSERT INTO t VALUES (2, 2, 'b'), (1, 3, 'c')").getSQLState())
                .isEqualTo("23505");
        sql.run("ROLLBACK TO SAVEPOINT before", "INSERT INTO t VALUES (3, 3, 'd')");
        sql.connection().commit();

        assertThat(sql.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "3");
    }

    @Test
    void batchInAutoCommitIsAllOrNothing() throws SQLException {
        try (PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO t VALUES (?, 1, 'x')")) {
            for (int id : new int[] {1, 2, 1, 3}) {
                insert.setInt(1, id);
                insert.addBatch();
            }
            BatchUpdateException failure = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);

            assertThat(failure.getSQLState()).isEqualTo("23505");
        }
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void truncateEmptiesATable() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')", "TRUNCATE TABLE t");

        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
        assertThat(sql.update("INSERT INTO t VALUES (1, 1, 'a')")).isOne();
    }

    @Test
    void manyRowsGoThroughOneStatement() throws SQLException {
        sql.run("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                + " SELECT i, i % 7, 'row ' || i FROM n");

        assertThat(sql.rows("SELECT count(*), sum(id), count(DISTINCT n), max(s) FROM t"))
                .containsExactly("10000|50005000|7|row 9999");
        assertThat(sql.update("UPDATE t SET n = -1 WHERE n = 0")).isEqualTo(1428);
        assertThat(sql.update("DELETE FROM t WHERE n = -1")).isEqualTo(1428);
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("8572");
    }
}
