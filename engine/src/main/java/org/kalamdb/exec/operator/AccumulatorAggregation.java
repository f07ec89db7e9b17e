// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.BytesLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** Any aggregate, computed row by row. */
final class AccumulatorAggregation implements Aggregation {
    /** Of an accumulator, and of a value that one holds, by estimate. */
    private static final int OBJECT_BYTES = 64;

    private final Supplier<Accumulator> accumulators;
    private final int[] columns;
    private final Run run;
    private final List<Accumulator> groupsUnderWay = new ArrayList<>();
    private long valueBytes;

    /** @param columns the arguments */
    AccumulatorAggregation(Supplier<Accumulator> accumulators, Run run, int... columns) {
        this.run = run;
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
            Accumulator accumulator = groupsUnderWay.get(groups[i]);
            accumulator.add(arguments);
            valueBytes += accumulator.holdsValues() ? valueBytes(lanes, rows[i]) : 0;
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        for (int i = 0; i < count; i++) {
            to.set(i, groupsUnderWay.get(from + i).value(run::checkCancelled));
        }
    }

    private static long valueBytes(Lane[] lanes, int row) {
        long bytes = 0;
        for (Lane lane : lanes) {
            bytes += OBJECT_BYTES + (lane instanceof BytesLane texts ? texts.ends()[row] - texts.starts()[row] : 0);
        }
        return bytes;
    }

    @Override
    public long collectedBytes() {
        return valueBytes;
    }

    @Override
    public long heapBytes(int groupCount) {
        return (long) OBJECT_BYTES * Math.max(groupCount, groupsUnderWay.size()) + valueBytes;
    }
}
