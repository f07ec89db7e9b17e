// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.TableDefinition;

/**
 * TRUNCATE: a deletion of all rows the user sees, which may start the numbering again. Immutable.
 *
 * @param deletion of all rows
 * @param restartIdentity whether identity columns start again
 */
record Truncation(TableDefinition table, Deletion deletion, boolean restartIdentity) implements RowChange {
    @Override
    public void run(WriteContext context, RowWriter rows, WrittenRows written) {
        deletion.run(context, rows, written);
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
