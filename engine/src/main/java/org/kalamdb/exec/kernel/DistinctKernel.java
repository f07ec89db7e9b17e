// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** IS [NOT] DISTINCT FROM: NULL is the same as NULL, and the answer is never unknown. */
public final class DistinctKernel extends Kernel {
    private final boolean negated;
    private final Kernel left;
    private final Kernel right;
    private final LongLane result = new LongLane(LaneType.BOOLEAN);

    /** @param negated IS NOT DISTINCT FROM */
    public DistinctKernel(boolean negated, Kernel left, Kernel right) {
        this.negated = negated;
        this.left = left;
        this.right = right;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        Lane a = left.evaluate(batch, rows, count);
        Lane b = right.evaluate(batch, rows, count);
        result.prepare(batch.size());
        long[] values = result.values();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            values[row] = a.same(row, b, row) == negated ? 1 : 0;
        }
        return result;
    }
}
