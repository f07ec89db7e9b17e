// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;

/** The rows of its inputs, one after the other. */
public final class UnionOperator implements Operator {
    private final List<Operator> inputs;
    private int current;

    public UnionOperator(List<Operator> inputs) {
        this.inputs = inputs;
    }

    @Override
    public @Nullable RowBatch next() {
        while (current < inputs.size()) {
            RowBatch batch = inputs.get(current).next();
            if (batch != null) {
                return batch;
            }
            current++;
        }
        return null;
    }

    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        return Operator.filterEach(inputs, column, filter);
    }

    @Override
    public void close() {
        Closing.all(inputs);
    }
}
