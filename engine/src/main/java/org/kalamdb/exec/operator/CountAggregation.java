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
    private long[] counts = {};

    CountAggregation(int... columns) {
        this.columns = columns;
    }

    @Override
    public void reserve(int groupCount) {
        if (counts.length < groupCount) {
            counts = Arrays.copyOf(counts, Math.max(groupCount, 2 * counts.length));
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
            for (int i = 0; i < count; i++) {
                counts[groups[i]]++;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            counts[groups[i]] += isPresent(nulls, nullable, rows[i]) ? 1 : 0;
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
    public long heapBytes(int groupCount) {
        return Growth.bytes(Long.BYTES, counts.length, groupCount);
    }
}
