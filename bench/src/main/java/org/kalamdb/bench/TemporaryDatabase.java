// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A database in a temporary folder, which goes with it. Failures are unchecked, since JMH constructs its states without
 * checked exceptions. Confined to one thread.
 */
final class TemporaryDatabase implements AutoCloseable {
    private final Path folder;
    private final Connection connection;

    /** @param sql the statement that makes the table */
    TemporaryDatabase(String sql) {
        try {
            folder = Files.createTempDirectory("kalamdb-bench");
            connection = DriverManager.getConnection(url());
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the database", e);
        }
    }

    private String url() {
        return "jdbc:kalamdb:" + folder.resolve("db");
    }

    /** Another connection. @param properties as they stand in a URL */
    Connection connect(String properties) {
        try {
            return DriverManager.getConnection(url() + "?" + properties);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot connect with " + properties, e);
        }
    }

    PreparedStatement prepare(String sql) {
        try {
            return connection.prepareStatement(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare " + sql, e);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        connection.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(TemporaryDatabase::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
