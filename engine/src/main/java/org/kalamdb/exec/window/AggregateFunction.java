// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.Lane;

/**
 * An aggregate of the rows of each frame. As long as frames only move on, rows are added and removed, otherwise a frame is
 * aggregated anew. Safe for use by several threads.
 */
public final class AggregateFunction implements WindowFunction {
    private final Supplier<FrameAggregate> aggregates;

    private AggregateFunction(Supplier<FrameAggregate> aggregates) {
        this.aggregates = requireNonNull(aggregates, "aggregates is null");
    }

    /** What an accumulator computes row by row. */
    public static AggregateFunction accumulated(Supplier<Accumulator> accumulators, List<Argument> arguments) {
        List<Argument> copy = List.copyOf(arguments);
        return new AggregateFunction(() -> new AccumulatedFrame(accumulators, copy));
    }

    /** COUNT of rows that are not NULL in any of some columns. */
    public static AggregateFunction count(int... columns) {
        return new AggregateFunction(() -> new FrameCount(columns));
    }

    /** SUM of whole numbers as BIGINT. */
    public static AggregateFunction longSum(int column, boolean zeroIfEmpty) {
        return new AggregateFunction(() -> new FrameLongSum(column, zeroIfEmpty));
    }

    /** SUM of whole numbers or decimals as DECIMAL. */
    public static AggregateFunction decimalSum(int column, boolean zeroIfEmpty, int precision, int scale) {
        return new AggregateFunction(() -> new FrameDecimalSum(column, zeroIfEmpty, precision, scale));
    }

    /** SUM of FLOAT or DOUBLE as DOUBLE. */
    public static AggregateFunction doubleSum(int column, boolean zeroIfEmpty) {
        return new AggregateFunction(() -> new FrameDoubleSum(column, zeroIfEmpty));
    }

    public static AggregateFunction min(int column) {
        return new AggregateFunction(() -> new FrameExtreme(column, -1));
    }

    public static AggregateFunction max(int column) {
        return new AggregateFunction(() -> new FrameExtreme(column, 1));
    }

    @Override
    public Evaluation open() {
        return new Moving(aggregates.get());
    }

    /** The rows from {@code start} to before {@code end} have been added. */
    private static final class Moving implements Evaluation {
        private final FrameAggregate aggregate;
        private int start;
        private int end;
        private boolean begun;

        Moving(FrameAggregate aggregate) {
            this.aggregate = aggregate;
        }

        @Override
        public void begin() {
            begun = false;
        }

        @Override
        public void evaluate(Partition partition, int from, int to, Lane results, int at) {
            boolean hasHoles = partition.hasExclusion();
            for (int i = from; i < to; i++) {
                if (hasHoles) {
                    aggregateWithHoles(partition, i);
                } else {
                    moveTo(partition, partition.frameStart(i), partition.frameEnd(i));
                }
                aggregate.write(partition, results, at + i - from);
            }
        }

        private void moveTo(Partition partition, int newStart, int newEnd) {
            boolean movesOn = begun && newStart >= start && newEnd >= end && newStart <= end;
            if (!movesOn || newStart > start && !aggregate.canRemove()) {
                aggregate.clear(partition);
                begun = true;
                start = newStart;
                end = newStart;
            }
            for (; start < newStart; start++) {
                aggregate.remove(partition, start);
            }
            for (; end < newEnd; end++) {
                aggregate.add(partition, end);
            }
        }

        private void aggregateWithHoles(Partition partition, int index) {
            aggregate.clear(partition);
            int frameEnd = partition.frameEnd(index);
            for (int row = partition.frameStart(index); row < frameEnd; row++) {
                if (!partition.isExcluded(index, row)) {
                    aggregate.add(partition, row);
                }
            }
        }
    }
}
