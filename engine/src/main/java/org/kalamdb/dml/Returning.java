// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.InternalValues;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;

/**
 * The query over the rows that a statement wrote. Safe for use by several threads.
 *
 * @param table the table they were written to
 * @param query over {@link RowOrigin#WRITTEN}
 * @param columns what it answers
 */
public record Returning(TableDefinition table, BatchQuery query, List<ResultColumn> columns) {
    public ResultCursor open(QueryContext context, WrittenRows written) {
        return query.open(context.withRows(RowOrigin.WRITTEN, internalRows(table, written.rows())));
    }

    static List<@Nullable Object[]> internalRows(TableDefinition table, List<@Nullable Object[]> storedRows) {
        List<ColumnDefinition> columns = table.columns();
        List<@Nullable Object[]> rows = new ArrayList<>(storedRows.size());
        for (@Nullable Object[] stored : storedRows) {
            @Nullable Object[] row = new @Nullable Object[stored.length];
            for (int i = 0; i < stored.length; i++) {
                row[i] = InternalValues.fromStored(columns.get(i).dataType().kind(), stored[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
