// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.RowBatch;

/** COUNT: of rows, or of those that are not NULL in some columns. */
final class CountAggregation implements Aggregation {
    private final int[] columns;
    private final GroupSums batchCounts = new GroupSums();
    private int groupCount;
    private long[] counts = {};

    CountAggregation(int... columns) {
        this.columns = columns;
    }

    @Override
    public void reserve(int count) {
        groupCount = count;
        if (counts.length < count) {
            counts = Arrays.copyOf(counts, Math.max(count, 2 * counts.length));
        }
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        boolean[][] nulls = new boolean[columns.length][];
        int nullable = 0;
        for (int column : columns) {
            boolean[] marks = batch.lane(column).nulls();
            if (marks != null) {
                nulls[nullable++] = marks;
            }
        }
        if (nullable == 0) {
            countAll(count, groups);
            return;
        }
        for (int i = 0; i < count; i++) {
            counts[groups[i]] += isPresent(nulls, nullable, rows[i]) ? 1 : 0;
        }
    }

    private void countAll(int count, int[] groups) {
        if (GroupSums.isForCountsOf(groupCount)) {
            long[] added = batchCounts.count(groupCount, count, groups);
            for (int group = 0; group < groupCount; group++) {
                counts[group] += added[group];
            }
        } else {
            for (int i = 0; i < count; i++) {
                counts[groups[i]]++;
            }
        }
    }

    private static boolean isPresent(boolean[][] nulls, int nullable, int row) {
        for (int i = 0; i < nullable; i++) {
            if (nulls[i][row]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void finish(int from, int count, Lane to) {
        System.arraycopy(counts, from, ((LongLane) to).values(), 0, count);
    }

    @Override
    public long heapBytes(int count) {
        return Growth.bytes(Long.BYTES, counts.length, count);
    }
}
