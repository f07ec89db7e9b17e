// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/** COUNT of the rows of a frame, or of those that are not NULL in some columns. */
final class FrameCount implements FrameAggregate {
    private final int[] columns;
    private long count;

    FrameCount(int... columns) {
        this.columns = columns;
    }

    @Override
    public void clear(Partition partition) {
        count = 0;
    }

    @Override
    public void add(Partition partition, int row) {
        count += isCounted(partition, row) ? 1 : 0;
    }

    @Override
    public void remove(Partition partition, int row) {
        count -= isCounted(partition, row) ? 1 : 0;
    }

    private boolean isCounted(Partition partition, int row) {
        for (int column : columns) {
            if (partition.isNull(column, row)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(Partition partition, Lane results, int at) {
        ((LongLane) results).values()[at] = count;
    }
}
