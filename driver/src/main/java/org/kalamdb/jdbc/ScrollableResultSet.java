// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.jdbc.cursor.HeldRows;

/**
 * Rows read in any direction. Those that were read are kept on the heap, and none is read before it is needed. Confined to
 * one thread, except {@link #close()}.
 */
final class ScrollableResultSet extends JdbcResultSet {
    /** By the number of their first row, from 1 on. */
    private final TreeMap<Long, ColumnBatch> batches = new TreeMap<>();

    private long rowsRead;
    private boolean allRead;
    /** 0 before the first row, {@code rowsRead + 1} after the last one. */
    private long position;

    private int fetchDirection = ResultSet.FETCH_FORWARD;

    ScrollableResultSet(JdbcStatement statement, ResultCursor cursor, long maxRows) {
        super(statement, cursor, maxRows);
    }

    private boolean moveTo(long target) throws SQLException {
        requireOpen();
        leaveEditing(true);
        if (target < 1 || !isRead(target)) {
            position = target < 1 ? 0 : rowsRead + 1;
            leaveRows();
            return false;
        }
        Map.Entry<Long, ColumnBatch> batch = batches.floorEntry(target);
        showRow(batch.getValue(), (int) (target - batch.getKey()));
        position = target;
        arriveEditing();
        return true;
    }

    @Override
    long rowNumber() {
        return position;
    }

    /** Reads on up to a row. Returns whether there is one of that number. */
    private boolean isRead(long target) throws SQLException {
        while (rowsRead < target && !allRead) {
            readBatch();
        }
        return target <= rowsRead;
    }

    private long countRows() throws SQLException {
        isRead(Long.MAX_VALUE);
        return rowsRead;
    }

    private void readBatch() throws SQLException {
        ColumnBatch batch = fetch();
        if (batch != null) {
            long wanted = maxRows() == 0 ? Long.MAX_VALUE : maxRows() - rowsRead;
            int count = (int) Math.min(wanted, batch.rowCount());
            batches.put(rowsRead + 1, HeldRows.copy(batch, count));
            rowsRead += count;
        }
        if (batch == null || rowsRead == maxRows()) {
            allRead = true;
            releaseCursor();
        }
    }

    @Override
    public boolean next() throws SQLException {
        return moveTo(position + 1);
    }

    @Override
    public boolean previous() throws SQLException {
        return moveTo(position - 1);
    }

    @Override
    public boolean first() throws SQLException {
        return moveTo(1);
    }

    @Override
    public boolean last() throws SQLException {
        requireOpen();
        return moveTo(countRows());
    }

    @Override
    public void beforeFirst() throws SQLException {
        moveTo(0);
    }

    @Override
    public void afterLast() throws SQLException {
        requireOpen();
        moveTo(countRows() + 1);
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        requireOpen();
        return moveTo(row >= 0 ? row : countRows() + 1 + row);
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        return moveTo(position + rows);
    }

    @Override
    boolean isPastEnd() {
        return position > 0;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        requireOpen();
        return position == 0 && isRead(1);
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        requireOpen();
        return rowsRead > 0 && position > rowsRead;
    }

    @Override
    public boolean isFirst() throws SQLException {
        requireOpen();
        return position == 1 && rowsRead > 0;
    }

    @Override
    public boolean isLast() throws SQLException {
        requireOpen();
        return position > 0 && position <= rowsRead && !isRead(position + 1);
    }

    @Override
    public int getRow() throws SQLException {
        requireOpen();
        return position > rowsRead ? 0 : (int) Math.min(position, Integer.MAX_VALUE);
    }

    @Override
    public int getType() throws SQLException {
        requireOpen();
        return TYPE_SCROLL_INSENSITIVE;
    }

    @Override
    public int getFetchDirection() throws SQLException {
        requireOpen();
        return fetchDirection;
    }

    /** A hint without effect. */
    @Override
    public void setFetchDirection(int direction) throws SQLException {
        requireOpen();
        fetchDirection = CursorOptions.requireDirection(direction);
    }

    @Override
    void forgetRows() {
        super.forgetRows();
        batches.clear();
    }
}
