// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.EncodedRows;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.Transaction;

/** Writes rows of one table for one run of a statement, and tells what constraints must look at. Confined to one thread. */
final class RowWriter {
    private static final int ROWS_PER_CHECK = 1024;

    private final WriteContext context;
    private final TableConstraints constraints;
    private final ReferentialIntegrity integrity;
    private final TableDefinition table;
    private final List<@Nullable Object[]> unchecked = new ArrayList<>();

    RowWriter(WriteContext context, TableConstraints constraints, ReferentialIntegrity integrity) {
        this.context = context;
        this.constraints = constraints;
        this.integrity = integrity;
        this.table = constraints.table();
    }

    void insert(@Nullable Object[] row) {
        tables().insert(transaction(), table, context.user(), row);
        changed(context.user(), null, row);
    }

    /** Inserts one of some rows of the table. */
    void insert(EncodedRows rows, int index) {
        tables().insert(transaction(), rows, index);
        if (!constraints.isEmpty()) {
            changed(context.user(), null, rows.values(index));
        }
    }

    /** Inserts a row unless its primary key is taken. Returns null if it was inserted, else the row that is there. */
    @Nullable
    StoredRow tryInsert(@Nullable Object[] row) {
        StoredRow taken = tables().tryInsert(transaction(), table, context.user(), row);
        if (taken == null) {
            changed(context.user(), null, row);
        }
        return taken;
    }

    boolean update(byte[] rowKey, @Nullable Object[] row) {
        @Nullable Object[] before = before(rowKey);
        String user = tables().userOf(table, rowKey);
        boolean found = tables().update(transaction(), table, user, rowKey, row);
        if (found) {
            changed(user, before, row);
        }
        return found;
    }

    boolean delete(byte[] rowKey) {
        @Nullable Object[] before = before(rowKey);
        boolean found = tables().delete(transaction(), table, rowKey);
        if (found) {
            changed(tables().userOf(table, rowKey), before, null);
        }
        return found;
    }

    /** Removes a row for good. */
    void erase(byte[] rowKey) {
        @Nullable Object[] before = before(rowKey);
        if (tables().erase(transaction(), table, rowKey)) {
            changed(tables().userOf(table, rowKey), before, null);
        }
    }

    /** Removes what is kept of rows that were deleted. */
    void eraseDeleted() {
        tables().eraseDeleted(transaction(), table, context.user());
    }

    /** A row that has left its place for another one. Confined to one thread. */
    final class Move {
        private final byte[] rowKey;
        private final @Nullable Object @Nullable [] before;
        private final @Nullable Object[] after;

        private Move(byte[] rowKey, @Nullable Object @Nullable [] before, @Nullable Object[] after) {
            this.rowKey = rowKey;
            this.before = before;
            this.after = after;
        }

        /** Takes the new place, which must be free. */
        @Nullable
        Object[] finish() {
            String user = tables().userOf(table, rowKey);
            tables().reinsert(transaction(), table, user, rowKey, after);
            changed(user, before, after);
            return after;
        }
    }

    /** Lets a row leave its place, so that another one can take it; null if there is no such row. */
    @Nullable
    Move move(byte[] rowKey, @Nullable Object[] row) {
        @Nullable Object[] before = before(rowKey);
        return tables().delete(transaction(), table, rowKey) ? new Move(rowKey, before, row) : null;
    }

    /** Tests the check constraints of the rows written so far. */
    void check() {
        constraints.checks().verify(context.query(), unchecked);
        unchecked.clear();
    }

    private @Nullable Object @Nullable [] before(byte[] rowKey) {
        if (!constraints.needOldRows()) {
            return null;
        }
        StoredRow row = tables().findByRowKey(transaction(), table, rowKey);
        return row == null ? null : row.values();
    }

    private void changed(String user, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after) {
        if (constraints.isEmpty()) {
            return;
        }
        if (after != null && !constraints.checks().isEmpty()) {
            unchecked.add(after);
            if (unchecked.size() == ROWS_PER_CHECK) {
                check();
            }
        }
        integrity.changed(constraints, user, before, after);
    }

    private TableStore tables() {
        return context.tables();
    }

    /** Of the next change: a statement that is to stop makes no more of them. */
    private Transaction transaction() {
        context.query().checkCancelled();
        return context.transaction();
    }
}
