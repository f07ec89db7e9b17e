// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.cursor.HeldRows;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.metadata.JdbcParameterMetaData;
import org.kalamdb.jdbc.value.CallInput;
import org.kalamdb.jdbc.value.ParameterValues;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeMapping;

/**
 * A call of a function, which is run as a query of one row once the types of its parameters are known. Its value is the
 * first parameter, of the name {@value #VALUE_NAME}, or a row, as its text says. Confined to one thread, except
 * {@link #cancel()} and {@link #close()}.
 */
final class JdbcCallableStatement extends NamedParametersStatement {
    /** The name of the parameter that is the value of a function; upper and lower case are the same. */
    static final String VALUE_NAME = "returnValue";

    /** The column that has the value. */
    private static final int VALUE = 1;

    private static final int MAX_DIGITS = 38;

    private final CallText text;
    /** Null where a parameter is not set. */
    private final @Nullable CallInput[] inputs;

    private boolean registered;
    /** What the value is converted to; null for what it is. */
    private @Nullable KalamDataType registeredType;

    /** At the value of the last execution; null if there is none. */
    private @Nullable JdbcResultSet answer;

    JdbcCallableStatement(JdbcConnection connection, CallText text, CursorOptions cursorOptions) {
        super(connection, cursorOptions);
        this.text = text;
        this.inputs = new @Nullable CallInput[text.inputCount()];
    }

    // Execution

    @Override
    public boolean execute() throws SQLException {
        if (!text.answersParameter()) {
            executeQuery();
            return true;
        }
        executeLargeUpdate();
        return false;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        if (text.answersParameter()) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR,
                    "Cannot query with a call whose value is a parameter, use execute, or leave out '? =' for a row");
        }
        requireOpen();
        String sql = "SELECT " + call();
        PreparedQuery query = connection().call(session -> session.prepare(sql));
        try {
            run(query, values(), Expected.ROWS);
        } finally {
            access().release(query);
        }
        return currentRows();
    }

    /** 0: a function changes nothing. */
    @Override
    public long executeLargeUpdate() throws SQLException {
        if (!text.answersParameter()) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot update with a call that answers a row, use executeQuery");
        }
        requireOpen();
        requireRegistered();
        answer = null;
        String value = registeredType == null ? call() : "CAST(" + call() + " AS " + registeredType.sqlName() + ")";
        @Nullable Object[] values = values();
        startExecution();
        try {
            ResultCursor row = runBeside("SELECT " + value, values, JdbcCallableStatement::copied);
            if (row == null) {
                throw new IllegalStateException("A call has answered no row");
            }
            answer = new JdbcResultSet(row);
            answer.next();
        } finally {
            access().finish();
        }
        return 0;
    }

    private static @Nullable ResultCursor copied(StatementResult result) {
        return result instanceof StatementResult.Rows rows ? HeldRows.of(rows.cursor()) : null;
    }

    @Override
    public int executeUpdate() throws SQLException {
        return toIntCount(executeLargeUpdate());
    }

    private String call() throws SQLException {
        List<String> placeholders = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            placeholders.add(requireSet(i).placeholder());
        }
        return text.with(placeholders);
    }

    /** The values of the placeholders; a NULL of any type has none. */
    private @Nullable Object[] values() throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            CallInput input = requireSet(i);
            if (input.type() != null) {
                values.add(input.value());
            }
        }
        return values.toArray();
    }

    private CallInput requireSet(int input) throws SQLException {
        CallInput set = inputs[input];
        if (set == null) {
            throw SqlExceptions.error(
                    ErrorCode.PARAMETER_NOT_SET,
                    "Cannot run the call: parameter " + (input + firstInput()) + " is not set");
        }
        return set;
    }

    @Override
    public void addBatch() throws SQLException {
        throw SqlExceptions.error(
                ErrorCode.WRONG_OBJECT_TYPE, "Cannot add a call to a batch: it answers a value, use execute");
    }

    // Metadata

    /** Null: the type of the value is known when it is computed. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        requireOpen();
        return null;
    }

    /** As far as it is known: parameters that are not set are TEXT. */
    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        requireOpen();
        List<ParameterInfo> infos = new ArrayList<>();
        if (text.answersParameter()) {
            infos.add(info(registeredType));
        }
        for (CallInput input : inputs) {
            infos.add(info(input == null ? null : input.type()));
        }
        return new JdbcParameterMetaData(infos, text.answersParameter() ? 1 : 0);
    }

    private static ParameterInfo info(@Nullable KalamDataType type) {
        return new ParameterInfo(type == null ? KalamDataType.TEXT : type, true);
    }

    // Parameters

    private int firstInput() {
        return text.answersParameter() ? 2 : 1;
    }

    @Override
    void set(int index, @Nullable Object value) throws SQLException {
        requireOpen();
        inputs[inputOf(index)] = CallInput.of(value);
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        requireOpen();
        inputs[inputOf(index)] = new CallInput(null, TypeMapping.findByJdbcType(sqlType));
    }

    @Override
    public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
        setNull(index, sqlType);
    }

    private int inputOf(int index) throws SQLException {
        int input = index - firstInput();
        if (input < 0 || input >= inputs.length) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER,
                    "Invalid parameter index: those that are set are from " + firstInput() + " to "
                            + (firstInput() + inputs.length - 1) + ", got: " + index);
        }
        return input;
    }

    @Override
    boolean isMoment(int index) {
        CallInput input = inputs[index - firstInput()];
        return input != null && input.type() == KalamDataType.DATETIME;
    }

    @Override
    public void clearParameters() throws SQLException {
        requireOpen();
        Arrays.fill(inputs, null);
    }

    @Override
    int indexOf(@Nullable String name) throws SQLException {
        requireOpen();
        if (text.answersParameter() && VALUE_NAME.equalsIgnoreCase(name)) {
            return 1;
        }
        throw SqlExceptions.error(
                ErrorCode.INVALID_PARAMETER,
                "Unknown parameter, only the value has a name, " + VALUE_NAME + "; use the index of others, got: "
                        + name);
    }

    // The value

    @Override
    public void registerOutParameter(int index, int sqlType) throws SQLException {
        register(index, TypeMapping.findByJdbcType(sqlType));
    }

    @Override
    public void registerOutParameter(int index, int sqlType, int scale) throws SQLException {
        boolean hasScale = sqlType == Types.DECIMAL || sqlType == Types.NUMERIC;
        if (hasScale && (scale < 0 || scale > MAX_DIGITS)) {
            throw SqlExceptions.invalid("scale: must be between 0 and " + MAX_DIGITS, scale);
        }
        register(index, hasScale ? KalamDataType.decimal(MAX_DIGITS, scale) : TypeMapping.findByJdbcType(sqlType));
    }

    @Override
    public void registerOutParameter(int index, int sqlType, @Nullable String typeName) throws SQLException {
        registerOutParameter(index, sqlType);
    }

    @Override
    public void registerOutParameter(int index, SQLType sqlType) throws SQLException {
        registerOutParameter(index, ParameterValues.typeOf(sqlType));
    }

    @Override
    public void registerOutParameter(int index, SQLType sqlType, int scale) throws SQLException {
        registerOutParameter(index, ParameterValues.typeOf(sqlType), scale);
    }

    @Override
    public void registerOutParameter(int index, SQLType sqlType, @Nullable String typeName) throws SQLException {
        registerOutParameter(index, ParameterValues.typeOf(sqlType));
    }

    /** @param type null to leave it as it is */
    private void register(int index, @Nullable KalamDataType type) throws SQLException {
        requireOpen();
        requireValueIndex(index);
        registered = true;
        registeredType = type;
    }

    private void requireValueIndex(int index) throws SQLException {
        if (index != 1 || !text.answersParameter()) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER,
                    "Invalid index of a value: only parameter 1 of {? = call ...} has one, got: " + index);
        }
    }

    private void requireRegistered() throws SQLException {
        if (!registered) {
            throw SqlExceptions.error(
                    ErrorCode.PARAMETER_NOT_SET, "Cannot run the call: call registerOutParameter(1, type) first");
        }
    }

    private JdbcResultSet value(int index) throws SQLException {
        requireOpen();
        requireValueIndex(index);
        JdbcResultSet row = answer;
        if (row == null) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot read the value of a call that was not executed");
        }
        return row;
    }

    @Override
    public boolean wasNull() throws SQLException {
        return value(1).wasNull();
    }

    @Override
    public @Nullable String getString(int index) throws SQLException {
        return value(index).getString(VALUE);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        return value(index).getBoolean(VALUE);
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return value(index).getByte(VALUE);
    }

    @Override
    public short getShort(int index) throws SQLException {
        return value(index).getShort(VALUE);
    }

    @Override
    public int getInt(int index) throws SQLException {
        return value(index).getInt(VALUE);
    }

    @Override
    public long getLong(int index) throws SQLException {
        return value(index).getLong(VALUE);
    }

    @Override
    public float getFloat(int index) throws SQLException {
        return value(index).getFloat(VALUE);
    }

    @Override
    public double getDouble(int index) throws SQLException {
        return value(index).getDouble(VALUE);
    }

    @Override
    @Deprecated
    public @Nullable BigDecimal getBigDecimal(int index, int value) throws SQLException {
        return value(index).getBigDecimal(VALUE, value);
    }

    @Override
    public byte @Nullable [] getBytes(int index) throws SQLException {
        return value(index).getBytes(VALUE);
    }

    @Override
    public @Nullable Date getDate(int index) throws SQLException {
        return value(index).getDate(VALUE);
    }

    @Override
    public @Nullable Time getTime(int index) throws SQLException {
        return value(index).getTime(VALUE);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index) throws SQLException {
        return value(index).getTimestamp(VALUE);
    }

    @Override
    public @Nullable Object getObject(int index) throws SQLException {
        return value(index).getObject(VALUE);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
        return value(index).getBigDecimal(VALUE);
    }

    @Override
    public @Nullable Object getObject(int index, @Nullable Map<String, Class<?>> map) throws SQLException {
        return value(index).getObject(VALUE, map);
    }

    @Override
    public @Nullable Ref getRef(int index) throws SQLException {
        return value(index).getRef(VALUE);
    }

    @Override
    public @Nullable Blob getBlob(int index) throws SQLException {
        return value(index).getBlob(VALUE);
    }

    @Override
    public @Nullable Clob getClob(int index) throws SQLException {
        return value(index).getClob(VALUE);
    }

    @Override
    public @Nullable Array getArray(int index) throws SQLException {
        return value(index).getArray(VALUE);
    }

    @Override
    public @Nullable Date getDate(int index, @Nullable Calendar calendar) throws SQLException {
        return value(index).getDate(VALUE, calendar);
    }

    @Override
    public @Nullable Time getTime(int index, @Nullable Calendar calendar) throws SQLException {
        return value(index).getTime(VALUE, calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index, @Nullable Calendar calendar) throws SQLException {
        return value(index).getTimestamp(VALUE, calendar);
    }

    @Override
    public @Nullable URL getURL(int index) throws SQLException {
        return value(index).getURL(VALUE);
    }

    @Override
    public @Nullable RowId getRowId(int index) throws SQLException {
        return value(index).getRowId(VALUE);
    }

    @Override
    public @Nullable NClob getNClob(int index) throws SQLException {
        return value(index).getNClob(VALUE);
    }

    @Override
    public @Nullable SQLXML getSQLXML(int index) throws SQLException {
        return value(index).getSQLXML(VALUE);
    }

    @Override
    public @Nullable String getNString(int index) throws SQLException {
        return value(index).getNString(VALUE);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int index) throws SQLException {
        return value(index).getNCharacterStream(VALUE);
    }

    @Override
    public @Nullable Reader getCharacterStream(int index) throws SQLException {
        return value(index).getCharacterStream(VALUE);
    }

    @Override
    public <T> @Nullable T getObject(int index, @Nullable Class<T> type) throws SQLException {
        return value(index).getObject(VALUE, type);
    }

    // Life

    @Override
    void ended() throws SQLException {
        answer = null;
        access().owner().statementClosed(this);
    }

    @Override
    public String toString() {
        return "JdbcCallableStatement[" + text.with(Collections.nCopies(inputs.length, "?")) + "]";
    }
}
