// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;

/** ANY_VALUE: the value of the first row of a group that has one. */
final class AnyAggregation implements Aggregation {
    private final int column;
    private final Lane values;
    private final Presence presence = new Presence();

    AnyAggregation(int column, LaneType type) {
        this.column = column;
        this.values = Lane.of(type);
    }

    @Override
    public void reserve(int groupCount) {
        presence.reserve(groupCount);
        values.reserve(groupCount);
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        if (presence.isEverywhere()) {
            return;
        }
        Lane lane = batch.lane(column);
        for (int i = 0; i < count; i++) {
            if (!presence.has(groups[i]) && !lane.isNull(rows[i])) {
                values.replace(groups[i], lane, rows[i]);
                presence.mark(groups[i]);
            }
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        to.gather(values, presence.groups(from, count), count);
    }

    @Override
    public long heapBytes(int groupCount) {
        return presence.heapBytes(groupCount) + values.heapBytes(groupCount);
    }
}
