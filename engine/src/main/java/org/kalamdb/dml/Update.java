// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.schema.TableDefinition;

/**
 * UPDATE. Immutable.
 *
 * @param query answers the storage key of each row to change and then its new state; the first answer for a key counts
 * @param movesRows whether a column of the primary key or a unique index is assigned
 */
record Update(TableDefinition table, CompiledQuery query, boolean movesRows) implements RowChange {
    @Override
    public void run(WriteContext context, WrittenRows written) {
        Set<Object> seen = new HashSet<>();
        List<Moved> moved = new ArrayList<>();
        for (@Nullable Object[] change : ChangedRows.read(query, context)) {
            if (seen.add(requireNonNull(change[0]))) {
                @Nullable Object[] row = ConflictResolution.storedRow(table, change, 1);
                RowChecks.check(table, row);
                byte[] key = ChangedRows.rowKey(change[0]);
                if (!movesRows) {
                    context.tables().update(context.transaction(), table, context.user(), key, row);
                    written.add(row);
                } else if (context.tables().delete(context.transaction(), table, key)) {
                    moved.add(new Moved(key, row));
                }
            }
        }
        // Keys are unique at the end of the statement: a row may take the key that another one leaves.
        for (Moved each : moved) {
            context.tables().reinsert(context.transaction(), table, context.user(), each.rowKey, each.row);
            written.add(each.row);
        }
    }

    /** A row that has left its place. */
    private static final class Moved {
        private final byte[] rowKey;
        private final @Nullable Object[] row;

        Moved(byte[] rowKey, @Nullable Object[] row) {
            this.rowKey = rowKey;
            this.row = row;
        }
    }
}
