// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.Updatability;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.type.StoredValues;

/**
 * Changes to the rows of one result set: what is set and not written yet, the insert row, and the rows that were written,
 * which the result set shows as they are since. Rows are stored values, one for each column of the result. Confined to one
 * thread.
 */
final class RowEditing {
    private final JdbcResultSet rows;
    private final List<ResultColumn> columns;
    private final Updatability.Updatable target;
    private final RowStatements statements;
    private final Assignments pending;
    /** Rows changed by this result set, by their number; only the current one if it does not go back. */
    private final Map<Long, ChangedRow> changed = new HashMap<>();

    /** The current row as it was read or written last, while it is not the result set's batch that is shown. */
    private @Nullable Object @Nullable [] current;

    private boolean onInsertRow;

    /** @param values null if it was deleted @param isUpdated whether it was written, and not only read again */
    private record ChangedRow(@Nullable Object @Nullable [] values, boolean isUpdated) {
        static final ChangedRow DELETED = new ChangedRow(null, false);
    }

    RowEditing(JdbcResultSet rows, List<ResultColumn> columns, Updatability.Updatable target, JdbcStatement statement) {
        this.rows = rows;
        this.columns = columns;
        this.target = target;
        this.statements = new RowStatements(statement, target.table());
        this.pending = new Assignments(target.table().columns().size());
    }

    /** Whether the column of a 0-based index is one of the table that applications may write. */
    boolean canWrite(int index) {
        int position = target.positions().get(index);
        if (position == Updatability.COMPUTED) {
            return false;
        }
        IdentityDefinition identity = target.table().columns().get(position).identity();
        return identity == null || !identity.always();
    }

    // Setting columns

    /** @param jdbcColumn that exists */
    void set(int jdbcColumn, @Nullable Object value) throws SQLException {
        if (!onInsertRow) {
            requireCurrent();
        }
        int position = target.positions().get(jdbcColumn - 1);
        if (position == Updatability.COMPUTED) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR,
                    "Cannot update column \"" + columns.get(jdbcColumn - 1).label() + "\": it is computed");
        }
        ColumnDefinition column = target.table().columns().get(position);
        try {
            pending.set(position, value == null ? null : StoredValues.fromJava(column.dataType(), value));
        } catch (KalamException e) {
            throw SqlExceptions.error(
                    e.code(),
                    "Cannot update column \"" + columns.get(jdbcColumn - 1).label() + "\": " + e.rawMessage(),
                    e);
        }
        @Nullable Object[] before = nulls();
        if (!onInsertRow) {
            before = requireCurrent();
            current = before;
        }
        rows.showInstead(withPending(before));
    }

    private @Nullable Object[] nulls() {
        return new @Nullable Object[columns.size()];
    }

    private @Nullable Object[] withPending(@Nullable Object[] row) {
        @Nullable Object[] result = row.clone();
        pending.positions().forEach(position -> {
            for (int i = 0; i < result.length; i++) {
                if (target.positions().get(i) == position) {
                    result[i] = pending.value(position);
                }
            }
        });
        return result;
    }

    private @Nullable Object[] requireCurrent() throws SQLException {
        @Nullable Object[] known = current;
        return known == null ? rows.requireRow() : known;
    }

    private void requireOnRow(String action) throws SQLException {
        if (onInsertRow) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot " + action + " on the insert row, call moveToCurrentRow first");
        }
        requireCurrent();
    }

    // Writing

    void updateRow() throws SQLException {
        requireOnRow("update a row");
        if (pending.isEmpty()) {
            return;
        }
        @Nullable Object[] before = requireCurrent();
        if (!statements.update(pending, ofTable(before))) {
            throw gone("update");
        }
        @Nullable Object[] after = withPending(before);
        pending.clear();
        current = after;
        changed.put(rows.rowNumber(), new ChangedRow(after, true));
    }

    void deleteRow() throws SQLException {
        requireOnRow("delete a row");
        if (!statements.delete(ofTable(requireCurrent()))) {
            throw gone("delete");
        }
        pending.clear();
        current = null;
        changed.put(rows.rowNumber(), ChangedRow.DELETED);
        rows.showInstead(null);
    }

    void insertRow() throws SQLException {
        if (!onInsertRow) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_CURSOR, "Cannot insert the current row, call moveToInsertRow first");
        }
        statements.insert(pending);
        pending.clear();
        rows.showInstead(nulls());
    }

    void refreshRow() throws SQLException {
        requireOnRow("refresh a row");
        @Nullable Object[] before = requireCurrent();
        @Nullable Object[] read = statements.read(ofTable(before));
        if (read == null) {
            throw gone("refresh");
        }
        @Nullable Object[] after = before.clone();
        for (int i = 0; i < after.length; i++) {
            int position = target.positions().get(i);
            after[i] = position == Updatability.COMPUTED ? before[i] : read[position];
        }
        pending.clear();
        current = after;
        changed.put(rows.rowNumber(), new ChangedRow(after, isUpdated()));
        rows.showInstead(after);
    }

    /** A row of the result as one of the table; columns that are not part of the result are null. */
    private @Nullable Object[] ofTable(@Nullable Object[] row) {
        @Nullable
        Object[] result = new @Nullable Object[target.table().columns().size()];
        for (int i = 0; i < row.length; i++) {
            int position = target.positions().get(i);
            if (position != Updatability.COMPUTED) {
                result[position] = row[i];
            }
        }
        return result;
    }

    private SQLException gone(String action) {
        return SqlExceptions.error(
                ErrorCode.INVALID_CURSOR,
                "Cannot " + action + " the row: it has been deleted from "
                        + target.table().id() + " meanwhile, or has" + " another key");
    }

    void cancelUpdates() throws SQLException {
        requireOnRow("cancel updates");
        if (!pending.isEmpty()) {
            pending.clear();
            rows.showInstead(requireCurrent());
        }
    }

    // Moving

    void moveToInsertRow() {
        pending.clear();
        onInsertRow = true;
        rows.showInstead(nulls());
    }

    void moveToCurrentRow() throws SQLException {
        if (!onInsertRow) {
            return;
        }
        onInsertRow = false;
        pending.clear();
        if (isDeleted()) {
            rows.showInstead(null);
        } else if (current != null) {
            rows.showInstead(current);
        } else {
            rows.showAsideAgain();
        }
    }

    /** What is set and not written is lost when the result set moves. @param comesBack whether it may come back here */
    void leave(boolean comesBack) {
        pending.clear();
        onInsertRow = false;
        current = null;
        if (!comesBack) {
            changed.clear();
        }
    }

    /** Shows the row that has become the current one as this result set has left it. */
    void arrive() {
        ChangedRow row = changed.get(rows.rowNumber());
        if (row != null) {
            current = row.values();
            rows.showInstead(current);
        }
    }

    /** Whether this result set has written the current row. */
    boolean isUpdated() {
        ChangedRow row = changed.get(rows.rowNumber());
        return row != null && row.isUpdated();
    }

    /** Whether this result set has deleted the current row. */
    boolean isDeleted() {
        return changed.get(rows.rowNumber()) == ChangedRow.DELETED;
    }
}
