// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** A connection with the few calls that tests make. Confined to one thread. */
public final class Client implements AutoCloseable {
    private final Connection connection;

    public Client(String url) {
        this.connection = TestDatabases.connect(url);
    }

    public Client(Connection connection) {
        this.connection = connection;
    }

    public Client(String user, String url) {
        this.connection = TestDatabases.connectAs(user, url);
    }

    public Connection connection() {
        return connection;
    }

    /** Runs statements in order, whatever they answer. */
    public void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs a statement and answers how many rows it changed. */
    public int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The rows of a query as text, the values of a row joined by {@code |}. */
    public List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows);
        }
    }

    public static List<String> rows(ResultSet rows) throws SQLException {
        int width = rows.getMetaData().getColumnCount();
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= width; column++) {
                values.add(String.valueOf(rows.getString(column)));
            }
            texts.add(String.join("|", values));
        }
        return texts;
    }

    /** The one value of a query. */
    public String value(String sql) throws SQLException {
        List<String> rows = rows(sql);
        Assertions.assertThat(rows).as(sql).hasSize(1);
        return rows.get(0);
    }

    /** How a statement fails; it must. */
    public SQLException failure(String sql) {
        SQLException failure = catchThrowableOfType(SQLException.class, () -> run(sql));
        Assertions.assertThat((Throwable) failure).as("%s must fail", sql).isNotNull();
        return failure;
    }

    /** How a statement fails when it is run or when its rows are read; it must. */
    public SQLException failureOfReading(String sql) {
        SQLException failure = catchThrowableOfType(SQLException.class, () -> {
            try (Statement statement = connection.createStatement()) {
                if (statement.execute(sql)) {
                    rows(statement.getResultSet());
                }
            }
        });
        Assertions.assertThat((Throwable) failure).as("%s must fail", sql).isNotNull();
        return failure;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
