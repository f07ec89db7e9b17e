// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.value.CalendarValues;
import org.kalamdb.jdbc.value.ParameterValues;

/**
 * A statement with parameters, all of whose methods that set one come down to one of a subclass. Confined to one thread,
 * except {@link #cancel()} and {@link #close()}.
 */
abstract class ParameterizedStatement extends JdbcStatement implements PreparedStatement {
    ParameterizedStatement(JdbcConnection connection, CursorOptions cursorOptions) {
        super(connection, cursorOptions, true);
    }

    /**
     * Sets a parameter.
     *
     * @param index from 1 on
     * @param value that nobody else changes, as the engine takes it
     */
    abstract void set(int index, @Nullable Object value) throws SQLException;

    /** Whether a parameter, which has been set, is to be a moment rather than what a clock shows. */
    abstract boolean isMoment(int index);

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        set(index, null);
    }

    @Override
    public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
        set(index, null);
    }

    @Override
    public void setObject(int index, @Nullable Object value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType) throws SQLException {
        set(index, ParameterValues.as(value, targetSqlType));
    }

    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType, int scaleOrLength) throws SQLException {
        set(index, ParameterValues.as(value, targetSqlType, scaleOrLength));
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType) throws SQLException {
        setObject(index, value, ParameterValues.typeOf(targetSqlType));
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(index, value, ParameterValues.typeOf(targetSqlType), scaleOrLength);
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setString(int index, @Nullable String value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setNString(int index, @Nullable String value) throws SQLException {
        set(index, value);
    }

    @Override
    public void setBytes(int index, byte @Nullable [] value) throws SQLException {
        set(index, value == null ? null : value.clone());
    }

    @Override
    public void setDate(int index, @Nullable Date value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setTime(int index, @Nullable Time value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setArray(int index, @Nullable Array value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setURL(int index, @Nullable URL value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setBlob(int index, @Nullable Blob value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setClob(int index, @Nullable Clob value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setNClob(int index, @Nullable NClob value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    @Override
    public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar) throws SQLException {
        set(
                index,
                value == null || calendar == null
                        ? ParameterValues.of(value)
                        : CalendarValues.localDate(value, calendar));
    }

    @Override
    public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar) throws SQLException {
        set(
                index,
                value == null || calendar == null
                        ? ParameterValues.of(value)
                        : CalendarValues.localTime(value, calendar));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar) throws SQLException {
        if (value == null || calendar == null) {
            set(index, ParameterValues.of(value));
            return;
        }
        set(index, CalendarValues.localDateTime(value, calendar));
        // A moment needs no zone; only a clock without one is set by the calendar's.
        if (isMoment(index)) {
            set(
                    index,
                    value.toInstant().atZone(calendar.getTimeZone().toZoneId()).toOffsetDateTime());
        }
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream value, int length) throws SQLException {
        set(index, ParameterValues.ascii(value, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream value, long length) throws SQLException {
        set(index, ParameterValues.ascii(value, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
        set(index, ParameterValues.ascii(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream value, int length) throws SQLException {
        set(index, ParameterValues.bytes(value, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream value, long length) throws SQLException {
        set(index, ParameterValues.bytes(value, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
        set(index, ParameterValues.bytes(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader value, int length) throws SQLException {
        set(index, ParameterValues.text(value, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader value, long length) throws SQLException {
        set(index, ParameterValues.text(value, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
        set(index, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader value, long length) throws SQLException {
        set(index, ParameterValues.text(value, length));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
        set(index, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
        set(index, ParameterValues.bytes(value, length));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream value) throws SQLException {
        set(index, ParameterValues.bytes(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void setClob(int index, @Nullable Reader value, long length) throws SQLException {
        set(index, ParameterValues.text(value, length));
    }

    @Override
    public void setClob(int index, @Nullable Reader value) throws SQLException {
        set(index, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
        set(index, ParameterValues.text(value, length));
    }

    @Override
    public void setNClob(int index, @Nullable Reader value) throws SQLException {
        set(index, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, @Nullable InputStream value, int length) throws SQLException {
        throw SqlExceptions.notSupported("Unsupported setUnicodeStream, use setCharacterStream");
    }

    @Override
    public void setRef(int index, @Nullable Ref value) throws SQLException {
        throw SqlExceptions.notSupported("There are no values of type REF, store the key of the row");
    }

    @Override
    public void setRowId(int index, @Nullable RowId value) throws SQLException {
        throw SqlExceptions.notSupported("There are no values of type ROWID, store the key of the row");
    }

    @Override
    public void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
        set(index, ParameterValues.of(value));
    }

    // The methods of Statement that take a text

    private static SQLException textAlreadyGiven() {
        return SqlExceptions.error(
                ErrorCode.WRONG_OBJECT_TYPE, "Cannot run another text on a prepared statement, use createStatement");
    }

    @Override
    public ResultSet executeQuery(String other) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public boolean execute(String other) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public boolean execute(String other, int autoGeneratedKeys) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public boolean execute(String other, int[] columnIndexes) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public boolean execute(String other, String[] columnNames) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public int executeUpdate(String other) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public int executeUpdate(String other, int autoGeneratedKeys) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public int executeUpdate(String other, int[] columnIndexes) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public int executeUpdate(String other, String[] columnNames) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public long executeLargeUpdate(String other) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public long executeLargeUpdate(String other, int autoGeneratedKeys) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public long executeLargeUpdate(String other, int[] columnIndexes) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public long executeLargeUpdate(String other, String[] columnNames) throws SQLException {
        throw textAlreadyGiven();
    }

    @Override
    public void addBatch(String other) throws SQLException {
        throw textAlreadyGiven();
    }
}
