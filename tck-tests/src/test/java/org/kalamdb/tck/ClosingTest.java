// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the last connection leaves in the folder. */
final class ClosingTest {
    private static final int ROWS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void manyRowsLieCompressedInFilesAndNotInTheLog() throws Exception {
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder))) {
            fill(connection);
            assertThat(bytesOf(".log")).isGreaterThan(ROWS * 50L);
        }
        assertThat(bytesOf(".log")).isZero();
        assertThat(bytesOf(".sst")).isBetween(1L, ROWS * 50L);
        assertEveryRowIsThere();
    }

    @Test
    void aFewRowsStayInTheLogSinceThatIsQuicker() throws Exception {
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO t VALUES (1)");
        }
        assertThat(bytesOf(".log")).isPositive();
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY, name TEXT)");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setInt(1, i);
                insert.setString(2, "item number " + i + " of the catalogue");
                insert.addBatch();
                if (i % 1_000 == 999) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
        connection.setAutoCommit(true);
    }

    private void assertEveryRowIsThere() throws SQLException {
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM t WHERE name = 'item number ' || id || ' of the catalogue'")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(ROWS);
        }
    }

    private long bytesOf(String ending) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("hot"))) {
            files = all.filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        }
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
        }
        return sum;
    }
}
