// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.DoubleLane;
import org.kalamdb.exec.kernel.Lane;

/** SUM of floating-point numbers. */
final class DoubleSum extends SumAggregation {
    private double[] sums = {};

    DoubleSum(int column, boolean zeroIfEmpty) {
        super(column, zeroIfEmpty);
    }

    @Override
    void reserveSums(int groupCount) {
        if (sums.length < groupCount) {
            sums = Arrays.copyOf(sums, Math.max(groupCount, 2 * sums.length));
        }
    }

    @Override
    void addPresent(Lane lane, int[] rows, int count, int[] groups) {
        double[] values = ((DoubleLane) lane).values();
        for (int i = 0; i < count; i++) {
            sums[groups[i]] += values[rows[i]];
        }
    }

    @Override
    void writeSums(int from, int count, Lane to) {
        System.arraycopy(sums, from, ((DoubleLane) to).values(), 0, count);
    }

    @Override
    long sumBytes(int groupCount) {
        return Growth.bytes(Double.BYTES, sums.length, groupCount);
    }
}
