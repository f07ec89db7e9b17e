// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.metadata.JdbcParameterMetaData;
import org.kalamdb.jdbc.metadata.JdbcResultSetMetaData;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/** A statement with parameters. Confined to one thread, except {@link #cancel()} and {@link #close()}. */
final class JdbcPreparedStatement extends ParameterizedStatement {
    /** What a parameter holds before it is set, as null is NULL. */
    private static final Object UNSET = new Object();

    private final String sql;
    private final PreparedQuery query;
    private final List<ParameterInfo> parameterInfos;
    private final @Nullable Object[] values;
    private final List<@Nullable Object[]> batch = new ArrayList<>();

    /** @param query owned by this statement from now on */
    JdbcPreparedStatement(JdbcConnection connection, String sql, PreparedQuery query, CursorOptions cursorOptions) {
        super(connection, cursorOptions);
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
        return results().updateCount();
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
        return runBatch(entries.size(), () -> query.executeBatch(entries));
    }

    private long[] runBatch(int entries, Supplier<BatchResult> run) throws SQLException {
        Session session = startExecution();
        try {
            if (entries == 0) {
                return new long[0];
            }
            requireExpected(query, Expected.COUNT);
            boolean allOrNothing =
                    query.kind() == StatementKind.DML && session.autoCommit() && !session.inTransaction();
            session.armCancel();
            requireNotCancelled();
            BatchResult result = run.get();
            KalamException failure = result.failure();
            if (failure != null) {
                long[] counts = allOrNothing ? new long[entries] : result.counts();
                if (allOrNothing) {
                    Arrays.fill(counts, EXECUTE_FAILED);
                }
                throw SqlExceptions.batchFailure(failure(failure), counts);
            }
            results().takeKeys(result.generatedKeys());
            return result.counts();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw failure(e);
        } finally {
            access().finish();
        }
    }

    /** Unwraps {@link ColumnarParameters} too. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == ColumnarParameters.class) {
            requireOpen();
            return type.cast(new Columns());
        }
        return super.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type == ColumnarParameters.class || super.isWrapperFor(type);
    }

    /** The parameters of this statement as vectors. Confined to one thread. */
    private final class Columns implements ColumnarParameters {
        @Override
        public List<KalamDataType> types() {
            return parameterInfos.stream().map(ParameterInfo::type).toList();
        }

        @Override
        public long[] executeBatch(ColumnBatch columns) throws SQLException {
            return runBatch(columns.rowCount(), () -> query.executeBatch(columns));
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

    @Override
    void set(int index, @Nullable Object value) throws SQLException {
        requireOpen();
        SqlExceptions.requireParameter(index, values.length);
        values[index - 1] = value;
    }

    @Override
    boolean isMoment(int index) {
        return parameterInfos.get(index - 1).type().kind() == TypeKind.DATETIME;
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
