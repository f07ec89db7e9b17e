// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.Numbers;

/**
 * Arithmetic of DECIMAL, with a result of a given precision and scale. It computes with numbers of 64 bits as long as a whole
 * batch fits them, else with BigDecimals.
 */
public final class DecimalArithmetic extends BinaryKernel<DecimalLane, DecimalLane> {
    private final Arithmetic operator;
    private final int precision;
    private final int scale;
    private long[] alignedLeft = {};
    private long[] alignedRight = {};

    public DecimalArithmetic(Arithmetic operator, int precision, int scale, Kernel left, Kernel right) {
        super(left, right, new DecimalLane());
        this.operator = operator;
        this.precision = precision;
        this.scale = scale;
    }

    @Override
    void compute(DecimalLane a, DecimalLane b, DecimalLane to, int[] rows, int count) {
        if (a.isWide() || b.isWide() || !computeUnscaled(a, b, to, rows, count)) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                to.setValue(row, compute(a.decimal(row), b.decimal(row)));
            }
        }
    }

    private BigDecimal compute(BigDecimal a, BigDecimal b) {
        return switch (operator) {
            case ADD -> Numbers.add(a, b, precision, scale);
            case SUBTRACT -> Numbers.subtract(a, b, precision, scale);
            case MULTIPLY -> Numbers.multiply(a, b, precision, scale);
            case DIVIDE -> Numbers.divide(a, b, precision, scale);
        };
    }

    /** Returns false, with nothing of use written, if not every row fits 64 bits. */
    private boolean computeUnscaled(DecimalLane a, DecimalLane b, DecimalLane to, int[] rows, int count) {
        boolean computed = switch (operator) {
            case ADD, SUBTRACT -> addUnscaled(a, b, to.unscaled(), rows, count);
            case MULTIPLY ->
                a.scale() + b.scale() == scale
                        && CheckedLongs.multiply(a.unscaled(), b.unscaled(), to.unscaled(), rows, count);
            case DIVIDE -> false;
        };
        if (computed && fits(to.unscaled(), rows, count)) {
            to.share(to.unscaled(), scale);
            return true;
        }
        return false;
    }

    private boolean addUnscaled(DecimalLane a, DecimalLane b, long[] sums, int[] rows, int count) {
        if (a.scale() > scale || b.scale() > scale) {
            return false;
        }
        long @Nullable [] left = a.unscaled();
        if (a.scale() < scale) {
            alignedLeft = room(alignedLeft, sums.length);
            left = align(left, scale - a.scale(), alignedLeft, rows, count) ? alignedLeft : null;
        }
        long @Nullable [] right = b.unscaled();
        if (b.scale() < scale) {
            alignedRight = room(alignedRight, sums.length);
            right = align(right, scale - b.scale(), alignedRight, rows, count) ? alignedRight : null;
        }
        if (left == null || right == null) {
            return false;
        }
        return operator == Arithmetic.ADD
                ? CheckedLongs.add(left, right, sums, rows, count)
                : CheckedLongs.subtract(left, right, sums, rows, count);
    }

    private static long[] room(long[] array, int length) {
        return array.length < length ? new long[length] : array;
    }

    private static boolean align(long[] values, int digits, long[] aligned, int[] rows, int count) {
        if (digits > PowersOfTen.MAX_DIGITS) {
            return false;
        }
        long factor = PowersOfTen.of(digits);
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long product = values[row] * factor;
            overflow |= Math.multiplyHigh(values[row], factor) ^ product >> 63;
            aligned[row] = product;
        }
        return overflow == 0;
    }

    /** Whether no value has more digits than the precision. */
    private boolean fits(long[] values, int[] rows, int count) {
        if (precision > PowersOfTen.MAX_DIGITS) {
            return true;
        }
        long limit = PowersOfTen.of(precision);
        boolean fit = true;
        for (int i = 0; i < count; i++) {
            long value = values[rows[i]];
            fit &= value < limit && value > -limit;
        }
        return fit;
    }
}
