// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.plan.RowOrigin;

/** Some columns of rows that the running statement holds. Immutable. */
public final class RowsAtHand implements LeafSource {
    private final RowOrigin origin;
    private final int[] columns;

    public RowsAtHand(RowOrigin origin, int[] columns) {
        this.origin = origin;
        this.columns = columns.clone();
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        List<@Nullable Object[]> all = context.rowsAtHand(origin);
        List<@Nullable Object[]> selected = new ArrayList<>(all.size());
        for (@Nullable Object[] row : all) {
            @Nullable Object[] values = new @Nullable Object[columns.length];
            for (int i = 0; i < columns.length; i++) {
                values[i] = row[columns[i]];
            }
            selected.add(values);
        }
        return Linq4j.asEnumerable(selected);
    }

    @Override
    public String toString() {
        return origin.name().toLowerCase(java.util.Locale.ROOT) + " rows";
    }
}
