// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;

/**
 * How a new row is made. Immutable.
 *
 * @param cells one a column of the table, in order
 */
record RowTemplate(List<Cell> cells) {
    RowTemplate {
        cells = List.copyOf(cells);
    }

    /** Stored values of all columns, checked. */
    @Nullable
    Object[] row(TableDefinition table, WriteContext context, @Nullable Object[] computed) {
        @Nullable Object[] row = new @Nullable Object[cells.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells.get(i).value(context, computed);
        }
        RowChecks.check(table, row);
        return row;
    }
}
