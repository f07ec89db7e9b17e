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
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.TypeKind;

/** A statement with parameters. Confined to one thread, except {@link #cancel()} and {@link #close()}. */
final class JdbcPreparedStatement extends JdbcStatement implements PreparedStatement {
    /** What a parameter holds before it is set, as null is NULL. */
    private static final Object UNSET = new Object();

    private final String sql;
    private final PreparedQuery query;
    private final List<ParameterInfo> parameterInfos;
    private final @Nullable Object[] values;
    private final List<@Nullable Object[]> batch = new ArrayList<>();

    /** @param query owned by this statement from now on */
    JdbcPreparedStatement(JdbcConnection connection, String sql, PreparedQuery query, CursorOptions cursorOptions) {
        super(connection, cursorOptions, true);
        this.sql = sql;
        this.query = query;
        this.parameterInfos = query.parameters();
        this.values = new @Nullable Object[parameterInfos.size()];
        Arrays.fill(values, UNSET);
    }

    // Execution

    @Override
    public ResultSet executeQuery() throws SQLException {
        run(Expected.ROWS);
        return currentRows();
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        run(Expected.COUNT);
        return currentUpdateCount();
    }

    @Override
    public int executeUpdate() throws SQLException {
        return toIntCount(executeLargeUpdate());
    }

    @Override
    public boolean execute() throws SQLException {
        run(Expected.ANYTHING);
        return getResultSet() != null;
    }

    private void run(Expected expected) throws SQLException {
        requireOpen();
        run(query, boundValues(), expected);
    }

    /** A copy, since rows may still be computed from it when the application sets the next values. */
    private @Nullable Object[] boundValues() throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == UNSET) {
                throw SqlExceptions.error(
                        ErrorCode.PARAMETER_NOT_SET,
                        "Cannot run the statement: parameter " + (i + 1) + " of " + values.length + " is not set");
            }
        }
        return values.clone();
    }

    @Override
    public void addBatch() throws SQLException {
        requireOpen();
        batch.add(boundValues());
    }

    @Override
    public void clearBatch() throws SQLException {
        requireOpen();
        batch.clear();
    }

    /**
     * Runs the statement once for each entry. In auto-commit mode the entries are one transaction: all of them take
     * effect or, if one fails, none.
     */
    @Override
    public long[] executeLargeBatch() throws SQLException {
        List<@Nullable Object[]> entries = List.copyOf(batch);
        batch.clear();
        Session session = startExecution();
        try {
            if (entries.isEmpty()) {
                return new long[0];
            }
            requireExpected(query, Expected.COUNT);
            boolean allOrNothing =
                    query.kind() == StatementKind.DML && session.autoCommit() && !session.inTransaction();
            session.armCancel();
            requireNotCancelled();
            BatchResult result = query.executeBatch(entries);
            KalamException failure = result.failure();
            if (failure != null) {
                long[] counts = allOrNothing ? new long[entries.size()] : result.counts();
                if (allOrNothing) {
                    Arrays.fill(counts, EXECUTE_FAILED);
                }
                throw SqlExceptions.batchFailure(failure(failure), counts);
            }
            takeKeys(result.generatedKeys());
            return result.counts();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw failure(e);
        } finally {
            access().finish();
        }
    }

    // Metadata

    /** The columns of the rows that the statement answers, without running it; null if it answers none. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        requireOpen();
        List<ResultColumn> columns = query.columns();
        return columns.isEmpty() ? null : new JdbcResultSetMetaData(columns);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        requireOpen();
        return new JdbcParameterMetaData(parameterInfos);
    }

    // Parameters

    @Override
    public void clearParameters() throws SQLException {
        requireOpen();
        Arrays.fill(values, UNSET);
    }

    private void set(int index, @Nullable Object value) throws SQLException {
        requireOpen();
        if (index < 1 || index > values.length) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER,
                    "Invalid parameter index: the statement has " + values.length + " parameters, got: " + index);
        }
        values[index - 1] = value;
    }

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
        setObject(index, value, targetSqlType.getVendorTypeNumber());
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(index, value, targetSqlType.getVendorTypeNumber(), scaleOrLength);
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
        if (parameterInfos.get(index - 1).type().kind() == TypeKind.DATETIME) {
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
    public void setUnicodeStream(int index, InputStream value, int length) throws SQLException {
        throw SqlExceptions.notSupported("Unsupported setUnicodeStream, use setCharacterStream");
    }

    @Override
    public void setRef(int index, Ref value) throws SQLException {
        throw SqlExceptions.notSupported("There are no values of type REF, store the key of the row");
    }

    @Override
    public void setRowId(int index, RowId value) throws SQLException {
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

    // Life

    @Override
    void ended() throws SQLException {
        access().release(query);
        access().owner().statementClosed(this);
    }

    /** What was prepared may be of no use any more, for what it names is gone. */
    @Override
    void failed(SQLException failure) {
        if (String.valueOf(failure.getSQLState()).startsWith(SqlExceptions.SYNTAX_OR_ACCESS_RULE_VIOLATION)) {
            access().owner().statementFailed(this, failure);
        }
    }

    @Override
    public String toString() {
        return "JdbcPreparedStatement[" + sql + "]";
    }
}
