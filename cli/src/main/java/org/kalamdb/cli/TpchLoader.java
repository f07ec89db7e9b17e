// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Generates TPC-H rows in this process and inserts them through JDBC batches. Confined to one thread. */
final class TpchLoader {
    private static final int BATCH_ROWS = 1_000;
    private static final int COMMIT_ROWS = 50_000;

    /** Rows at scale factor 1; lineitem is what the generator comes to. */
    private static final Map<String, Long> ROWS_AT_SCALE_1 = Map.of(
            "region", 5L,
            "nation", 25L,
            "supplier", 10_000L,
            "part", 200_000L,
            "partsupp", 800_000L,
            "customer", 150_000L,
            "orders", 1_500_000L,
            "lineitem", 6_001_215L);

    private final Connection connection;
    private final double scale;
    private final PrintStream out;
    private final boolean terminal;

    /**
     * @param connection in whose schema the tables exist
     * @param scale TPC-H scale factor
     * @param terminal whether {@code out} can redraw a line
     */
    TpchLoader(Connection connection, double scale, PrintStream out, boolean terminal) {
        this.connection = connection;
        this.scale = scale;
        this.out = out;
        this.terminal = terminal;
    }

    /** Fills all eight tables and returns how many rows they have together. */
    long load() throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            long rows = 0;
            for (TpchTable<?> table : TpchTable.getTables()) {
                rows += load(table);
            }
            return rows;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private <E extends TpchEntity> long load(TpchTable<E> table) throws SQLException {
        String name = table.getTableName();
        List<TpchColumn<E>> columns = table.getColumns();
        String insert =
                "INSERT INTO " + name + " VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        long expectedRows = Math.max(1, (long) (ROWS_AT_SCALE_1.getOrDefault(name, 1L) * scale));
        ProgressBar progress = new ProgressBar(out, terminal, name, expectedRows);
        long rows = 0;
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (E entity : table.createGenerator(scale, 1, 1)) {
                bind(statement, columns, entity);
                statement.addBatch();
                rows++;
                if (rows % BATCH_ROWS == 0) {
                    statement.executeBatch();
                    progress.update(rows);
                }
                if (rows % COMMIT_ROWS == 0) {
                    connection.commit();
                }
            }
            statement.executeBatch();
            connection.commit();
        }
        progress.finish(rows);
        return rows;
    }

    private static <E extends TpchEntity> void bind(PreparedStatement statement, List<TpchColumn<E>> columns, E entity)
            throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            TpchColumn<E> column = columns.get(i);
            int parameter = i + 1;
            switch (column.getType().getBase()) {
                case IDENTIFIER -> statement.setLong(parameter, column.getIdentifier(entity));
                case INTEGER -> statement.setInt(parameter, column.getInteger(entity));
                case VARCHAR -> statement.setString(parameter, column.getString(entity));
                case DATE -> statement.setObject(parameter, LocalDate.ofEpochDay(column.getDate(entity)));
                // Amounts of money and percentages; the generator keeps them as hundredths.
                case DOUBLE ->
                    statement.setBigDecimal(
                            parameter, BigDecimal.valueOf(Math.round(column.getDouble(entity) * 100), 2));
            }
        }
    }
}
