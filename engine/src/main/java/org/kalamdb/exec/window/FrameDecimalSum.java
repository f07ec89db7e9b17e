// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.DecimalLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.function.Numbers;

/** SUM of the exact numbers of a frame as DECIMAL: what fits 64 bits, and the rest. */
final class FrameDecimalSum implements FrameAggregate {
    private final int column;
    private final boolean zeroIfEmpty;
    private final int precision;
    private final int scale;
    /** With the scale of the sum. */
    private long unscaled;

    private BigDecimal rest = BigDecimal.ZERO;
    private long count;

    FrameDecimalSum(int column, boolean zeroIfEmpty, int precision, int scale) {
        this.column = column;
        this.zeroIfEmpty = zeroIfEmpty;
        this.precision = precision;
        this.scale = scale;
    }

    @Override
    public void clear(Partition partition) {
        unscaled = 0;
        rest = BigDecimal.ZERO;
        count = 0;
    }

    @Override
    public void add(Partition partition, int row) {
        Lane lane = partition.lane(column, row);
        int place = partition.place(row);
        if (lane.isNull(place)) {
            return;
        }
        count++;
        long @Nullable [] numbers = numbers(lane);
        if (numbers == null) {
            rest = rest.add(decimal(lane, place));
            return;
        }
        long sum = unscaled + numbers[place];
        if (((unscaled ^ sum) & (numbers[place] ^ sum)) < 0) {
            rest = rest.add(BigDecimal.valueOf(unscaled, scale));
            sum = numbers[place];
        }
        unscaled = sum;
    }

    @Override
    public void remove(Partition partition, int row) {
        Lane lane = partition.lane(column, row);
        int place = partition.place(row);
        if (lane.isNull(place)) {
            return;
        }
        count--;
        long @Nullable [] numbers = numbers(lane);
        if (numbers == null) {
            rest = rest.subtract(decimal(lane, place));
            return;
        }
        long difference = unscaled - numbers[place];
        if (((unscaled ^ numbers[place]) & (unscaled ^ difference)) < 0) {
            rest = rest.add(BigDecimal.valueOf(unscaled, scale)).subtract(BigDecimal.valueOf(numbers[place], scale));
            difference = 0;
        }
        unscaled = difference;
    }

    /** Values with the scale of the sum; null if there are none. */
    private long @Nullable [] numbers(Lane lane) {
        if (lane instanceof LongLane longs) {
            return scale == 0 ? longs.values() : null;
        }
        DecimalLane decimals = (DecimalLane) lane;
        return decimals.isWide() || decimals.scale() != scale ? null : decimals.unscaled();
    }

    private static BigDecimal decimal(Lane lane, int place) {
        return lane instanceof LongLane longs
                ? BigDecimal.valueOf(longs.values()[place])
                : ((DecimalLane) lane).decimal(place);
    }

    @Override
    public void write(Partition partition, Lane results, int at) {
        if (count == 0 && !zeroIfEmpty) {
            results.setNull(at);
        } else {
            results.set(at, Numbers.add(rest, BigDecimal.valueOf(unscaled, scale), precision, scale));
        }
    }
}
