// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Check constraints: which rows they refuse and what becomes of them when their table changes. */
final class CheckConstraintTest {
    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void refusesRowsForWhichItIsFalse() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT CHECK (n > 0), s TEXT,"
                + " CONSTRAINT short CHECK (char_length(s) < n OR s LIKE 'x%'))");

        sql.run("INSERT INTO t VALUES (1, 5, 'abc'), (2, 1, 'xyz'), (3, NULL, 'abc'), (4, NULL, NULL)");

        SQLException failure = sql.failure("INSERT INTO t VALUES (5, 9, 'a'), (6, 0, 'b')");
        assertThat(failure.getSQLState()).isEqualTo("23514");
        assertThat(failure.getMessage())
                .isEqualTo("Row of table main.t violates check constraint \"t_n_check\" (n > 0): n = 0");
        assertThat(sql.failure("UPDATE t SET s = 'abcdef' WHERE id = 1").getMessage())
                .contains("\"short\"", "n = 5", "s = abcdef");
        assertThat(sql.failure("INSERT INTO t VALUES (1, 5, 'q') ON CONFLICT (id) DO UPDATE SET n = -1")
                        .getSQLState())
                .isEqualTo("23514");
        assertThat(sql.failure("MERGE INTO t USING (VALUES (1)) AS v(i) ON t.id = v.i"
                                + " WHEN MATCHED THEN UPDATE SET n = 0")
                        .getSQLState())
                .isEqualTo("23514");
        assertThat(sql.rows("SELECT id, n FROM t ORDER BY id")).containsExactly("1|5", "2|1", "3|null", "4|null");
    }

    @Test
    void looksAtEveryRowOfALargeStatement() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT CHECK (n < 3000))");
        String numbers = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < %d) ";

        assertThat(sql.failure("INSERT INTO t " + numbers.formatted(3000) + "SELECT i, i FROM r")
                        .getSQLState())
                .isEqualTo("23514");
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(sql.update("INSERT INTO t " + numbers.formatted(2999) + "SELECT i, i FROM r"))
                .isEqualTo(2999);
    }

    @Test
    void isAddedOnlyIfTheRowsSatisfyIt() throws SQLException {
        sql.run("CREATE TABLE t (id INT, n INT)", "INSERT INTO t VALUES (1, 1), (2, -1)");

        assertThat(sql.failure("ALTER TABLE t ADD CONSTRAINT positive CHECK (n > 0)")
                        .getSQLState())
                .isEqualTo("23514");
        sql.run("UPDATE t SET n = NULL WHERE id = 2", "ALTER TABLE t ADD CONSTRAINT positive CHECK (n > 0)");
        assertThat(sql.failure("INSERT INTO t VALUES (3, 0)").getSQLState()).isEqualTo("23514");
        assertThat(sql.rows("SELECT constraint_name, check_clause FROM information_schema.check_constraints"))
                .containsExactly("positive|n > 0");
        sql.run("ALTER TABLE t DROP CONSTRAINT positive", "INSERT INTO t VALUES (3, 0)");
    }

    @Test
    void holdsTheColumnsItReads() throws SQLException {
        sql.run("CREATE TABLE t (a INT, b INT, CHECK (a < b))");

        assertThat(sql.failure("ALTER TABLE t DROP COLUMN a").getSQLState()).isEqualTo("2BP01");
        assertThat(sql.failure("ALTER TABLE t RENAME COLUMN a TO c").getSQLState())
                .isEqualTo("2BP01");
        sql.run("ALTER TABLE t RENAME TO u", "INSERT INTO u VALUES (1, 2)");
        assertThat(sql.failure("INSERT INTO u VALUES (2, 2)").getSQLState()).isEqualTo("23514");
        sql.run("ALTER TABLE u DROP COLUMN a CASCADE", "INSERT INTO u VALUES (2)");
    }

    @Test
    void refusesConditionsThatReadMoreThanTheRow() {
        assertThat(sql.failure("CREATE TABLE t (a INT CHECK (a > (SELECT 1)))").getSQLState())
                .isEqualTo("0A000");
        assertThat(sql.failure("CREATE TABLE t (a INT CHECK (a > ?))").getSQLState())
                .isEqualTo("0A000");
        assertThat(sql.failure("CREATE TABLE t (a INT CHECK (sum(a) > 0))").getSQLState())
                .startsWith("42");
        assertThat(sql.failure("CREATE TABLE t (a INT CHECK (b > 0))").getSQLState())
                .isEqualTo("42703");
        assertThat(sql.failure("CREATE TABLE t (a INT CHECK (a + 1))").getSQLState())
                .startsWith("42");
    }
}
