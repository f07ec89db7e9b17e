// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.KalamException;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.value.CalendarValues;
import org.kalamdb.jdbc.value.ColumnReader;
import org.kalamdb.type.KalamDataType;

/**
 * The row that a result set is on, if it is on one: a row of a batch, whose values are read straight from the batch's vectors. Confined
 * to one thread.
 */
final class CurrentRow {
    private static final int NONE = -1;

    private final JdbcResultSet owner;
    private final List<ResultColumn> columns;
    private final ColumnReader[] readers;

    private @Nullable ColumnBatch batch;
    /** 0-based row in the batch. */
    private int row = NONE;

    private int batchRows;
    private boolean wasNull;

    /** @param maxFieldBytes what values of TEXT, JSON and BYTES are cut off to; 0 for any */
    CurrentRow(JdbcResultSet owner, List<ResultColumn> columns, int maxFieldBytes) {
        this.owner = owner;
        this.columns = columns;
        this.readers = new ColumnReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ColumnReader.of(columns.get(i).type(), maxFieldBytes);
        }
    }

    // Which row it is

    boolean exists() {
        return row >= 0;
    }

    /** Whether its batch has a row behind it. */
    boolean hasNext() {
        return row + 1 < batchRows;
    }

    /** Goes on to the next row of the batch, which there must be. */
    void moveOn() {
        row++;
    }

    /** Makes a row of a batch the current one. */
    void show(ColumnBatch shown, int rowOfBatch) {
        batch = shown;
        batchRows = shown.rowCount();
        for (int i = 0; i < readers.length; i++) {
            readers[i].bind(shown.column(i));
        }
        row = rowOfBatch;
    }

    /** Makes stored values the current row, which is none of a batch: there is no next one. */
    void showAlone(@Nullable Object[] values) {
        show(MemoryCursor.ofRow(columns.stream().map(ResultColumn::type).toList(), values), 0);
        batchRows = 0;
    }

    /** Leaves no row the current one. */
    void leave() {
        row = NONE;
        batchRows = 0;
        batch = null;
    }

    /** Copies the row out of its batch, which the fetch of the next one invalidates. */
    void copyOut() {
        if (batch != null) {
            show(MemoryCursor.copyRow(batch, row), 0);
        }
    }

    @Nullable
    ColumnBatch batch() {
        return batch;
    }

    int rowOfBatch() {
        return row;
    }

    /** All values, as they are stored. @throws SQLException if there is no row */
    @Nullable
    Object[] requireStored() throws SQLException {
        ColumnBatch shown = batch;
        if (row < 0 || shown == null) {
            throw owner.noCurrentRow();
        }
        return MemoryCursor.storedRow(shown, row);
    }

    // Its values

    /** Whether the value read last was NULL. */
    boolean wasNull() {
        return wasNull;
    }

    void requireColumn(int jdbcColumn) throws SQLException {
        SqlExceptions.requireColumn(jdbcColumn, readers.length);
    }

    /** The reader of a column, after noting whether its value is NULL. */
    private ColumnReader reader(int jdbcColumn) throws SQLException {
        int current = row;
        if (current < 0) {
            throw owner.noCurrentRow();
        }
        owner.requireReadable();
        requireColumn(jdbcColumn);
        ColumnReader reader = readers[jdbcColumn - 1];
        wasNull = reader.isNull(current);
        return reader;
    }

    /** The failure of a conversion, with the column it happened in. */
    private SQLException unreadable(int jdbcColumn, RuntimeException failure) {
        if (owner.wasClosed()) {
            // By another thread, which took the row away.
            return SqlExceptions.closed("result set");
        }
        if (failure instanceof KalamException expected) {
            return SqlExceptions.error(
                    expected.code(),
                    "Cannot read column \"" + columns.get(jdbcColumn - 1).label() + "\": " + expected.rawMessage(),
                    expected);
        }
        return SqlExceptions.fromEngine(failure);
    }

    /** The type of a column, after noting whether its value is NULL. */
    KalamDataType type(int jdbcColumn) throws SQLException {
        return reader(jdbcColumn).type();
    }

    /** The value as an object of {@code target}, or null for NULL. */
    @Nullable
    Object convert(int jdbcColumn, Class<?> target) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        if (wasNull) {
            return null;
        }
        try {
            return reader.convert(row, target);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    /** The value through the time zone of a calendar, or null for NULL. */
    @Nullable
    CalendarValues calendarValues(int jdbcColumn, Calendar calendar) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        if (wasNull) {
            return null;
        }
        try {
            return CalendarValues.read(reader, row, calendar);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    boolean getBoolean(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return !wasNull && reader.getBoolean(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    byte getByte(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? 0 : reader.getByte(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    short getShort(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? 0 : reader.getShort(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    int getInt(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? 0 : reader.getInt(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    long getLong(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? 0 : reader.getLong(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    float getFloat(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? 0 : reader.getFloat(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    double getDouble(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? 0 : reader.getDouble(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    @Nullable
    String getString(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? null : reader.getString(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    @Nullable
    BigDecimal getBigDecimal(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? null : reader.getBigDecimal(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }

    byte @Nullable [] getBytes(int jdbcColumn) throws SQLException {
        ColumnReader reader = reader(jdbcColumn);
        try {
            return wasNull ? null : reader.getBytes(row);
        } catch (RuntimeException e) {
            throw unreadable(jdbcColumn, e);
        }
    }
}
