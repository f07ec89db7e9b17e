// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

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
    public void evaluate(Partition partition, @Nullable Object[] results) {
        for (int i = 0; i < results.length; i++) {
            Object wanted = position == null ? Long.valueOf(1) : position.of(partition.row(i));
            if (wanted != null) {
                results[i] = nth(partition, i, position == null ? 1 : Offsets.positive("NTH_VALUE", wanted));
            }
        }
    }

    private @Nullable Object nth(Partition partition, int index, long wanted) {
        int start = partition.frameStart(index);
        int end = partition.frameEnd(index);
        long left = wanted;
        for (int k = 0; k < end - start; k++) {
            int row = fromEnd ? end - 1 - k : start + k;
            if (!partition.isExcluded(index, row)) {
                Object candidate = value.of(partition.row(row));
                left -= ignoresNulls && candidate == null ? 0 : 1;
                if (left == 0) {
                    return candidate;
                }
            }
        }
        return null;
    }
}
