// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;

/**
 * LEAD or LAG: the value of the row so many rows further on or back. Immutable.
 *
 * @param offset number of rows, or null for 1; NULL gives NULL
 * @param fallback what stands for a row outside of the partition, or null for NULL
 * @param forward whether it leads
 * @param ignoresNulls whether only rows with a value are counted
 */
public record NeighbourFunction(
        Argument value, @Nullable Argument offset, @Nullable Argument fallback, boolean forward, boolean ignoresNulls)
        implements WindowFunction {
    public NeighbourFunction {
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
        Object distance = offset == null ? Long.valueOf(1) : offset.of(partition, index);
        if (distance == null) {
            results.setNull(at);
            return;
        }
        long rows = ((Number) distance).longValue();
        int neighbour = neighbour(partition, index, forward ? rows : -rows);
        if (neighbour >= 0) {
            value.copy(partition, neighbour, results, at);
        } else if (fallback == null) {
            results.setNull(at);
        } else {
            fallback.copy(partition, index, results, at);
        }
    }

    /** The index of the row, or -1. */
    private int neighbour(Partition partition, int index, long distance) {
        if (!ignoresNulls || distance == 0) {
            long target = index + Math.max(-partition.size(), Math.min(partition.size(), distance));
            return target >= 0 && target < partition.size() ? (int) target : -1;
        }
        int step = distance > 0 ? 1 : -1;
        long left = Math.abs(distance);
        int target = index;
        while (left > 0) {
            target += step;
            if (target < 0 || target >= partition.size()) {
                return -1;
            }
            left -= value.isNull(partition, target) ? 0 : 1;
        }
        return target;
    }
}
