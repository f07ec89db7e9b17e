// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.schema.TableDefinition;

/**
 * DELETE. Immutable.
 *
 * @param query answers the storage key of each row to remove and, if they are wanted back, all its columns
 */
record Deletion(TableDefinition table, RowQuery query) implements RowChange {
    @Override
    public void run(WriteContext context, RowWriter rows, WrittenRows written) {
        for (@Nullable Object[] change : ChangedRows.read(query, context)) {
            rows.delete(ChangedRows.rowKey(change[0]));
            written.add(written.keepsRows() ? ConflictResolution.storedRow(table, change, 1) : new @Nullable Object[0]);
        }
    }
}
