// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/**
 * Leaves out rows that cannot be among the first in an order, for a sort above. The first key is computed for all rows and
 * held against the last of the first rows seen so far; the other columns are computed, and those of a scan read, only for rows
 * that come before it.
 */
public final class FirstRowsOperator implements Operator {
    /** Of more rows, the sort above drops those that come too late. */
    private static final long MAX_LIMIT = 1 << 13;

    private final Operator input;
    private final List<Kernel> expressions;
    private final int keyColumn;
    private final FirstKeys firstKeys;
    private final Output output;

    private FirstRowsOperator(Operator input, List<Kernel> expressions, int keyColumn, FirstKeys firstKeys) {
        this.input = input;
        this.expressions = expressions;
        this.keyColumn = keyColumn;
        this.firstKeys = firstKeys;
        this.output = new Output(expressions.size());
    }

    /**
     * Over each part of an input, what the expressions give for rows that may be among the first of all parts.
     *
     * @param keys at least one, of the columns that come out
     * @param limit how many rows are wanted; if they are too many to be worth it, all rows come out
     */
    public static List<Operator> over(
            List<Operator> parts, List<Expression> expressions, List<SortKey> keys, long limit, Run run) {
        AtomicLong bound = new AtomicLong(Long.MAX_VALUE);
        return parts.stream()
                .<Operator>map(part -> {
                    List<Kernel> kernels =
                            expressions.stream().map(each -> each.open(run)).toList();
                    return limit > MAX_LIMIT || limit == 0
                            ? new ProjectOperator(part, kernels)
                            : new FirstRowsOperator(
                                    part, kernels, keys.get(0).column(), new FirstKeys(keys, (int) limit, bound));
                })
                .toList();
    }

    @Override
    public @Nullable RowBatch next() {
        for (RowBatch batch = input.next(); batch != null; batch = input.next()) {
            Lane keys = expressions.get(keyColumn).evaluate(batch, batch.rows(), batch.count());
            int count = firstKeys.select(keys, batch.rows(), batch.count());
            if (count > 0) {
                return output.begin(batch, keys, firstKeys.selected(), count);
            }
        }
        return null;
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public void close() {
        input.close();
    }

    private final class Output extends RowBatch {
        private final Lane[] lanes;

        Output(int columnCount) {
            this.lanes = new Lane[columnCount];
        }

        RowBatch begin(RowBatch batch, Lane keys, int[] rows, int count) {
            reset(batch.size());
            select(rows, count);
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = i == keyColumn ? keys : expressions.get(i).evaluate(batch, rows, count);
            }
            return this;
        }

        @Override
        public Lane lane(int column) {
            return lanes[column];
        }
    }
}
