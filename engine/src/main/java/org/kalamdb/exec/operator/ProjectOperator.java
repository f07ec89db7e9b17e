// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
    public void close() {
        input.close();
    }

    private final class Output extends RowBatch {
        private final Lane[] lanes;

        Output(int columnCount) {
            this.lanes = new Lane[columnCount];
        }

        RowBatch begin(RowBatch batch) {
            reset(batch.size());
            select(batch.rows(), batch.count());
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = expressions.get(i).evaluate(batch, batch.rows(), batch.count());
            }
            return this;
        }

        @Override
        public Lane lane(int column) {
            return lanes[column];
        }
    }
}
