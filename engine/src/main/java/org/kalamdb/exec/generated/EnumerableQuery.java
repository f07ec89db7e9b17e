// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.List;
import java.util.function.Function;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.QueryProfile;
import org.kalamdb.function.InternalValues;

/** A query whose rows are made one by one. */
public final class EnumerableQuery implements CompiledQuery {
    private static final int ROWS_PER_BATCH = 1024;

    private final List<ResultColumn> columns;
    private final Function<QueryContext, Enumerable<?>> source;
    private final String text;
    private final double estimatedRows;

    /**
     * @param source makes the rows of one run: arrays of internal values, or the bare values if there is one column
     * @param text the plan, as EXPLAIN shows it
     * @param estimatedRows how many rows it is thought to answer
     */
    public EnumerableQuery(
            List<ResultColumn> columns,
            Function<QueryContext, Enumerable<?>> source,
            String text,
            double estimatedRows) {
        this.columns = columns;
        this.source = source;
        this.text = text;
        this.estimatedRows = estimatedRows;
    }

    @Override
    public ResultCursor open(QueryContext context) {
        QueryProfile profile = context.profile();
        return profile == null ? start(context) : profile.cursor(this, () -> start(context));
    }

    private ResultCursor start(QueryContext context) {
        return new Cursor(columns, source.apply(context).enumerator(), context);
    }

    @Override
    public PlanDescription describe() {
        return new PlanDescription(text, estimatedRows, List.of(), this);
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        Enumerable<@Nullable Object[]> rows = source.apply(context).select(EnumerableQuery::asRow);
        QueryProfile profile = context.profile();
        return profile == null ? rows : profile.rows(this, rows);
    }

    /** A row of one column is its bare value. */
    private static @Nullable Object[] asRow(@Nullable Object row) {
        return row instanceof Object[] values ? values : new @Nullable Object[] {row};
    }

    private static final class Cursor implements ResultCursor {
        private final List<ResultColumn> columns;
        private final Enumerator<?> rows;
        private final QueryContext context;
        private final BatchBuilder builder;
        private boolean closed;

        Cursor(List<ResultColumn> columns, Enumerator<?> rows, QueryContext context) {
            this.columns = columns;
            this.rows = rows;
            this.context = context;
            this.builder =
                    new BatchBuilder(columns.stream().map(ResultColumn::type).toList(), ROWS_PER_BATCH);
        }

        @Override
        public List<ResultColumn> columns() {
            return columns;
        }

        @Override
        public @Nullable ColumnBatch next() {
            return nextBatch();
        }

        private @Nullable ColumnBatch nextBatch() {
            if (closed) {
                return null;
            }
            context.checkCancelled();
            builder.reset();
            int count = 0;
            while (count < ROWS_PER_BATCH && rows.moveNext()) {
                Object row = rows.current();
                if (row instanceof Object[] values) {
                    for (int i = 0; i < values.length; i++) {
                        append(i, values[i]);
                    }
                } else {
                    append(0, row);
                }
                count++;
            }
            return count == 0 ? null : builder.build(count);
        }

        private void append(int column, @Nullable Object internal) {
            builder.column(column)
                    .append(InternalValues.toStored(columns.get(column).type(), internal));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                rows.close();
            }
        }
    }
}
