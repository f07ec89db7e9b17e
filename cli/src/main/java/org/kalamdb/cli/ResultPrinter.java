// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints result sets as tables. Column widths come from the first rows, so a result of any size is printed with bounded
 * memory. Confined to one thread.
 */
final class ResultPrinter {
    private static final int SAMPLE_ROWS = 1_000;

    private final PrintStream out;

    ResultPrinter(PrintStream out) {
        this.out = out;
    }

    /** Prints all rows that are left and returns how many they were. */
    long print(ResultSet rows) throws SQLException {
        return print(rows, Long.MAX_VALUE);
    }

    /** Prints up to {@code maxRows} rows, reads the others without printing them, and returns how many there were. */
    long print(ResultSet rows, long maxRows) throws SQLException {
        int columnCount = rows.getMetaData().getColumnCount();
        return print(rows, maxRows, IntStream.rangeClosed(1, columnCount).toArray());
    }

    /** Prints the columns with these labels of all rows that are left and returns how many rows there were. */
    long print(ResultSet rows, List<String> labels) throws SQLException {
        int[] columns = new int[labels.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.findColumn(labels.get(i));
        }
        return print(rows, Long.MAX_VALUE, columns);
    }

    private long print(ResultSet rows, long maxRows, int[] columns) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        List<String> headers = new ArrayList<>();
        List<Boolean> rightAligned = new ArrayList<>();
        for (int column : columns) {
            headers.add(metaData.getColumnLabel(column));
            rightAligned.add(isNumber(metaData.getColumnType(column)));
        }
        List<List<@Nullable String>> sample = new ArrayList<>();
        long count = 0;
        while (count < Math.min(SAMPLE_ROWS, maxRows) && rows.next()) {
            sample.add(read(rows, columns));
            count++;
        }
        BoxTable table = BoxTable.fit(headers, rightAligned, sample);
        out.println(table.top());
        sample.forEach(row -> out.println(table.row(row)));
        while (rows.next()) {
            if (count < maxRows) {
                out.println(table.row(read(rows, columns)));
            }
            count++;
        }
        out.println(table.bottom());
        return count;
    }

    /** The line below a table. */
    static String footer(long rowCount) {
        return rowCount == 1 ? "(1 row)" : "(" + rowCount + " rows)";
    }

    private static List<@Nullable String> read(ResultSet rows, int[] columns) throws SQLException {
        List<@Nullable String> cells = new ArrayList<>(columns.length);
        for (int column : columns) {
            cells.add(rows.getString(column));
        }
        return cells;
    }

    private static boolean isNumber(int jdbcType) {
        return switch (jdbcType) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL -> true;
            default -> false;
        };
    }
}
