// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.schema.TableDefinition;

/**
 * UPDATE. Immutable.
 *
 * @param query answers the storage key of each row to change and then its new state; the first answer for a key counts
 * @param movesRows whether a column of the primary key or a unique index is assigned
 */
record Update(TableDefinition table, RowQuery query, boolean movesRows) implements RowChange {
    /** Whether a column belongs to the primary key or a unique index. */
    static boolean isInKey(TableDefinition table, String column) {
        return table.requireColumn(column).primaryKey()
                || table.indexes().stream()
                        .anyMatch(index -> index.unique() && index.columns().contains(column));
    }

    @Override
    public void run(WriteContext context, RowWriter rows, WrittenRows written) {
        Set<Object> seen = new HashSet<>();
        List<RowWriter.Move> moves = new ArrayList<>();
        for (@Nullable Object[] change : ChangedRows.read(query, context)) {
            if (seen.add(requireNonNull(change[0]))) {
                @Nullable Object[] row = ConflictResolution.storedRow(table, change, 1);
                RowChecks.check(table, row);
                byte[] key = ChangedRows.rowKey(change[0]);
                if (!movesRows) {
                    rows.update(key, row);
                    written.add(row);
                    continue;
                }
                RowWriter.Move move = rows.move(key, row);
                if (move != null) {
                    moves.add(move);
                }
            }
        }
        // Keys are unique at the end of the statement: a row may take the key that another one leaves.
        for (RowWriter.Move move : moves) {
            written.add(move.finish());
        }
    }
}
