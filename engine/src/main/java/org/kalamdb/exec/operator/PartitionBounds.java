// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;

/** Where the partitions of sorted rows in a store begin. Confined to one thread. */
final class PartitionBounds {
    private final List<Integer> columns;
    private int[] starts = new int[16];
    private int count;
    private boolean[] same = {};

    /** @param columns rows that are the same in these are of one partition */
    PartitionBounds(List<Integer> columns) {
        this.columns = columns;
    }

    /** Begins with a store of so many rows of one partition. */
    void begin(int rowCount) {
        count = rowCount > 0 ? 1 : 0;
        starts[0] = 0;
    }

    /** Number of partitions. */
    int count() {
        return count;
    }

    /** The row that a partition begins with. */
    int start(int partition) {
        return starts[partition];
    }

    /** Takes note of the last rows of the store. */
    void add(RowStore rows, int added) {
        if (added == 0) {
            return;
        }
        int from = rows.size() - added;
        if (from == 0) {
            append(0);
            from = 1;
        }
        int compared = rows.size() - from;
        compare(compared, rows, Rows.range(from, rows.size()), Rows.range(from - 1, rows.size() - 1));
        for (int i = 0; i < compared; i++) {
            if (!same[i]) {
                append(from + i);
            }
        }
    }

    private void compare(int compared, RowStore rows, int[] rowNumbers, int[] rowsBefore) {
        prepare(compared);
        for (int column : columns) {
            Lane lane = rows.lane(column);
            lane.keepSame(rowNumbers, compared, lane, rowsBefore, same);
        }
    }

    private void prepare(int compared) {
        if (same.length < compared) {
            same = new boolean[compared];
        }
        Arrays.fill(same, 0, compared, true);
    }

    private void append(int start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = start;
    }

    /** How many rows of a batch, from the selected one at {@code from} on, are of the partition of the first row of a store. */
    int countSame(RowStore first, RowBatch batch, int from) {
        int compared = batch.count() - from;
        int[] rowNumbers = Arrays.copyOfRange(batch.rows(), from, batch.count());
        prepare(compared);
        for (int column : columns) {
            batch.lane(column).keepSame(rowNumbers, compared, first.lane(column), new int[compared], same);
        }
        int found = 0;
        while (found < compared && same[found]) {
            found++;
        }
        return found;
    }
}
