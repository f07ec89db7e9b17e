// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection, and a table of its own with three rows. Confined to one thread. */
final class Fixture implements AutoCloseable {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private final Driver driver;
    private final List<Connection> connections = new ArrayList<>();
    private final Connection keeper;
    private final Connection connection;
    private final String table = "items" + TABLES.incrementAndGet();

    /** @param keeper a connection that keeps the database in memory */
    Fixture(Driver driver, Connection keeper) throws SQLException {
        this.driver = driver;
        this.keeper = keeper;
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE TABLE " + table
                    + " (id INT NOT NULL PRIMARY KEY, name VARCHAR(40), price DECIMAL(10, 2), note CLOB, data BLOB)");
            statement.execute("INSERT INTO " + table
                    + " (id, name, price) VALUES (1, 'one', 1.50), (2, 'two', 2.50), (3, NULL, NULL)");
        }
        this.connection = other();
    }

    Driver driver() {
        return driver;
    }

    Connection connection() {
        return connection;
    }

    /** One more connection to the same database. */
    Connection other() throws SQLException {
        Connection other = driver.connect();
        connections.add(other);
        return other;
    }

    /** The name of the table: id, name, price, note and data, with the ids 1 to 3. */
    String table() {
        return table;
    }

    int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Rows of the table. */
    ResultSet rows(int type, int concurrency) throws SQLException {
        return connection
                .createStatement(type, concurrency)
                .executeQuery("SELECT id, name, price FROM " + table + " ORDER BY id");
    }

    /** The ids in the table, as {@code on} sees them. */
    List<Integer> ids(Connection on) throws SQLException {
        try (Statement statement = on.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM " + table + " ORDER BY id")) {
            List<Integer> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
            return ids;
        }
    }

    /** The ids that are committed. */
    List<Integer> committed() throws SQLException {
        return ids(keeper);
    }

    @Override
    public void close() throws SQLException {
        for (Connection each : connections) {
            if (!each.isClosed()) {
                if (!each.getAutoCommit()) {
                    each.rollback();
                }
                each.close();
            }
        }
        try (Statement statement = keeper.createStatement()) {
            statement.execute("DROP TABLE " + table);
        }
    }
}
