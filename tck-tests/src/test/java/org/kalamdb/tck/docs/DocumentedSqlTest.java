// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every statement of {@code docs/sql.md}, in order and in one database. */
final class DocumentedSqlTest {
    /** Where the document has its files. */
    private static final String FILES = "'/data/";

    private static final Path DOCUMENT = Path.of("..", "docs", "sql.md");

    @TempDir
    private Path folder;

    @Test
    void doesWhatTheDocumentSays() throws IOException, SQLException {
        List<DocumentedStatement> statements = DocumentedStatement.of(Files.readAllLines(DOCUMENT));
        List<String> surprises = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:kalamdb:mem:")) {
            for (DocumentedStatement statement : statements) {
                SQLException failure = run(connection, statement.sql().replace(FILES, "'" + folder + "/"));
                String sqlState = failure == null ? null : failure.getSQLState();
                if (!Objects.equals(sqlState, statement.expectedSqlState())) {
                    surprises.add("line " + statement.line() + ": " + statement.sql() + "\n  expected "
                            + statement.expectedSqlState() + ", got " + sqlState
                            + (failure == null ? "" : ": " + failure.getMessage()));
                }
            }
        }

        assertThat(statements).hasSizeGreaterThan(150);
        assertThat(surprises).isEmpty();
    }

    /** What the statement fails with; null if it runs and its rows can be read to the end. */
    private static @Nullable SQLException run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                readAll(statement.getResultSet());
            }
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private static void readAll(ResultSet rows) throws SQLException {
        int columnCount = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int column = 1; column <= columnCount; column++) {
                rows.getString(column);
            }
        }
    }
}
