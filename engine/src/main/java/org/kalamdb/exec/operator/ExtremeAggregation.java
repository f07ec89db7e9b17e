// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;

/** MIN or MAX. */
final class ExtremeAggregation implements Aggregation {
    private final int column;
    private final int sign;
    private final Lane extremes;
    private final Presence presence = new Presence();

    private ExtremeAggregation(int column, LaneType type, int sign) {
        this.column = column;
        this.sign = sign;
        this.extremes = Lane.of(type);
    }

    static ExtremeAggregation min(int column, LaneType type) {
        return new ExtremeAggregation(column, type, -1);
    }

    static ExtremeAggregation max(int column, LaneType type) {
        return new ExtremeAggregation(column, type, 1);
    }

    @Override
    public void reserve(int groupCount) {
        presence.reserve(groupCount);
        extremes.reserve(groupCount);
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        Lane lane = batch.lane(column);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groups[i];
            if (!lane.isNull(row)
                    && (!presence.has(group) || Integer.signum(lane.compare(row, extremes, group)) == sign)) {
                extremes.replace(group, lane, row);
                presence.mark(group);
            }
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        to.gather(extremes, presence.groups(from, count), count);
    }

    @Override
    public long heapBytes(int groupCount) {
        return presence.heapBytes(groupCount) + extremes.heapBytes(groupCount);
    }
}
