// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.ColumnKernel;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** What expressions give for each row. All are computed for each row, so that an error in one of them is never missed. */
public final class ProjectOperator implements Operator {
    private final Operator input;
    private final List<Kernel> expressions;
    private final Output output;

    public ProjectOperator(Operator input, List<Kernel> expressions) {
        this.input = input;
        this.expressions = expressions;
        this.output = new Output(expressions.size());
    }

    @Override
    public @Nullable RowBatch next() {
        RowBatch batch = input.next();
        return batch == null ? null : output.begin(batch);
    }

    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        return expressions.get(column) instanceof ColumnKernel kernel && input.filterBy(kernel.column(), filter);
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public void close() {
        input.close();
    }

    /** Columns that are passed on as they are come when they are asked for, as those below do. */
    private final class Output extends RowBatch {
        private final @Nullable Lane[] lanes;
        private @Nullable RowBatch input;

        Output(int columnCount) {
            this.lanes = new @Nullable Lane[columnCount];
        }

        RowBatch begin(RowBatch batch) {
            input = batch;
            reset(batch.size());
            select(batch.rows(), batch.count());
            for (int i = 0; i < lanes.length; i++) {
                Kernel expression = expressions.get(i);
                lanes[i] = expression instanceof ColumnKernel
                        ? null
                        : expression.evaluate(batch, batch.rows(), batch.count());
            }
            return this;
        }

        @Override
        public Lane lane(int column) {
            Lane computed = lanes[column];
            return computed == null
                    ? requireNonNull(input).lane(((ColumnKernel) expressions.get(column)).column())
                    : computed;
        }
    }
}
