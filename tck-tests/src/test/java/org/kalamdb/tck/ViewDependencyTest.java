// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What views read is not dropped from under them. */
final class ViewDependencyTest {
    private static final String VIEWS = "SELECT table_name FROM information_schema.views ORDER BY table_name";

    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void create() throws SQLException {
        sql.run(
                "CREATE NAMESPACE other",
                "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, \"We \"\"ird\" INT)",
                "CREATE TABLE u (id INT PRIMARY KEY)",
                "CREATE VIEW of_a AS SELECT a FROM t",
                "CREATE VIEW counted AS SELECT count(*) AS n FROM T",
                "CREATE VIEW everything AS SELECT * FROM t",
                "CREATE VIEW other.through (x) AS SELECT a + 1 FROM main.of_a",
                "CREATE VIEW about_t AS SELECT 't' AS t, id FROM u");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void tablesStayAsLongAsViewsReadThem() throws SQLException {
        SQLException failure = sql.failure("DROP TABLE u, t");
        assertThat(failure.getSQLState()).isEqualTo("2BP01");
        assertThat(failure.getMessage())
                .isEqualTo("line 1:1: Cannot drop tables main.u, main.t: views main.about_t, main.counted,"
                        + " main.everything, main.of_a, other.through read it; drop those first or use CASCADE");
        assertThat(sql.failure("DROP TABLE u").getMessage())
                .endsWith("Cannot drop table main.u: view main.about_t reads it; drop that first or use CASCADE");
        assertThat(sql.value("SELECT n FROM counted")).isEqualTo("0");
    }

    @Test
    void cascadeTakesTheViewsWithTheirTable() throws SQLException {
        sql.run("DROP TABLE t CASCADE");
        assertThat(sql.rows(VIEWS)).containsExactly("about_t");
        sql.run("CREATE TABLE t (id INT)", "CREATE VIEW of_a AS SELECT id FROM t");
    }

    @Test
    void columnsStayAsLongAsViewsReadThem() throws SQLException {
        assertThat(sql.failure("ALTER TABLE t DROP COLUMN a").getMessage())
                .endsWith("Cannot drop column a of table main.t: views main.everything, main.of_a, other.through read"
                        + " it; drop those first or use CASCADE");
        assertThat(sql.failure("ALTER TABLE t DROP COLUMN b").getMessage()).contains("view main.everything reads it");
        sql.run("DROP VIEW everything", "ALTER TABLE t DROP COLUMN b", "ALTER TABLE t DROP COLUMN a CASCADE");
        assertThat(sql.rows(VIEWS)).containsExactly("about_t", "counted");
        assertThat(sql.value("SELECT n FROM counted")).isEqualTo("0");
    }

    @Test
    void viewsStayAsLongAsOthersReadThem() throws SQLException {
        assertThat(sql.failure("DROP VIEW of_a").getMessage()).contains("view other.through reads it");
        assertThat(sql.failure("DROP VIEW counted, missing").getSQLState()).isEqualTo("42P01");
        assertThat(sql.value("SELECT n FROM counted")).isEqualTo("0");
        sql.run("DROP VIEW other.through, of_a");
        assertThat(sql.rows(VIEWS)).containsExactly("about_t", "counted", "everything");
    }

    @Test
    void namesInViewsMayBeQuotedOrEscaped() throws SQLException {
        sql.run(
                "CREATE TABLE \"A \"\"b\" (x INT)",
                "CREATE TABLE plain (x INT)",
                "CREATE VIEW quoted AS SELECT x FROM \"A \"\"b\"",
                "CREATE VIEW escaped AS SELECT x FROM U&\"\\0070lain\"");
        assertThat(sql.failure("DROP TABLE \"A \"\"b\"").getSQLState()).isEqualTo("2BP01");
        assertThat(sql.failure("DROP TABLE plain").getSQLState()).isEqualTo("2BP01");
        assertThat(sql.failure("ALTER TABLE t DROP COLUMN \"We \"\"ird\"").getSQLState())
                .isEqualTo("2BP01");
    }

    @Test
    void namespacesTakeViewsOfOthersWithThem() throws SQLException {
        sql.run(
                "CREATE TABLE other.inner_table (id INT)",
                "CREATE VIEW outer_view AS SELECT id FROM other.inner_table",
                "CREATE VIEW outer_of_view AS SELECT x FROM other.through");
        assertThat(sql.failure("DROP NAMESPACE other").getSQLState()).isEqualTo("2BP01");
        sql.run("DROP NAMESPACE other CASCADE");
        assertThat(sql.rows(VIEWS)).containsExactly("about_t", "counted", "everything", "of_a");
    }
}
