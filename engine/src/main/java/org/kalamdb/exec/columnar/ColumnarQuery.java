// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.VectorWriter;
import org.kalamdb.exec.operator.GatherOperator;
import org.kalamdb.exec.operator.Operator;
import org.kalamdb.type.KalamDataType;

/** A query compiled to columnar operators. */
final class ColumnarQuery implements CompiledQuery {
    private final List<ResultColumn> columns;
    private final List<KalamDataType> columnTypes;
    private final List<LaneType> types;
    private final OperatorPlan plan;

    /** @param types of the columns of the plan */
    ColumnarQuery(List<ResultColumn> columns, List<LaneType> types, OperatorPlan plan) {
        this.types = types;
        this.columns = columns;
        this.columnTypes = columns.stream().map(ResultColumn::type).toList();
        this.plan = plan;
    }

    /** Reads the first batch at once, so that a query that cannot be computed fails when it is run. */
    @Override
    public ResultCursor open(QueryContext context) {
        Operator rows = GatherOperator.of(plan.openParts(context), types, context);
        Cursor cursor = new Cursor(rows, context);
        try {
            cursor.readAhead();
            return cursor;
        } catch (RuntimeException | Error e) {
            cursor.close();
            throw e;
        }
    }

    @Override
    public PlanDescription describe() {
        return plan.describe();
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        return new ColumnarRows(plan, columns.size()).rows(context);
    }

    /** Copies the selected rows of each batch into vectors, which is what clients read. */
    private final class Cursor implements ResultCursor {
        private final Operator rows;
        private final QueryContext context;
        private @Nullable BatchBuilder builder;
        private @Nullable ColumnBatch ahead;
        private boolean closed;

        Cursor(Operator rows, QueryContext context) {
            this.rows = rows;
            this.context = context;
        }

        @Override
        public List<ResultColumn> columns() {
            return columns;
        }

        @Override
        public @Nullable ColumnBatch next() {
            if (closed) {
                return null;
            }
            context.checkCancelled();
            ColumnBatch first = ahead;
            if (first != null) {
                ahead = null;
                return first;
            }
            return read();
        }

        void readAhead() {
            ahead = read();
        }

        private @Nullable ColumnBatch read() {
            RowBatch batch = rows.next();
            return batch == null ? null : copy(batch);
        }

        private ColumnBatch copy(RowBatch batch) {
            BatchBuilder to = builder;
            if (to == null) {
                to = new BatchBuilder(columnTypes, batch.count());
                builder = to;
            }
            to.reset();
            for (int i = 0; i < columns.size(); i++) {
                VectorWriter.write(batch.lane(i), batch.rows(), batch.count(), to.column(i));
            }
            return to.build(batch.count());
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
