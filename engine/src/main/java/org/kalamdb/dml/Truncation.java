// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.TableDefinition;

/**
 * TRUNCATE: a removal of all rows the user sees, deleted ones too, which may start the numbering again. Immutable.
 *
 * @param query answers the storage key of each row
 * @param restartIdentity whether identity columns start again
 */
record Truncation(TableDefinition table, RowQuery query, boolean restartIdentity) implements RowChange {
    @Override
    public void run(WriteContext context, RowWriter rows, WrittenRows written) {
        for (@Nullable Object[] row : ChangedRows.read(query, context)) {
            rows.erase(ChangedRows.rowKey(row[0]));
            written.add(new @Nullable Object[0]);
        }
        rows.eraseDeleted();
        if (restartIdentity) {
            for (ColumnDefinition column : table.columns()) {
                IdentityDefinition identity = column.identity();
                if (identity != null) {
                    context.sequences().identity(table, column).restart(identity.start());
                }
            }
        }
    }
}
