// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;

/**
 * FIRST_VALUE, LAST_VALUE or NTH_VALUE: the value of one row of the frame. Immutable.
 *
 * @param position from 1, or null for 1
 * @param fromEnd whether positions count backward from the last row
 * @param ignoresNulls whether only rows with a value are counted
 */
public record FrameValueFunction(Argument value, @Nullable Argument position, boolean fromEnd, boolean ignoresNulls)
        implements WindowFunction {
    public FrameValueFunction {
        requireNonNull(value, "value is null");
    }

    @Override
    public Evaluation open() {
        return (partition, from, to, results, at) -> {
            for (int i = from; i < to; i++) {
                write(partition, i, results, at + i - from);
            }
        };
    }

    private void write(Partition partition, int index, Lane results, int at) {
        Object wanted = position == null ? Long.valueOf(1) : position.of(partition, index);
        int row = wanted == null
                ? -1
                : nth(partition, index, position == null ? 1 : Offsets.positive("NTH_VALUE", wanted));
        if (row < 0) {
            results.setNull(at);
        } else {
            value.copy(partition, row, results, at);
        }
    }

    /** The index of the row, or -1. */
    private int nth(Partition partition, int index, long wanted) {
        int start = partition.frameStart(index);
        int end = partition.frameEnd(index);
        long left = wanted;
        for (int k = 0; k < end - start; k++) {
            int row = fromEnd ? end - 1 - k : start + k;
            if (!partition.isExcluded(index, row)) {
                left -= ignoresNulls && value.isNull(partition, row) ? 0 : 1;
                if (left == 0) {
                    return row;
                }
            }
        }
        return -1;
    }
}
