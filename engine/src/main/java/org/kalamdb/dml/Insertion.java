// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.jspecify.annotations.Nullable;

/** INSERT. Immutable. */
final class Insertion implements RowChange {
    private final NewRows newRows;
    private final @Nullable ConflictResolution onConflict;

    /** @param onConflict what happens to a row whose key is taken, or null to fail */
    Insertion(NewRows newRows, @Nullable ConflictResolution onConflict) {
        this.newRows = newRows;
        this.onConflict = onConflict;
    }

    /** The same for rows whose parameters come as vectors; null if each row is to be made by itself. */
    @Nullable
    ColumnInsertion ofColumns() {
        return onConflict == null && newRows instanceof ValuesRows values ? values.ofColumns() : null;
    }

    @Override
    public void run(WriteContext context, RowWriter rows, WrittenRows written) {
        ConflictResolution resolution = onConflict;
        if (resolution == null) {
            newRows.forEach(context, row -> {
                rows.insert(row);
                written.add(row);
            });
            return;
        }
        ConflictResolution.Run run = resolution.start(context, rows, written);
        newRows.forEach(context, run::insert);
    }
}
