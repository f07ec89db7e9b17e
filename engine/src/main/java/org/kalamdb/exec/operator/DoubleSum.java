// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.DoubleLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** SUM of floating-point numbers. */
final class DoubleSum implements Aggregation {
    private final int column;
    private final boolean zeroIfEmpty;
    private final Presence presence = new Presence();
    private double[] sums = {};

    DoubleSum(int column, boolean zeroIfEmpty) {
        this.column = column;
        this.zeroIfEmpty = zeroIfEmpty;
    }

    @Override
    public void reserve(int groupCount) {
        presence.reserve(groupCount);
        if (sums.length < groupCount) {
            sums = Arrays.copyOf(sums, Math.max(groupCount, 2 * sums.length));
        }
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        DoubleLane lane = (DoubleLane) batch.lane(column);
        double[] values = lane.values();
        boolean[] nulls = lane.nulls();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (nulls == null || !nulls[row]) {
                sums[groups[i]] += values[row];
                presence.mark(groups[i]);
            }
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        System.arraycopy(sums, from, ((DoubleLane) to).values(), 0, count);
        for (int i = 0; i < count; i++) {
            if (!zeroIfEmpty && !presence.has(from + i)) {
                to.setNull(i);
            }
        }
    }
}
