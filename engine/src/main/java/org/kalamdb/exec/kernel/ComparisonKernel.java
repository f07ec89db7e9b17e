// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;

/** A comparison of two operands of one type; unknown where one of them is NULL. */
public final class ComparisonKernel extends Kernel {
    private final Comparison comparison;
    private final LaneType type;
    private final Kernel left;
    private final Kernel right;
    private final Comparer comparer;
    private final LongLane result = new LongLane(LaneType.BOOLEAN);
    private int[] selection = {};

    /** @param type of the operands */
    public ComparisonKernel(Comparison comparison, LaneType type, Kernel left, Kernel right) {
        this.comparison = comparison;
        this.type = type;
        this.left = left;
        this.right = right;
        this.comparer = Comparer.of(type);
    }

    @Override
    public int select(RowBatch batch, int[] rows, int count, int[] selected) {
        return select(left.evaluate(batch, rows, count), right.evaluate(batch, rows, count), rows, count, selected);
    }

    private int select(Lane a, Lane b, int[] rows, int count, int[] selected) {
        int[] present = rows;
        int presentCount = count;
        if (a.nulls() != null) {
            presentCount = Operands.notNull(a.nulls(), present, presentCount, selected);
            present = selected;
        }
        if (b.nulls() != null) {
            presentCount = Operands.notNull(b.nulls(), present, presentCount, selected);
            present = selected;
        }
        return comparer.select(comparison, a, b, present, presentCount, selected);
    }

    /** Whether columns and constants are compared that are mostly numbers of 64 bits. */
    boolean isOfNumbersAtHand() {
        return (type.isInteger() || type == LaneType.DECIMAL) && isAtHand(left) && isAtHand(right);
    }

    private static boolean isAtHand(Kernel operand) {
        return operand instanceof ColumnKernel || operand instanceof ConstantKernel || operand instanceof FoldedKernel;
    }

    /**
     * Excludes the rows for which the comparison does not hold.
     *
     * @return false, with nothing done, if there are NULLs, or values that are no numbers of 64 bits with one scale
     */
    boolean exclude(RowBatch batch, int[] rows, int count, ExclusionMask mask) {
        Lane a = left.evaluate(batch, rows, count);
        Lane b = right.evaluate(batch, rows, count);
        if (a.nulls() != null || b.nulls() != null || !haveOneScale(a, b)) {
            return false;
        }
        if (!(right instanceof ColumnKernel)) {
            mask.exclude(comparison, numbers(a), numbers(b)[rows[0]]);
        } else if (!(left instanceof ColumnKernel)) {
            mask.exclude(comparison, numbers(a)[rows[0]], numbers(b));
        } else {
            mask.exclude(comparison, numbers(a), numbers(b));
        }
        return true;
    }

    private static boolean haveOneScale(Lane a, Lane b) {
        return !(a instanceof DecimalLane c)
                || b instanceof DecimalLane d && !c.isWide() && !d.isWide() && c.scale() == d.scale();
    }

    private static long[] numbers(Lane lane) {
        return lane instanceof DecimalLane decimals ? decimals.unscaled() : ((LongLane) lane).values();
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        Lane a = left.evaluate(batch, rows, count);
        Lane b = right.evaluate(batch, rows, count);
        if (selection.length < count) {
            selection = new int[batch.size()];
        }
        int found = select(a, b, rows, count, selection);
        result.prepare(batch.size());
        Operands.uniteNulls(result, a, b, rows, count);
        long[] values = result.values();
        Arrays.fill(values, 0, batch.size(), 0);
        for (int i = 0; i < found; i++) {
            values[selection[i]] = 1;
        }
        return result;
    }
}
