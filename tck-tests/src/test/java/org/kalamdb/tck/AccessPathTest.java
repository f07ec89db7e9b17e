// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition on the primary key reads by the key, whatever the rest of the statement asks for. */
final class AccessPathTest {
    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT, price DOUBLE)");
            statement.execute("INSERT INTO item VALUES (1, 'nut', 0.5), (2, 'bolt', 1.5), (3, 'nail', 2.5)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM item WHERE id = 2",
                "SELECT name FROM item WHERE id = 2",
                "SELECT price, name FROM item WHERE id = 2",
                "SELECT price * 2 FROM item WHERE id = 2",
                "SELECT name FROM item WHERE id BETWEEN 2 AND 3",
                "SELECT name FROM item WHERE id > 1 AND price > 2",
                "SELECT count(*) FROM item WHERE id = 2",
                "SELECT name FROM item WHERE id = 2 ORDER BY name",
                "UPDATE item SET price = 3 WHERE id = 2",
                "DELETE FROM item WHERE id = 2"
            })
    void readsByTheKey(String sql) throws SQLException {
        assertThat(plan(sql)).contains("item by primary key item_pkey");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM item WHERE price = 2.5",
                "SELECT name FROM item WHERE id = 2 OR price = 2.5",
                "SELECT name FROM item WHERE id + 1 = 2"
            })
    void readsEverythingWhereTheKeyDoesNotDecide(String sql) throws SQLException {
        assertThat(plan(sql)).doesNotContain("by primary key");
    }

    private String plan(String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("EXPLAIN " + sql)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
