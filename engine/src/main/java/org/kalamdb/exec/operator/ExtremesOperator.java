// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.Extremes;
import org.kalamdb.exec.filter.KeySet;
import org.kalamdb.exec.filter.NumbersBeyond;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.RowBatch;

/**
 * Passes on the rows of which MIN and MAX of one column are wanted, and tells the scan below between which values it has met all:
 * pages whose bounds do not reach beyond these are not read. Confined to one thread.
 */
public final class ExtremesOperator implements Operator {
    private final Operator input;
    private final int column;
    private final Seen seen;

    private ExtremesOperator(Operator input, int column, Seen seen) {
        this.input = input;
        this.column = column;
        this.seen = seen;
    }

    /** What all parts have met. Safe for use by several threads. */
    private static final class Seen {
        private final Extremes extremes;
        private final RuntimeFilter filter;
        private final ReentrantLock lock = new ReentrantLock();
        /** Guarded by the lock; null as long as there was no value. */
        private @Nullable NumbersBeyond beyond;

        Seen(Extremes extremes) {
            this.extremes = extremes;
            this.filter = RuntimeFilter.seeking(extremes);
        }

        void widen(long least, long greatest) {
            KeySet known = filter.keys();
            if (known != null && !known.mayHoldBetween(least, greatest)) {
                return;
            }
            lock.lock();
            try {
                NumbersBeyond before = beyond;
                NumbersBeyond wider =
                        before == null ? new NumbersBeyond(extremes, least, greatest) : before.and(least, greatest);
                beyond = wider;
                filter.publish(wider, null);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Operators over the parts of an input, or these as they are if that does not help them.
     *
     * @param column of whole numbers
     */
    public static List<Operator> over(List<Operator> inputs, int column, Extremes extremes) {
        Seen seen = new Seen(extremes);
        return Operator.filterEach(inputs, column, seen.filter)
                ? inputs.stream()
                        .<Operator>map(input -> new ExtremesOperator(input, column, seen))
                        .toList()
                : inputs;
    }

    @Override
    public @Nullable RowBatch next() {
        RowBatch batch = input.next();
        if (batch != null) {
            widen(batch);
        }
        return batch;
    }

    private void widen(RowBatch batch) {
        LongLane lane = (LongLane) batch.lane(column);
        long[] values = lane.values();
        boolean[] nulls = lane.nulls();
        int[] rows = batch.rows();
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < batch.count(); i++) {
            int row = rows[i];
            if (nulls == null || !nulls[row]) {
                least = Math.min(least, values[row]);
                greatest = Math.max(greatest, values[row]);
            }
        }
        if (least <= greatest) {
            seen.widen(least, greatest);
        }
    }

    @Override
    public boolean filterBy(int filtered, RuntimeFilter filter) {
        return input.filterBy(filtered, filter);
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public void close() {
        input.close();
    }
}
