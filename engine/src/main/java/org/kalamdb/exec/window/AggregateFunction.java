// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;

/**
 * An aggregate of the rows of each frame. As long as frames only move on, rows are added and removed, otherwise a frame is
 * aggregated anew. Immutable.
 */
public record AggregateFunction(Supplier<Accumulator> accumulators, List<Argument> arguments)
        implements WindowFunction {
    public AggregateFunction {
        requireNonNull(accumulators, "accumulators is null");
        arguments = List.copyOf(arguments);
    }

    @Override
    public void evaluate(Partition partition, @Nullable Object[] results) {
        if (partition.hasExclusion()) {
            evaluateWithHoles(partition, results);
            return;
        }
        Accumulator accumulator = accumulators.get();
        int from = 0;
        int to = 0;
        for (int i = 0; i < results.length; i++) {
            int start = partition.frameStart(i);
            int end = partition.frameEnd(i);
            if (i > 0 && start == from && end == to) {
                results[i] = results[i - 1];
                continue;
            }
            boolean movesOn = start >= from && end >= to && start <= to;
            if (!movesOn || start > from && !accumulator.canRemove()) {
                accumulator = accumulators.get();
                from = start;
                to = start;
            }
            for (; from < start; from++) {
                accumulator.remove(argumentsOf(partition, from));
            }
            for (; to < end; to++) {
                accumulator.add(argumentsOf(partition, to));
            }
            results[i] = accumulator.value();
        }
    }

    private void evaluateWithHoles(Partition partition, @Nullable Object[] results) {
        for (int i = 0; i < results.length; i++) {
            Accumulator accumulator = accumulators.get();
            int end = partition.frameEnd(i);
            for (int row = partition.frameStart(i); row < end; row++) {
                if (!partition.isExcluded(i, row)) {
                    accumulator.add(argumentsOf(partition, row));
                }
            }
            results[i] = accumulator.value();
        }
    }

    private @Nullable Object[] argumentsOf(Partition partition, int row) {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).of(partition.row(row));
        }
        return values;
    }
}
