// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.schema.TableDefinition;

/**
 * UPDATE. Immutable.
 *
 * @param query answers the storage key of each row to change and then its new state; the first answer for a key counts
 */
record Update(TableDefinition table, CompiledQuery query) implements RowChange {
    @Override
    public void run(WriteContext context, WrittenRows written) {
        Set<Object> seen = new HashSet<>();
        for (@Nullable Object[] change : ChangedRows.read(query, context)) {
            if (seen.add(java.util.Objects.requireNonNull(change[0]))) {
                @Nullable Object[] row = ConflictResolution.storedRow(table, change, 1);
                RowChecks.check(table, row);
                context.tables()
                        .update(context.transaction(), table, context.user(), ChangedRows.rowKey(change[0]), row);
                written.add(row);
            }
        }
    }
}
