// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The table that the workloads run on: a number, two more numbers, a text of some thirty characters. */
final class ItemTable {
    static final int BATCH_ROWS = 1_000;

    /** How many rows share a category, which the second index finds. */
    static final int ROWS_PER_CATEGORY = 10;

    private ItemTable() {}

    static void create(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (id BIGINT NOT NULL PRIMARY KEY, category INTEGER,"
                    + " name VARCHAR(64), price DOUBLE PRECISION)");
        }
    }

    static String insertSql(String name) {
        return "INSERT INTO " + name + " (id, category, name, price) VALUES (?, ?, ?, ?)";
    }

    static void bind(PreparedStatement insert, long id) throws SQLException {
        insert.setLong(1, id);
        insert.setInt(2, (int) (id / ROWS_PER_CATEGORY));
        insert.setString(3, "item number " + id + " of the catalogue");
        insert.setDouble(4, id % 10_000 / 100.0);
    }

    /** Inserts rows of the numbers from {@code first} on, a transaction a batch. */
    static void fill(Connection connection, String name, long first, long rows) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(insertSql(name))) {
            for (long id = first; id < first + rows; id++) {
                bind(insert, id);
                insert.addBatch();
                if ((id - first + 1) % BATCH_ROWS == 0 || id == first + rows - 1) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
