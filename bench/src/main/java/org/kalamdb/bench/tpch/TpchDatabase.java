// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database that answers TPC-H, in a folder of its own beside the files it is filled from. */
enum TpchDatabase {
    KALAMDB("kalamdb") {
        /** As a flush policy does in the background: DuckDB has all rows in columns too. */
        @Override
        List<String> afterLoading() {
            return List.of("STORAGE FLUSH ALL");
        }
    },

    DUCKDB("duckdb"),

    /** Runs each query: it would answer one it has just answered without. */
    H2("h2") {
        @Override
        String url(TpchFiles files) {
            return super.url(files) + ";OPTIMIZE_REUSE_RESULTS=0";
        }

        @Override
        String copy(TpchTable<?> table, Path file) {
            String columns = String.join(
                    "|",
                    table.getColumns().stream()
                            .map(column -> column.getColumnName())
                            .toList());
            return "INSERT INTO " + table.getTableName() + " SELECT * FROM CSVREAD('" + file + "', '" + columns
                    + "', 'fieldSeparator=| preserveWhitespace=true')";
        }

        @Override
        List<String> afterLoading() {
            return List.of("ANALYZE");
        }
    };

    private final String name;

    TpchDatabase(String name) {
        this.name = name;
    }

    String url(TpchFiles files) {
        return "jdbc:" + name + ":" + files.folder().resolve(name);
    }

    Connection open(TpchFiles files) throws SQLException {
        return DriverManager.getConnection(url(files));
    }

    String copy(TpchTable<?> table, Path file) {
        return "COPY " + table.getTableName() + " FROM '" + file + "' (FORMAT csv, HEADER FALSE, DELIMITER '|')";
    }

    List<String> afterLoading() {
        return List.of();
    }

    /** Fills it if it is not full yet, and prints what that cost. */
    void load(TpchFiles files) throws SQLException, IOException {
        Path loaded = files.folder().resolve(name + ".loaded");
        if (Files.exists(loaded)) {
            return;
        }
        Cost before = Cost.now();
        try (Connection connection = open(files);
                Statement statement = connection.createStatement()) {
            for (String create : TpchTexts.schema()) {
                statement.execute(create);
            }
            for (TpchTable<?> table : TpchTable.getTables()) {
                for (Path file : files.of(table)) {
                    statement.execute(copy(table, file));
                }
            }
            for (String last : afterLoading()) {
                statement.execute(last);
            }
        }
        System.out.println("Loaded " + name + " in " + Cost.now().since(before));
        Files.createFile(loaded);
    }
}
