// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SELECT DISTINCT ON (..)}: of the rows with the same keys the first, as in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DistinctOnTest {
    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @BeforeAll
    void createTable() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, a TEXT, b INT)",
                "INSERT INTO t VALUES (1, 'x', 3), (2, 'x', 5), (3, 'y', 1), (4, 'y', NULL), (5, NULL, 7), (6, NULL, 2)");
    }

    @AfterAll
    void close() throws SQLException {
        sql.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                    SELECT DISTINCT ON (a) a, id FROM t ORDER BY a, id;                               x|1, y|3, null|5
                    SELECT DISTINCT ON (a) a, id FROM t ORDER BY a, b DESC NULLS LAST;                x|2, y|3, null|5
                    SELECT DISTINCT ON (a) * FROM t ORDER BY a DESC NULLS LAST, b;                    3|y|1, 1|x|3, 6|null|2
                    SELECT DISTINCT ON (a) id FROM t ORDER BY a, id LIMIT 2;                          1, 3
                    SELECT DISTINCT ON (k) a AS k, b AS v FROM t ORDER BY k, v;                       x|3, y|1, null|2
                    SELECT DISTINCT ON (1) a, id FROM t ORDER BY 1, 2 DESC;                           x|2, y|4, null|6
                    SELECT DISTINCT ON (a, b) a, b FROM t WHERE id < 4 ORDER BY b, a;                 y|1, x|3, x|5
                    SELECT DISTINCT ON (id % 2) id % 2 AS r, id FROM t ORDER BY id % 2, id DESC;      0|6, 1|5
                    SELECT DISTINCT ON (a) a, COUNT(*) AS n FROM t GROUP BY a, b > 2 ORDER BY a, COUNT(*) DESC, a; x|2, y|1, null|1
                    SELECT COUNT(*) FROM (SELECT DISTINCT ON (a) id FROM t) AS d;                     3
                    SELECT id FROM t WHERE id IN (SELECT DISTINCT ON (a) id FROM t ORDER BY a, id DESC) ORDER BY id; 2, 4, 6
                    WITH d AS (SELECT DISTINCT ON (a) a, id FROM t ORDER BY a, id) SELECT SUM(id) FROM d; 9
                    WITH d AS (SELECT * FROM t) SELECT DISTINCT ON (a) id FROM d ORDER BY a, id;      1, 3, 5
                    SELECT DISTINCT ON (a) id FROM t WHERE b > 2 ORDER BY a, id;                      1, 5
                    SELECT a FROM t WHERE a IS NOT DISTINCT FROM 'x';                                 x, x
                    SELECT COUNT(DISTINCT a) FROM t;                                                  2
                    """)
    void answersTheFirstRowOfEachKey(String query, String rows) throws SQLException {
        assertThat(sql.rows(query)).containsExactly(rows.split(", "));
    }

    @Test
    void writesViewsTablesAndParameters() throws SQLException {
        sql.run(
                "CREATE VIEW latest AS SELECT DISTINCT ON (a) a, id FROM t ORDER BY a, id DESC",
                "CREATE TABLE kept AS SELECT DISTINCT ON (a) a, id FROM t ORDER BY a, id");
        assertThat(sql.rows("SELECT id FROM latest ORDER BY id")).containsExactly("2", "4", "6");
        assertThat(sql.rows("SELECT id FROM kept ORDER BY id")).containsExactly("1", "3", "5");

        try (PreparedStatement query = sql.connection()
                .prepareStatement("SELECT DISTINCT ON (a) id FROM t WHERE id > ? ORDER BY a, id LIMIT ?")) {
            query.setInt(1, 1);
            query.setInt(2, 2);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
                assertThat(Client.rows(rows)).containsExactly("2", "3");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                    SELECT DISTINCT ON (a) a FROM t ORDER BY b, a;                  42P10; line 1:42: Invalid ORDER BY
                    SELECT DISTINCT ON (a, b) a FROM t ORDER BY a, id, b;           42P10; line 1:48: Invalid ORDER BY
                    SELECT DISTINCT ON a FROM t;                                    42601; line 1:20
                    SELECT DISTINCT ON (nope) a FROM t;                             42703; line 1:21
                    SELECT DISTINCT ON (2) a, * FROM t;                             0A000; line 1:21
                    SELECT DISTINCT ON (a) a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1; 0A000; line 1:
                    """)
    void refusesWhatWouldMeanNothing(String query, String sqlState, String start) {
        SQLException failure = sql.failure(query);
        assertThat(failure.getSQLState()).isEqualTo(sqlState);
        assertThat(failure.getMessage()).startsWith(start);
    }
}
