// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;

/** The value of the only row of a group, as a subquery that is used as a value has it. */
final class SingleAggregation implements Aggregation {
    private final int column;
    private final Lane values;
    private final Presence presence = new Presence();

    SingleAggregation(int column, LaneType type) {
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
        Lane lane = batch.lane(column);
        for (int i = 0; i < count; i++) {
            if (presence.has(groups[i])) {
                throw new KalamException(
                        ErrorCode.CARDINALITY_VIOLATION,
                        "Cannot use a subquery as a value: it returned more than one row");
            }
            presence.mark(groups[i]);
            values.set(groups[i], lane.get(rows[i]));
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        for (int i = 0; i < count; i++) {
            to.set(i, presence.has(from + i) ? values.get(from + i) : null);
        }
    }

    @Override
    public long heapBytes(int groupCount) {
        return presence.heapBytes(groupCount) + values.heapBytes(groupCount);
    }
}
