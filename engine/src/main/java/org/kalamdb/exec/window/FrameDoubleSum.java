// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.DoubleLane;
import org.kalamdb.exec.kernel.Lane;

/** SUM of the floating-point numbers of a frame. Rows are not removed: what was lost by rounding would not come back. */
final class FrameDoubleSum implements FrameAggregate {
    private final int column;
    private final boolean zeroIfEmpty;
    private double sum;
    private boolean isEmpty;

    FrameDoubleSum(int column, boolean zeroIfEmpty) {
        this.column = column;
        this.zeroIfEmpty = zeroIfEmpty;
    }

    @Override
    public void clear(Partition partition) {
        sum = 0;
        isEmpty = true;
    }

    @Override
    public void add(Partition partition, int row) {
        Lane lane = partition.lane(column, row);
        int place = partition.place(row);
        if (!lane.isNull(place)) {
            sum += ((DoubleLane) lane).values()[place];
            isEmpty = false;
        }
    }

    @Override
    public boolean canRemove() {
        return false;
    }

    @Override
    public void remove(Partition partition, int row) {
        throw new UnsupportedOperationException("Rows cannot be removed from a sum that is rounded");
    }

    @Override
    public void write(Partition partition, Lane results, int at) {
        if (isEmpty && !zeroIfEmpty) {
            results.setNull(at);
        } else {
            results.set(at, sum);
        }
    }
}
