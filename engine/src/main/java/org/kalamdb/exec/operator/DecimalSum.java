// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.DecimalLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.function.Numbers;

/**
 * SUM as DECIMAL, of whole numbers or decimals. Each group has a part of its sum in 64 bits, which moves to a BigDecimal
 * before it overflows.
 */
final class DecimalSum extends SumAggregation {
    /** Of a BigDecimal and the reference to it, by estimate. */
    private static final int BIG_DECIMAL_BYTES = 80;

    private static final int DIGITS_OF_ANY_PART = 19;

    private final int precision;
    private final int resultScale;
    private final GroupSums batchSums = new GroupSums();
    private int groupCount;
    private long[] parts = {};
    private int scale = -1;
    private @Nullable BigDecimal @Nullable [] large;

    DecimalSum(int column, boolean zeroIfEmpty, int precision, int scale) {
        super(column, zeroIfEmpty);
        this.precision = precision;
        this.resultScale = scale;
    }

    @Override
    void reserveSums(int count) {
        groupCount = count;
        if (parts.length < count) {
            parts = Arrays.copyOf(parts, Math.max(count, 2 * parts.length));
            if (large != null) {
                large = Arrays.copyOf(large, parts.length);
            }
        }
    }

    @Override
    void addPresent(Lane lane, int[] rows, int count, int[] groups) {
        if (lane instanceof LongLane longs) {
            addUnscaled(longs.values(), longs.bitWidth(rows, count), 0, rows, count, groups);
        } else if (((DecimalLane) lane).isWide()) {
            for (int i = 0; i < count; i++) {
                addLarge(groups[i], ((DecimalLane) lane).decimal(rows[i]));
            }
        } else {
            DecimalLane decimals = (DecimalLane) lane;
            addUnscaled(decimals.unscaled(), decimals.bitWidth(rows, count), decimals.scale(), rows, count, groups);
        }
    }

    private void addUnscaled(long[] values, int bitWidth, int newScale, int[] rows, int count, int[] groups) {
        takeScale(newScale);
        if (GroupSums.isFor(groupCount, bitWidth, count)) {
            long[] sums = batchSums.add(groupCount, values, rows, count, groups);
            for (int group = 0; group < groupCount; group++) {
                addUnscaled(group, sums[group]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            addUnscaled(groups[i], values[rows[i]]);
        }
    }

    private void addUnscaled(int group, long value) {
        long part = parts[group];
        long sum = part + value;
        if (((part ^ sum) & (value ^ sum)) < 0) {
            addLarge(group, BigDecimal.valueOf(part, scale));
            sum = value;
        }
        parts[group] = sum;
    }

    /** All parts have one scale: if rows come with another, they move to the BigDecimals. */
    private void takeScale(int newScale) {
        if (scale != newScale) {
            for (int group = 0; scale >= 0 && group < parts.length; group++) {
                if (parts[group] != 0) {
                    addLarge(group, BigDecimal.valueOf(parts[group], scale));
                    parts[group] = 0;
                }
            }
            scale = newScale;
        }
    }

    private void addLarge(int group, BigDecimal value) {
        @Nullable BigDecimal[] sums = large;
        if (sums == null) {
            sums = new @Nullable BigDecimal[parts.length];
            large = sums;
        }
        BigDecimal sum = sums[group];
        sums[group] = sum == null ? value : sum.add(value);
    }

    @Override
    void writeSums(int from, int count, Lane to) {
        if (large == null && precision >= DIGITS_OF_ANY_PART && (scale == resultScale || scale < 0)) {
            copyParts(from, count, (DecimalLane) to, resultScale);
            return;
        }
        for (int i = 0; i < count; i++) {
            to.set(i, Numbers.add(part(from + i), rest(from + i), precision, resultScale));
        }
    }

    @Override
    void writeExactSums(int from, int count, Lane to) {
        if (large == null) {
            copyParts(from, count, (DecimalLane) to, Math.max(scale, 0));
            return;
        }
        for (int i = 0; i < count; i++) {
            to.set(i, part(from + i).add(rest(from + i)));
        }
    }

    private void copyParts(int from, int count, DecimalLane to, int scaleOfParts) {
        to.prepare(count, scaleOfParts);
        System.arraycopy(parts, from, to.unscaled(), 0, count);
    }

    private BigDecimal part(int group) {
        return BigDecimal.valueOf(parts[group], Math.max(scale, 0));
    }

    private BigDecimal rest(int group) {
        BigDecimal rest = large == null ? null : large[group];
        return rest == null ? BigDecimal.ZERO : rest;
    }

    @Override
    long sumBytes(int count) {
        return Growth.bytes(Long.BYTES + (large == null ? 0 : BIG_DECIMAL_BYTES), parts.length, count);
    }
}
