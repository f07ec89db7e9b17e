// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/** SUM of whole numbers as BIGINT. */
final class LongSum extends SumAggregation {
    private final GroupSums batchSums = new GroupSums();
    private int groupCount;
    private long[] sums = {};

    LongSum(int column, boolean zeroIfEmpty) {
        super(column, zeroIfEmpty);
    }

    @Override
    void reserveSums(int count) {
        groupCount = count;
        if (sums.length < count) {
            sums = Arrays.copyOf(sums, Math.max(count, 2 * sums.length));
        }
    }

    @Override
    void addPresent(Lane lane, int[] rows, int count, int[] groups) {
        long[] values = ((LongLane) lane).values();
        if (GroupSums.isFor(groupCount, ((LongLane) lane).bitWidth(rows, count), count)) {
            long[] added = batchSums.add(groupCount, values, rows, count, groups);
            for (int group = 0; group < groupCount; group++) {
                sums[group] = Math.addExact(sums[group], added[group]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            sums[groups[i]] = Math.addExact(sums[groups[i]], values[rows[i]]);
        }
    }

    @Override
    void writeSums(int from, int count, Lane to) {
        System.arraycopy(sums, from, ((LongLane) to).values(), 0, count);
    }

    @Override
    long sumBytes(int count) {
        return Growth.bytes(Long.BYTES, sums.length, count);
    }
}
