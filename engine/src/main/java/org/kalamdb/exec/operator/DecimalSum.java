// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.DecimalLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.function.Numbers;

/**
 * SUM as DECIMAL, of whole numbers or decimals. Each group has a part of its sum in 64 bits, which moves to a BigDecimal
 * before it overflows.
 */
final class DecimalSum implements Aggregation {
    private final int column;
    private final boolean zeroIfEmpty;
    private final int precision;
    private final int resultScale;
    private final Presence presence = new Presence();
    private long[] parts = {};
    private int scale = -1;
    private @Nullable BigDecimal @Nullable [] large;

    DecimalSum(int column, boolean zeroIfEmpty, int precision, int scale) {
        this.column = column;
        this.zeroIfEmpty = zeroIfEmpty;
        this.precision = precision;
        this.resultScale = scale;
    }

    @Override
    public void reserve(int groupCount) {
        presence.reserve(groupCount);
        if (parts.length < groupCount) {
            parts = Arrays.copyOf(parts, Math.max(groupCount, 2 * parts.length));
            if (large != null) {
                large = Arrays.copyOf(large, parts.length);
            }
        }
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        Lane lane = batch.lane(column);
        if (lane instanceof LongLane longs) {
            addUnscaled(longs.values(), 0, lane.nulls(), rows, count, groups);
        } else if (((DecimalLane) lane).isWide()) {
            addWide((DecimalLane) lane, rows, count, groups);
        } else {
            DecimalLane decimals = (DecimalLane) lane;
            addUnscaled(decimals.unscaled(), decimals.scale(), lane.nulls(), rows, count, groups);
        }
    }

    private void addUnscaled(
            long[] values, int newScale, boolean @Nullable [] nulls, int[] rows, int count, int[] groups) {
        takeScale(newScale);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (nulls == null || !nulls[row]) {
                int group = groups[i];
                long part = parts[group];
                long sum = part + values[row];
                if (((part ^ sum) & (values[row] ^ sum)) < 0) {
                    addLarge(group, BigDecimal.valueOf(part, scale));
                    sum = values[row];
                }
                parts[group] = sum;
                presence.mark(group);
            }
        }
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

    private void addWide(DecimalLane lane, int[] rows, int count, int[] groups) {
        for (int i = 0; i < count; i++) {
            if (!lane.isNull(rows[i])) {
                addLarge(groups[i], lane.decimal(rows[i]));
                presence.mark(groups[i]);
            }
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
    public void finish(int from, int count, Lane to) {
        for (int i = 0; i < count; i++) {
            int group = from + i;
            to.set(i, presence.has(group) ? sum(group) : zeroIfEmpty ? BigDecimal.ZERO : null);
        }
    }

    private BigDecimal sum(int group) {
        BigDecimal part = BigDecimal.valueOf(parts[group], Math.max(scale, 0));
        BigDecimal rest = large == null ? null : large[group];
        return Numbers.add(part, rest == null ? BigDecimal.ZERO : rest, precision, resultScale);
    }
}
