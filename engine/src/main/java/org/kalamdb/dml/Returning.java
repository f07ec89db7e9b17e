// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.direct.DirectPlanner.DirectColumns;
import org.kalamdb.function.InternalValues;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;

/** What a statement answers of the rows that it wrote. Safe for use by several threads. */
public sealed interface Returning {
    List<ResultColumn> columns();

    /** The rows as stored values, independent of the transaction they were written in. */
    List<@Nullable Object[]> rows(QueryContext context, WrittenRows written);

    /** Some columns of the rows, which needs no planner. */
    record OfColumns(List<ResultColumn> columns, List<Integer> positions) implements Returning {
        OfColumns(DirectColumns of) {
            this(of.columns(), of.positions());
        }

        public OfColumns {
            columns = List.copyOf(columns);
            positions = List.copyOf(positions);
        }

        @Override
        public List<@Nullable Object[]> rows(QueryContext context, WrittenRows written) {
            List<@Nullable Object[]> rows = new ArrayList<>(written.rows().size());
            for (@Nullable Object[] row : written.rows()) {
                @Nullable Object[] values = new @Nullable Object[positions.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row[positions.get(i)];
                }
                rows.add(values);
            }
            return rows;
        }
    }

    /**
     * A query over the rows.
     *
     * @param table the table they were written to
     * @param query over {@link RowOrigin#WRITTEN}
     * @param columns what it answers
     */
    record OfQuery(TableDefinition table, BatchQuery query, List<ResultColumn> columns) implements Returning {
        @Override
        public List<@Nullable Object[]> rows(QueryContext context, WrittenRows written) {
            List<@Nullable Object[]> rows = new ArrayList<>();
            try (ResultCursor cursor =
                    query.open(context.withRows(RowOrigin.WRITTEN, internalRows(table, written.rows())))) {
                for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        @Nullable
                        Object[] values = new @Nullable Object[batch.columns().size()];
                        for (int column = 0; column < values.length; column++) {
                            values[column] = batch.column(column).storedValue(row);
                        }
                        rows.add(values);
                    }
                }
            }
            return rows;
        }
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
