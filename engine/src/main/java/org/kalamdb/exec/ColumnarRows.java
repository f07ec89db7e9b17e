// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import static java.util.Objects.requireNonNull;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.operator.Operator;

/** The rows of a columnar plan, one by one. Immutable. */
final class ColumnarRows implements LeafSource {
    private final OperatorPlan plan;
    private final int columnCount;

    ColumnarRows(OperatorPlan plan, int columnCount) {
        this.plan = plan;
        this.columnCount = columnCount;
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return ColumnarRows.enumerator(plan.open(context), columnCount);
            }
        };
    }

    /** The rows of an operator, which it closes. */
    static Enumerator<@Nullable Object[]> enumerator(Operator batches, int columnCount) {
        return new RowEnumerator(batches, columnCount);
    }

    @Override
    public String toString() {
        return plan.toString();
    }

    private static final class RowEnumerator implements Enumerator<@Nullable Object[]> {
        private final Operator batches;
        private final Lane[] lanes;
        private @Nullable RowBatch batch;
        private int next;

        RowEnumerator(Operator batches, int columnCount) {
            this.batches = batches;
            this.lanes = new Lane[columnCount];
        }

        @Override
        public boolean moveNext() {
            next++;
            if (batch == null || next >= batch.count()) {
                RowBatch more = batches.next();
                batch = more;
                next = 0;
                for (int i = 0; more != null && i < lanes.length; i++) {
                    lanes[i] = more.lane(i);
                }
            }
            return batch != null;
        }

        @Override
        public @Nullable Object[] current() {
            int row = requireNonNull(batch).rows()[next];
            @Nullable Object[] values = new @Nullable Object[lanes.length];
            for (int i = 0; i < lanes.length; i++) {
                values[i] = lanes[i].get(row);
            }
            return values;
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException("A query runs once");
        }

        @Override
        public void close() {
            batches.close();
        }
    }
}
