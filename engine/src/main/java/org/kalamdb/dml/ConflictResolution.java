// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.function.InternalValues;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.StoredRow;

/** ON CONFLICT: what happens to a new row whose key is taken. Immutable. */
final class ConflictResolution {
    private final TableDefinition table;
    private final ConflictTarget target;
    private final Action action;
    private final @Nullable RowQuery changedRow;

    /** The three ways out. */
    enum Action {
        NOTHING,
        UPDATE,
        REPLACE
    }

    /**
     * @param target which keys may be taken
     * @param changedRow for {@link Action#UPDATE}: answers the new state of the old row, or no row to leave it alone; over
     *     {@link RowOrigin#WRITTEN}, the old row, and {@link RowOrigin#EXCLUDED}, the new one
     */
    ConflictResolution(TableDefinition table, ConflictTarget target, Action action, @Nullable RowQuery changedRow) {
        this.table = table;
        this.target = target;
        this.action = action;
        this.changedRow = changedRow;
    }

    Run start(WriteContext context, RowWriter rows, WrittenRows written) {
        return new Run(context, rows, written);
    }

    /** One run of the statement. Confined to one thread. */
    final class Run {
        private final WriteContext context;
        private final RowWriter rows;
        private final WrittenRows written;
        /** Values of the target's columns of the rows written so far, as internal values. */
        private final Set<List<@Nullable Object>> touched = new HashSet<>();

        private Run(WriteContext context, RowWriter rows, WrittenRows written) {
            this.context = context;
            this.rows = rows;
            this.written = written;
        }

        void insert(@Nullable Object[] row) {
            StoredRow taken = takenInIndexes(row);
            if (taken == null && target.primaryKey()) {
                taken = rows.tryInsert(row);
            } else if (taken == null) {
                rows.insert(row);
            }
            if (taken == null) {
                touched.add(key(row));
                written.add(row);
            } else if (action != Action.NOTHING) {
                resolve(taken, row);
            }
        }

        /** The row that is in the way in a unique index; those that are to be replaced go. */
        private @Nullable StoredRow takenInIndexes(@Nullable Object[] row) {
            for (IndexDefinition index : target.indexes()) {
                StoredRow taken = context.indexes().lockTaken(context.transaction(), table, context.user(), index, row);
                if (taken != null && action != Action.REPLACE) {
                    return taken;
                }
                if (taken != null) {
                    rows.delete(taken.rowKey());
                }
            }
            return null;
        }

        private void resolve(StoredRow taken, @Nullable Object[] row) {
            @Nullable Object[] changed = action == Action.REPLACE ? row : change(taken.values(), row);
            if (changed == null) {
                return;
            }
            if (!touched.add(key(row)) && action == Action.UPDATE) {
                throw new KalamException(
                        ErrorCode.CARDINALITY_VIOLATION,
                        "Cannot update a row of table " + table.id()
                                + " a second time: two of the rows to insert have the same key");
            }
            rows.update(taken.rowKey(), changed);
            written.add(changed);
        }

        private List<@Nullable Object> key(@Nullable Object[] row) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int column : table.columnIndexes(target.columns())) {
                key.add(InternalValues.fromStored(
                        table.columns().get(column).dataType().kind(), row[column]));
            }
            return key;
        }

        private @Nullable Object @Nullable [] change(@Nullable Object[] existing, @Nullable Object[] excluded) {
            RowQuery query = java.util.Objects.requireNonNull(changedRow);
            try (Enumerator<@Nullable Object[]> answer = query.rows(context.query()
                            .withRows(
                                    RowOrigin.WRITTEN,
                                    Returning.internalRows(table, List.<@Nullable Object[]>of(existing)))
                            .withRows(
                                    RowOrigin.EXCLUDED,
                                    Returning.internalRows(table, List.<@Nullable Object[]>of(excluded))))
                    .enumerator()) {
                if (!answer.moveNext()) {
                    return null;
                }
                @Nullable Object[] row = storedRow(table, answer.current(), 0);
                RowChecks.check(table, row);
                return row;
            }
        }
    }

    /** Stored values of all columns out of internal ones that begin at {@code offset}. */
    static @Nullable Object[] storedRow(TableDefinition table, @Nullable Object[] internal, int offset) {
        @Nullable Object[] row = new @Nullable Object[table.columns().size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = InternalValues.toStored(table.columns().get(i).dataType(), internal[offset + i]);
        }
        return row;
    }
}
