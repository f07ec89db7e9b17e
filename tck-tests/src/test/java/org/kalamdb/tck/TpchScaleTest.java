// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The 22 queries of TPC-H answer as DuckDB does also over so many rows that they are in segments, read by several threads, and
 * that joins and groups do not fit the memory given to them. The scale is 1 unless {@code -Dkalamdb.tpch.scale} says another,
 * the scarce memory 4 MB unless {@code -Dkalamdb.tpch.memory} says another. With {@code -Dkalamdb.tpch.folder} the databases are
 * kept there in a folder for each scale, whose layout is that of {@code TpchComparison}, and loaded once.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpchScaleTest {
    private final double scale = Double.parseDouble(System.getProperty("kalamdb.tpch.scale", "1"));
    private final String scarceMemory = System.getProperty("kalamdb.tpch.memory", "4MB");

    private Connection kalam;
    private Connection reference;

    @BeforeAll
    void load(@TempDir Path temporary) throws SQLException, IOException {
        String kept = System.getProperty("kalamdb.tpch.folder");
        Path folder = (kept == null ? temporary : Path.of(kept)).resolve(Double.toString(scale));
        Files.createDirectories(folder);
        Path kalamFolder = folder.resolve("kalamdb");
        kalam = TestDatabases.connect(TestDatabases.url(kalamFolder) + "?threads=4");
        if (isLoading(kalamFolder)) {
            TpchData.createTables(kalam);
            TpchData.load(kalam, scale);
            run("STORAGE FLUSH ALL");
            loaded(kalamFolder);
        }
        Path referenceFile = folder.resolve("duckdb");
        reference = TestDatabases.connect("jdbc:duckdb:" + referenceFile);
        if (isLoading(referenceFile)) {
            TpchData.createTables(reference);
            TpchData.append(reference.unwrap(DuckDBConnection.class), scale);
            loaded(referenceFile);
        }
    }

    private static boolean isLoading(Path database) {
        return !Files.exists(mark(database));
    }

    private static void loaded(Path database) throws IOException {
        Files.createFile(mark(database));
    }

    /** A file beside a database that is there when all rows are in it. */
    private static Path mark(Path database) {
        return database.resolveSibling(database.getFileName() + ".loaded");
    }

    @AfterAll
    void close() throws SQLException {
        kalam.close();
        reference.close();
    }

    @ParameterizedTest(name = "Q{0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void answersQueryWithAmpleAndWithScarceMemory(int number) throws SQLException, IOException {
        run("RESET memory_limit");
        TpchAnswers.assertSame(kalam, reference, number);

        run("SET memory_limit = '" + scarceMemory + "'");
        TpchAnswers.assertSame(kalam, reference, number);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = kalam.createStatement()) {
            statement.execute(sql);
        }
    }
}
