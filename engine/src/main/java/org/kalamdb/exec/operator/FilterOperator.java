// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.RowBatch;

/** The rows for which a condition is true. */
public final class FilterOperator implements Operator {
    private final Operator input;
    private final Kernel condition;
    private int[] selected = {};

    public FilterOperator(Operator input, Kernel condition) {
        this.input = input;
        this.condition = condition;
    }

    @Override
    public @Nullable RowBatch next() {
        for (RowBatch batch = input.next(); batch != null; batch = input.next()) {
            if (selected.length < batch.count()) {
                selected = new int[batch.size()];
            }
            int found = condition.select(batch, batch.rows(), batch.count(), selected);
            if (found > 0) {
                batch.select(selected, found);
                return batch;
            }
        }
        return null;
    }

    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        return input.filterBy(column, filter);
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public void close() {
        input.close();
    }
}
