// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import java.util.Arrays;
import org.kalamdb.exec.kernel.Lane;

/**
 * MIN or MAX of the rows of a frame. It remembers the rows that may become the extreme one when those before them are removed:
 * each is further from it than the one before.
 */
final class FrameExtreme implements FrameAggregate {
    private static final int FIRST_CAPACITY = 16;

    private final int column;
    private final int direction;
    /** Row numbers, a ring. */
    private int[] candidates = new int[FIRST_CAPACITY];

    private int first;
    private int count;

    /** @param direction 1 for the greatest value, -1 for the least one */
    FrameExtreme(int column, int direction) {
        this.column = column;
        this.direction = direction;
    }

    @Override
    public void clear(Partition partition) {
        first = 0;
        count = 0;
    }

    @Override
    public void add(Partition partition, int row) {
        Lane lane = partition.lane(column, row);
        int place = partition.place(row);
        if (lane.isNull(place)) {
            return;
        }
        while (count > 0 && isBetter(partition, lane, place, last())) {
            count--;
        }
        if (count > 0 && partition.framesOnlyGrow()) {
            return;
        }
        if (count == candidates.length) {
            grow();
        }
        candidates[(first + count++) % candidates.length] = row;
    }

    private int last() {
        return candidates[(first + count - 1) % candidates.length];
    }

    private boolean isBetter(Partition partition, Lane lane, int place, int candidate) {
        return direction * lane.compare(place, partition.lane(column, candidate), partition.place(candidate)) > 0;
    }

    private void grow() {
        int[] grown = Arrays.copyOfRange(candidates, first, first + 2 * candidates.length);
        System.arraycopy(candidates, 0, grown, candidates.length - first, first);
        candidates = grown;
        first = 0;
    }

    @Override
    public void remove(Partition partition, int row) {
        if (count > 0 && candidates[first] == row) {
            first = (first + 1) % candidates.length;
            count--;
        }
    }

    @Override
    public void write(Partition partition, Lane results, int at) {
        if (count == 0) {
            results.setNull(at);
        } else {
            partition.copy(column, candidates[first], results, at);
        }
    }
}
