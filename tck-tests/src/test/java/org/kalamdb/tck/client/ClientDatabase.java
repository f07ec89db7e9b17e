// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory that lives as long as this is open, however many connections clients open and close. */
final class ClientDatabase implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String url = "jdbc:kalamdb:mem:client" + COUNTER.incrementAndGet();
    private final Connection keeper;

    private ClientDatabase() throws SQLException {
        this.keeper = DriverManager.getConnection(url);
    }

    /** One with these tables. */
    static ClientDatabase with(String... definitions) throws SQLException {
        ClientDatabase database = new ClientDatabase();
        try (Statement statement = database.keeper.createStatement()) {
            for (String definition : definitions) {
                statement.execute(definition);
            }
        }
        return database;
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
    }
}
