// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.Lane;

/** What an accumulator computes of the rows of a frame. */
final class AccumulatedFrame implements FrameAggregate {
    /** Of a value that an accumulator holds, by estimate. */
    private static final int OBJECT_BYTES = 64;

    private final Supplier<Accumulator> accumulators;
    private final List<Argument> arguments;
    private Accumulator accumulator;
    /** What the accumulator says, so that it is asked once for rows that have the same frame. */
    private @Nullable Object value;

    private boolean valueIsKnown;
    private long heldBytes;

    AccumulatedFrame(Supplier<Accumulator> accumulators, List<Argument> arguments) {
        this.accumulators = accumulators;
        this.arguments = arguments;
        this.accumulator = accumulators.get();
    }

    @Override
    public void clear(Partition partition) {
        accumulator = accumulators.get();
        valueIsKnown = false;
        partition.hold(-heldBytes);
        heldBytes = 0;
    }

    @Override
    public void add(Partition partition, int row) {
        @Nullable Object[] values = argumentsOf(partition, row);
        if (accumulator.holdsValues()) {
            hold(partition, bytes(values));
        }
        accumulator.add(values);
        valueIsKnown = false;
    }

    private void hold(Partition partition, long bytes) {
        partition.hold(bytes);
        heldBytes += bytes;
    }

    private static long bytes(@Nullable Object[] values) {
        long bytes = 0;
        for (Object value : values) {
            bytes += OBJECT_BYTES + (value instanceof String text ? text.length() : 0);
        }
        return bytes;
    }

    @Override
    public boolean canRemove() {
        return accumulator.canRemove();
    }

    @Override
    public void remove(Partition partition, int row) {
        @Nullable Object[] values = argumentsOf(partition, row);
        if (accumulator.holdsValues()) {
            hold(partition, -bytes(values));
        }
        accumulator.remove(values);
        valueIsKnown = false;
    }

    @Override
    public void write(Partition partition, Lane results, int at) {
        if (!valueIsKnown) {
            value = accumulator.value(partition::check);
            valueIsKnown = true;
        }
        results.set(at, value);
    }

    private @Nullable Object[] argumentsOf(Partition partition, int row) {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).of(partition, row);
        }
        return values;
    }
}
