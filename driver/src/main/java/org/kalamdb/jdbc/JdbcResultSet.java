// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Updatability;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.cursor.HeldRows;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.jdbc.cursor.UpdatableCursor;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.error.Wrappers;
import org.kalamdb.jdbc.metadata.JdbcResultSetMetaData;
import org.kalamdb.jdbc.value.CalendarValues;
import org.kalamdb.type.TypeKind;

/**
 * Rows read forward, unless a subclass goes other ways. Getters read straight from the current batch's vectors. Confined to one thread, except
 * {@link #close()}.
 */
class JdbcResultSet extends ForwardOnlyResultSet {
    private static final Updatability NOT_ASKED_FOR =
            new Updatability.ReadOnly("its statement was not made with CONCUR_UPDATABLE");

    private final @Nullable JdbcStatement statement;
    private final ResultCursor cursor;
    private final List<ResultColumn> columns;
    private final CurrentRow current;
    private final ColumnLabels labels;
    private final long maxRows;
    /** The transaction these rows end with, by the connection's count of them; -1 if they belong to none. */
    private final int transactionNumber;

    /** Null if the rows cannot be changed. */
    private final @Nullable RowEditing editing;

    private final String readOnlyReason;
    private @Nullable SQLWarning warnings;
    /** The batch after the current one, if it had to be fetched to answer a question about the position. */
    private @Nullable ColumnBatch lookahead;

    private long rowNumber;
    /** The batch of the current row, while something else is shown in its place; null if nothing is or there is none. */
    private @Nullable ColumnBatch aside;

    private int asideRow;
    private boolean isAside;
    private boolean ended;
    private volatile boolean closed;

    /** A result that belongs to no statement. */
    JdbcResultSet(ResultCursor cursor) {
        this(null, cursor, 0);
    }

    /**
     * @param statement whose rows these are, or null
     * @param maxRows rows to show at most; 0 for all
     */
    JdbcResultSet(@Nullable JdbcStatement statement, ResultCursor cursor, long maxRows) {
        this.statement = statement;
        this.cursor = cursor;
        this.columns = cursor.columns();
        this.maxRows = maxRows;
        this.transactionNumber = statement == null || statement.cursorOptions().held()
                ? -1
                : statement.connection().transactionNumber();
        this.current = new CurrentRow(this, columns, statement == null ? 0 : statement.limits().maxFieldBytes);
        this.labels = new ColumnLabels(columns);
        Updatability updatability = cursor instanceof UpdatableCursor asked ? asked.updatability() : NOT_ASKED_FOR;
        if (statement != null && updatability instanceof Updatability.Updatable updatable) {
            this.editing = new RowEditing(this, columns, updatable, statement);
            this.readOnlyReason = "";
        } else {
            this.editing = null;
            this.readOnlyReason = updatability instanceof Updatability.ReadOnly readOnly ? readOnly.reason() : "";
        }
        if (cursor instanceof UpdatableCursor && editing == null) {
            warnings = SqlExceptions.optionChanged("The result set is read-only: " + readOnlyReason);
        }
    }

    // Position

    @Override
    public boolean next() throws SQLException {
        if (current.hasNext() && rowNumber != maxRows && !outlivesTransaction()) {
            current.moveOn();
            rowNumber++;
            return true;
        }
        return nextBatch();
    }

    private boolean nextBatch() throws SQLException {
        requireOpen();
        if (isAside) {
            leaveEditing(false);
            return next();
        }
        if (ended) {
            return false;
        }
        ColumnBatch next = limitReached() ? null : takeBatch();
        if (next == null) {
            end();
            return false;
        }
        current.show(next, 0);
        rowNumber++;
        return true;
    }

    /** Whether the transaction has ended whose snapshot the rows are read from. */
    private boolean outlivesTransaction() {
        return transactionNumber >= 0
                && statement != null
                && statement.connection().endedTransactions() != transactionNumber;
    }

    private boolean limitReached() {
        return maxRows > 0 && rowNumber >= maxRows;
    }

    private @Nullable ColumnBatch takeBatch() throws SQLException {
        ColumnBatch next = lookahead == null ? fetch() : lookahead;
        lookahead = null;
        return next;
    }

    final @Nullable ColumnBatch fetch() throws SQLException {
        if (statement != null) {
            return statement.fetch(cursor);
        }
        try {
            return cursor.next();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        }
    }

    /** Makes a row of a batch the current one. */
    final void showRow(ColumnBatch shown, int rowOfBatch) {
        current.show(shown, rowOfBatch);
    }

    /** Leaves no row the current one. */
    final void leaveRows() {
        current.leave();
    }

    /** Rows to show at most; 0 for all. */
    final long maxRows() {
        return maxRows;
    }

    /** After the last row the cursor is of no more use; what it holds is freed now, not when the application closes. */
    private void end() throws SQLException {
        ended = true;
        forgetRows();
        releaseCursor();
    }

    void forgetRows() {
        leaveRows();
        lookahead = null;
        aside = null;
        isAside = false;
    }

    final void releaseCursor() throws SQLException {
        if (statement == null) {
            cursor.close();
        } else {
            statement.access().release(cursor);
        }
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        requireOpen();
        if (rowNumber > 0 || ended) {
            return false;
        }
        return hasLookahead();
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        requireOpen();
        return ended && rowNumber > 0;
    }

    @Override
    public boolean isFirst() throws SQLException {
        requireOpen();
        return current.exists() && rowNumber == 1;
    }

    @Override
    public boolean isLast() throws SQLException {
        requireOpen();
        if (!current.exists()) {
            return false;
        }
        if (limitReached()) {
            return true;
        }
        if (isAside ? aside != null && asideRow + 1 < aside.rowCount() : current.hasNext()) {
            return false;
        }
        keepCurrentRow();
        return !hasLookahead();
    }

    private boolean hasLookahead() throws SQLException {
        if (lookahead == null) {
            lookahead = fetch();
        }
        return lookahead != null;
    }

    /** Copies the current row out of its batch, which the fetch of the next one invalidates. */
    private void keepCurrentRow() {
        if (lookahead != null) {
            return;
        }
        if (isAside && aside != null) {
            aside = MemoryCursor.copyRow(aside, asideRow);
            asideRow = 0;
        } else if (!isAside) {
            current.copyOut();
        }
    }

    // Changing rows

    /** The number of the current row, from 1 on. */
    long rowNumber() {
        return rowNumber;
    }

    /** The current row as stored values. @throws SQLException if there is none */
    final @Nullable Object[] requireRow() throws SQLException {
        return current.requireStored();
    }

    /** Shows other values in place of the current row, or none, until the result set moves. */
    final void showInstead(@Nullable Object @Nullable [] values) {
        if (!isAside) {
            isAside = true;
            aside = current.batch();
            asideRow = current.rowOfBatch();
        }
        leaveRows();
        if (values != null) {
            current.showAlone(values);
        }
    }

    /** Shows the current row again, as it was read. */
    final void showAsideAgain() {
        if (isAside) {
            isAside = false;
            ColumnBatch before = aside;
            aside = null;
            leaveRows();
            if (before != null) {
                current.show(before, asideRow);
            }
        }
    }

    /** Called before another row becomes the current one. */
    final void leaveEditing(boolean comesBack) {
        if (editing != null && isAside) {
            editing.leave(comesBack);
            showAsideAgain();
        }
    }

    /** Called when another row has become the current one. */
    final void arriveEditing() {
        if (editing != null) {
            editing.arrive();
        }
    }

    private RowEditing editing() throws SQLException {
        requireOpen();
        if (editing == null) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot change rows, the result set is read-only: " + readOnlyReason);
        }
        return editing;
    }

    @Override
    final void update(int column, @Nullable Object value) throws SQLException {
        RowEditing editing = editing();
        current.requireColumn(column);
        editing.set(column, value);
    }

    @Override
    public void updateRow() throws SQLException {
        editing().updateRow();
    }

    @Override
    public void deleteRow() throws SQLException {
        editing().deleteRow();
    }

    @Override
    public void insertRow() throws SQLException {
        editing().insertRow();
    }

    @Override
    public void refreshRow() throws SQLException {
        RowEditing editing = editing();
        if (getType() == TYPE_FORWARD_ONLY) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR,
                    "Cannot refresh a row of a forward-only result set, make the statement with TYPE_SCROLL_INSENSITIVE");
        }
        editing.refreshRow();
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        editing().cancelUpdates();
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        editing().moveToInsertRow();
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        editing().moveToCurrentRow();
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        requireOpen();
        return editing != null && editing.isUpdated();
    }

    /** False: a row that is inserted is not added to the result set. */
    @Override
    public boolean rowInserted() throws SQLException {
        requireOpen();
        return false;
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        requireOpen();
        return editing != null && editing.isDeleted();
    }

    @Override
    public int getRow() throws SQLException {
        requireOpen();
        return !current.exists() ? 0 : (int) Math.min(rowNumber, Integer.MAX_VALUE);
    }

    // Access to the current row

    /** The answer to whoever reads a value where there is none. */
    final SQLException noCurrentRow() throws SQLException {
        requireOpen();
        if (rowDeleted()) {
            return SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot use the current row: this result set has deleted it");
        }
        return SqlExceptions.error(
                ErrorCode.INVALID_CURSOR,
                isPastEnd()
                        ? "Cannot read a value after the last row"
                        : "Cannot read a value before the first row, call next first");
    }

    /** Whether the rows lie behind, if no row is the current one. */
    boolean isPastEnd() {
        return ended;
    }

    @Override
    public boolean wasNull() throws SQLException {
        requireOpen();
        return current.wasNull();
    }

    @Override
    public int findColumn(String label) throws SQLException {
        requireOpen();
        return labels.require(label);
    }

    /** Refuses a reading if the connection is closed. */
    final void requireReadable() throws SQLException {
        if (statement != null) {
            statement.access().requireOpen();
        }
    }

    /** Whether it was closed by itself, which another thread may do. */
    final boolean wasClosed() {
        return closed;
    }

    // Getters, which are those of the current row

    @Override
    @Nullable
    Object convert(int jdbcColumn, Class<?> target) throws SQLException {
        return current.convert(jdbcColumn, target);
    }

    @Override
    public boolean getBoolean(int jdbcColumn) throws SQLException {
        return current.getBoolean(jdbcColumn);
    }

    @Override
    public byte getByte(int jdbcColumn) throws SQLException {
        return current.getByte(jdbcColumn);
    }

    @Override
    public short getShort(int jdbcColumn) throws SQLException {
        return current.getShort(jdbcColumn);
    }

    @Override
    public int getInt(int jdbcColumn) throws SQLException {
        return current.getInt(jdbcColumn);
    }

    @Override
    public long getLong(int jdbcColumn) throws SQLException {
        return current.getLong(jdbcColumn);
    }

    @Override
    public float getFloat(int jdbcColumn) throws SQLException {
        return current.getFloat(jdbcColumn);
    }

    @Override
    public double getDouble(int jdbcColumn) throws SQLException {
        return current.getDouble(jdbcColumn);
    }

    @Override
    public @Nullable String getString(int jdbcColumn) throws SQLException {
        return current.getString(jdbcColumn);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int jdbcColumn) throws SQLException {
        return current.getBigDecimal(jdbcColumn);
    }

    @Override
    public byte @Nullable [] getBytes(int jdbcColumn) throws SQLException {
        return current.getBytes(jdbcColumn);
    }

    @Override
    public @Nullable Date getDate(int jdbcColumn, @Nullable Calendar calendar) throws SQLException {
        if (calendar == null) {
            return getDate(jdbcColumn);
        }
        CalendarValues values = current.calendarValues(jdbcColumn, calendar);
        return values == null ? null : values.toDate();
    }

    @Override
    public @Nullable Time getTime(int jdbcColumn, @Nullable Calendar calendar) throws SQLException {
        if (calendar == null) {
            return getTime(jdbcColumn);
        }
        CalendarValues values = current.calendarValues(jdbcColumn, calendar);
        return values == null ? null : values.toTime();
    }

    @Override
    public @Nullable Timestamp getTimestamp(int jdbcColumn, @Nullable Calendar calendar) throws SQLException {
        if (calendar == null) {
            return getTimestamp(jdbcColumn);
        }
        CalendarValues values = current.calendarValues(jdbcColumn, calendar);
        return values == null ? null : values.toTimestamp();
    }

    @Override
    public @Nullable Object getObject(int jdbcColumn) throws SQLException {
        return current.type(jdbcColumn).kind() == TypeKind.EMBEDDING
                ? getArray(jdbcColumn)
                : convert(jdbcColumn, Object.class);
    }

    // The result set itself

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        requireOpen();
        RowEditing changes = editing;
        return changes == null
                ? new JdbcResultSetMetaData(columns)
                : new JdbcResultSetMetaData(columns, changes::canWrite);
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        requireOpen();
        return statement;
    }

    @Override
    public int getType() throws SQLException {
        requireOpen();
        return TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        requireOpen();
        return editing == null ? CONCUR_READ_ONLY : CONCUR_UPDATABLE;
    }

    @Override
    public int getHoldability() throws SQLException {
        requireOpen();
        return CursorOptions.holdability(
                statement != null && statement.cursorOptions().held());
    }

    @Override
    public int getFetchDirection() throws SQLException {
        requireOpen();
        return FETCH_FORWARD;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        requireOpen();
        if (direction != FETCH_FORWARD) {
            throw SqlExceptions.notSupported("Result sets are read forward only");
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        requireOpen();
        return statement == null ? 0 : statement.getFetchSize();
    }

    /** A hint without effect: rows come in batches of the engine's size. */
    @Override
    public void setFetchSize(int rows) throws SQLException {
        requireOpen();
        StatementLimits.requireNotNegative("fetch size", rows);
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        requireOpen();
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        requireOpen();
        warnings = null;
    }

    @Override
    public boolean isClosed() {
        return closed || (statement != null && statement.isClosed()) || outlivesTransaction();
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        forgetRows();
        releaseCursor();
        if (statement != null) {
            statement.closed(this);
        }
    }

    final void requireOpen() throws SQLException {
        if (statement != null) {
            statement.access().requireOpen();
        }
        if (!closed && outlivesTransaction()) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot use a result set after the end of its transaction");
        }
        if (isClosed()) {
            throw SqlExceptions.closed("result set");
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type == ColumnarRows.class ? type.cast(columnarRows()) : Wrappers.unwrap(this, type);
    }

    private ColumnarRows columnarRows() throws SQLException {
        requireOpen();
        if (getType() != TYPE_FORWARD_ONLY || editing != null) {
            throw SqlExceptions.notSupported("The rows can be taken column by column only once and in order,"
                    + " make the statement with TYPE_FORWARD_ONLY and CONCUR_READ_ONLY");
        }
        if (rowNumber > 0 || ended) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Rows of the result set have been read, unwrap it before the first one");
        }
        return new UnwrappedRows(this, columns);
    }

    /** The rows that come next, as many as the engine gives at once; null at the end. */
    final @Nullable ColumnBatch nextWholeBatch() throws SQLException {
        requireOpen();
        ColumnBatch next = ended || limitReached() ? null : takeBatch();
        if (next == null) {
            if (!ended) {
                end();
            }
            return null;
        }
        long left = maxRows == 0 ? Long.MAX_VALUE : maxRows - rowNumber;
        ColumnBatch wanted = next.rowCount() <= left ? next : HeldRows.copy(next, (int) left);
        rowNumber += wanted.rowCount();
        return wanted;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type == ColumnarRows.class || Wrappers.isWrapperFor(this, type);
    }
}
