// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are grouped by no more columns than tell groups apart, and the answers are those of DuckDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DependentKeysTest {
    private static final String[] TABLES = {
        "CREATE TABLE nation (n_id INT PRIMARY KEY, n_name VARCHAR(20))",
        "CREATE TABLE customer (c_id INT PRIMARY KEY, c_name VARCHAR(20), c_nation INT, c_code INT UNIQUE)",
        "CREATE TABLE part (p_order INT, p_line INT, p_text VARCHAR(20), PRIMARY KEY (p_order, p_line))",
        "CREATE TABLE sale (s_id INT PRIMARY KEY, s_customer INT, s_line INT, s_price INT)",
        "INSERT INTO nation VALUES (1, 'one'), (2, 'two'), (3, NULL)",
        "INSERT INTO customer VALUES (1, 'ann', 1, 7), (2, 'ann', 2, NULL), (3, NULL, 3, NULL), (4, 'bob', NULL, 8)",
        "INSERT INTO part VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c'), (2, 2, NULL)",
        "INSERT INTO sale VALUES (1, 1, 1, 10), (2, 1, 2, 20), (3, 2, 1, 30), (4, 3, 2, 40), (5, 9, 1, 50), (6, NULL, 2, 60)"
    };

    private final Client client = new Client(TestDatabases.freshMemoryUrl());
    private final Client reference = new Client("jdbc:duckdb:");

    @BeforeAll
    void fillTables() throws SQLException {
        client.run(TABLES);
        reference.run(TABLES);
    }

    @AfterAll
    void close() throws SQLException {
        client.close();
        reference.close();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = ';',
            value = {
                // A key determines the columns of its table, on both sides of outer joins as well.
                "by c_id:; SELECT c_id, c_name, SUM(s_price) FROM customer JOIN sale ON s_customer = c_id"
                        + " GROUP BY c_id, c_name",
                "by c_id:; SELECT c_name, c_id, c_nation, COUNT(*) FROM sale LEFT JOIN customer ON s_customer = c_id"
                        + " GROUP BY c_name, c_id, c_nation",
                "by c_id:; SELECT c_id, c_name, SUM(s_price) FROM customer LEFT JOIN sale ON s_customer = c_id"
                        + " GROUP BY c_id, c_name HAVING c_name = 'ann'",
                // What an inner join finds by a column that is determined is determined.
                "by c_id:; SELECT c_id, n_name, SUM(s_price) FROM customer JOIN sale ON s_customer = c_id"
                        + " JOIN nation ON n_id = c_nation GROUP BY c_id, n_name",
                "by s_customer:; SELECT s_customer, c_name, COUNT(*) FROM sale JOIN customer ON s_customer = c_id"
                        + " GROUP BY s_customer, c_name",
                // An outer join may find nothing for some rows with the same value.
                "'by s_customer, c_name:'; SELECT s_customer, c_name, COUNT(*) FROM sale LEFT JOIN customer"
                        + " ON s_customer = c_id AND s_line = 1 GROUP BY s_customer, c_name",
                // Of a key of two columns, one alone determines nothing.
                "'by p_order, p_line:'; SELECT p_order, p_line, p_text, COUNT(*) FROM part JOIN sale ON s_line = p_line"
                        + " GROUP BY p_order, p_line, p_text",
                "'by p_order, p_text:'; SELECT p_order, p_text, COUNT(*) FROM part JOIN sale ON s_line = p_line"
                        + " GROUP BY p_order, p_text",
                // Several rows may have NULL in a column that is unique.
                "'by c_code, c_name:'; SELECT c_code, c_name, COUNT(*) FROM customer JOIN sale ON s_line = c_nation"
                        + " GROUP BY c_code, c_name",
                // Each reading of a table is one of its own.
                "'by c_id, c_name:'; SELECT b.c_id, a.c_name, COUNT(*) FROM customer a JOIN customer b"
                        + " ON a.c_nation <= b.c_nation GROUP BY b.c_id, a.c_name",
                // Grouping sets have rows in which a key stands for all values.
                "'(c_id, c_name), (c_id), ()'; SELECT c_id, c_name, SUM(s_price) FROM customer"
                        + " JOIN sale ON s_customer = c_id GROUP BY ROLLUP (c_id, c_name)"
            })
    void groupsByWhatTellsGroupsApart(String keys, String query) throws SQLException {
        assertThat(String.join("\n", client.rows("EXPLAIN " + query))).contains(keys);
        assertThat(client.rows(query)).containsExactlyInAnyOrderElementsOf(reference.rows(query));
    }
}
