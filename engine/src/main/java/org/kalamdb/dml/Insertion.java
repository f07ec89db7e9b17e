// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;

/** INSERT. Immutable. */
final class Insertion implements RowChange {
    private final TableDefinition table;
    private final NewRows rows;
    private final @Nullable ConflictResolution onConflict;

    /** @param onConflict what happens to a row whose key is taken, or null to fail */
    Insertion(TableDefinition table, NewRows rows, @Nullable ConflictResolution onConflict) {
        this.table = table;
        this.rows = rows;
        this.onConflict = onConflict;
    }

    @Override
    public void run(WriteContext context, WrittenRows written) {
        ConflictResolution resolution = onConflict;
        if (resolution == null) {
            rows.forEach(context, row -> {
                context.tables().insert(context.transaction(), table, context.user(), row);
                written.add(row);
            });
            return;
        }
        ConflictResolution.Run run = resolution.start(context, written);
        rows.forEach(context, run::insert);
    }
}
