// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** Any aggregate that needs no values of other rows, computed row by row. */
final class AccumulatorAggregation implements Aggregation {
    /** Of an accumulator, by estimate. */
    private static final int OBJECT_BYTES = 64;

    private final Supplier<Accumulator> accumulators;
    private final int[] columns;
    private final List<Accumulator> groupsUnderWay = new ArrayList<>();

    /** @param columns the arguments */
    AccumulatorAggregation(Supplier<Accumulator> accumulators, int... columns) {
        this.accumulators = accumulators;
        this.columns = columns;
    }

    @Override
    public void reserve(int groupCount) {
        while (groupsUnderWay.size() < groupCount) {
            groupsUnderWay.add(accumulators.get());
        }
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        Lane[] lanes = new Lane[columns.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = batch.lane(columns[i]);
        }
        for (int i = 0; i < count; i++) {
            @Nullable Object[] arguments = new @Nullable Object[lanes.length];
            for (int k = 0; k < lanes.length; k++) {
                arguments[k] = lanes[k].get(rows[i]);
            }
            groupsUnderWay.get(groups[i]).add(arguments);
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        for (int i = 0; i < count; i++) {
            to.set(i, groupsUnderWay.get(from + i).value());
        }
    }

    @Override
    public long heapBytes(int groupCount) {
        return (long) OBJECT_BYTES * Math.max(groupCount, groupsUnderWay.size());
    }
}
