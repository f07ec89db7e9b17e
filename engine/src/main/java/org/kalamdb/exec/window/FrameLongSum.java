// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/** SUM of the whole numbers of a frame as BIGINT. */
final class FrameLongSum implements FrameAggregate {
    private final int column;
    private final boolean zeroIfEmpty;
    private long sum;
    private long count;

    FrameLongSum(int column, boolean zeroIfEmpty) {
        this.column = column;
        this.zeroIfEmpty = zeroIfEmpty;
    }

    @Override
    public void clear(Partition partition) {
        sum = 0;
        count = 0;
    }

    @Override
    public void add(Partition partition, int row) {
        Lane lane = partition.lane(column, row);
        int place = partition.place(row);
        if (!lane.isNull(place)) {
            sum = Math.addExact(sum, ((LongLane) lane).values()[place]);
            count++;
        }
    }

    @Override
    public void remove(Partition partition, int row) {
        Lane lane = partition.lane(column, row);
        int place = partition.place(row);
        if (!lane.isNull(place)) {
            sum = Math.subtractExact(sum, ((LongLane) lane).values()[place]);
            count--;
        }
    }

    @Override
    public void write(Partition partition, Lane results, int at) {
        if (count == 0 && !zeroIfEmpty) {
            results.setNull(at);
        } else {
            ((LongLane) results).values()[at] = sum;
        }
    }
}
