// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table option COMPRESSION, as another reader of Parquet sees it. */
final class CompressionTest {
    @ParameterizedTest
    @CsvSource({"none, UNCOMPRESSED", "snappy, SNAPPY", "LZ4, LZ4_RAW", "zstd, ZSTD", ", ZSTD"})
    void isThatOfNewSegments(String option, String codec, @TempDir Path folder) throws SQLException {
        try (Client sql = new Client(TestDatabases.url(folder));
                Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            sql.run(
                    "CREATE TABLE t (id INT PRIMARY KEY, v TEXT)"
                            + (option == null ? "" : " WITH (COMPRESSION = '" + option + "')"),
                    "INSERT INTO t SELECT x, 'text ' || (x % 100) || ' and more of it' FROM GENERATE_SERIES(1, 10000) AS s (x)",
                    "STORAGE FLUSH TABLE t");
            String file = "'" + folder.resolve("cold").resolve(sql.value("SELECT file FROM system.manifest")) + "'";

            try (ResultSet codecs = statement.executeQuery(
                    "SELECT DISTINCT compression FROM parquet_metadata(" + file + ") WHERE path_in_schema = 'v'")) {
                assertThat(Client.rows(codecs)).containsExactly(codec);
            }
            String query = "SELECT id, v FROM %s WHERE id > 9500 ORDER BY id";
            try (ResultSet rows = statement.executeQuery(query.formatted(file))) {
                assertThat(sql.rows(query.formatted("t")))
                        .isEqualTo(Client.rows(rows))
                        .hasSize(500);
            }
            assertThat(sql.rows("SELECT v FROM t WHERE id = 4711")).containsExactly("text 11 and more of it");
        }
    }
}
