// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** What is the same for every group, whatever its rows are. */
record ConstantAggregation(Object value) implements Aggregation {
    @Override
    public void reserve(int groupCount) {}

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {}

    @Override
    public void finish(int from, int count, Lane to) {
        for (int i = 0; i < count; i++) {
            to.set(i, value);
        }
    }

    @Override
    public long heapBytes(int groupCount) {
        return 0;
    }
}
