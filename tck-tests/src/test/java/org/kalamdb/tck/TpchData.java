// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The tables, rows and queries of TPC-H for any database. */
final class TpchData {
    private static final int BATCH_ROWS = 1_000;

    /** A transaction holds the rows it writes in memory. */
    private static final int TRANSACTION_ROWS = 200_000;

    private TpchData() {}

    /** Creates the eight tables. */
    static void createTables(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            for (String create : read("schema.sql").replaceAll("(?m)^--.*$", "").split(";")) {
                if (!create.isBlank()) {
                    statement.execute(create);
                }
            }
        }
    }

    /** Fills the eight tables by batches, in a transaction for each or, if a table is large, in several. */
    static void load(Connection connection, double scale) throws SQLException {
        connection.setAutoCommit(false);
        for (TpchTable<?> table : TpchTable.getTables()) {
            load(connection, table, scale);
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    private static <E extends TpchEntity> void load(Connection connection, TpchTable<E> table, double scale)
            throws SQLException {
        String parameters =
                String.join(", ", Collections.nCopies(table.getColumns().size(), "?"));
        String insert = "INSERT INTO " + table.getTableName() + " VALUES (" + parameters + ")";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int rows = 0;
            for (E entity : table.createGenerator(scale, 1, 1)) {
                int parameter = 1;
                for (TpchColumn<E> column : table.getColumns()) {
                    statement.setObject(parameter, value(column, entity));
                    parameter++;
                }
                statement.addBatch();
                rows++;
                if (rows % BATCH_ROWS == 0) {
                    statement.executeBatch();
                }
                if (rows % TRANSACTION_ROWS == 0) {
                    connection.commit();
                }
            }
            statement.executeBatch();
        }
    }

    /** Fills the eight tables of DuckDB, whose batches are slow. */
    static void append(DuckDBConnection connection, double scale) throws SQLException {
        for (TpchTable<?> table : TpchTable.getTables()) {
            try (DuckDBAppender appender = connection.createAppender(table.getTableName())) {
                append(appender, table, integerColumns(connection, table), scale);
            }
        }
    }

    private static <E extends TpchEntity> void append(
            DuckDBAppender appender, TpchTable<E> table, Set<String> integers, double scale) throws SQLException {
        for (E entity : table.createGenerator(scale, 1, 1)) {
            appender.beginRow();
            for (TpchColumn<E> column : table.getColumns()) {
                Object value = value(column, entity);
                if (value instanceof Number number && integers.contains(column.getColumnName())) {
                    appender.append(number.intValue());
                } else if (value instanceof Long number) {
                    appender.append(number.longValue());
                } else if (value instanceof BigDecimal decimal) {
                    appender.append(decimal);
                } else if (value instanceof LocalDate date) {
                    appender.append(date);
                } else {
                    appender.append((String) value);
                }
            }
            appender.endRow();
        }
    }

    /** The generator makes all keys BIGINT, and an appender converts nothing. */
    private static Set<String> integerColumns(Connection connection, TpchTable<?> table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, table.getTableName(), null)) {
            while (columns.next()) {
                if (columns.getInt("DATA_TYPE") == Types.INTEGER) {
                    names.add(columns.getString("COLUMN_NAME"));
                }
            }
        }
        return names;
    }

    private static <E extends TpchEntity> Object value(TpchColumn<E> column, E entity) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> column.getIdentifier(entity);
            case INTEGER -> column.getInteger(entity);
            case VARCHAR -> column.getString(entity);
            case DATE -> LocalDate.ofEpochDay(column.getDate(entity));
            // Amounts of money and percentages; the generator keeps them as hundredths.
            case DOUBLE -> BigDecimal.valueOf(Math.round(column.getDouble(entity) * 100), 2);
        };
    }

    /** The text of query 1 to 22. */
    static String query(int number) throws IOException {
        return read(String.format(Locale.ROOT, "q%02d.sql", number)).strip();
    }

    private static String read(String name) throws IOException {
        try (InputStream in = TpchData.class.getResourceAsStream("/tpch/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("tpch/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
