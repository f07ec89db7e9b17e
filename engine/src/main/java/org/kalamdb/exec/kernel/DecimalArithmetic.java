// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.math.BigDecimal;
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
        super(aligned(operator, left, scale), aligned(operator, right, scale), new DecimalLane());
        this.operator = operator;
        this.precision = precision;
        this.scale = scale;
    }

    /** A constant is brought to the scale of a sum once, and not for each batch. */
    private static Kernel aligned(Arithmetic operator, Kernel operand, int scale) {
        boolean sums = operator == Arithmetic.ADD || operator == Arithmetic.SUBTRACT;
        if (sums && operand instanceof ConstantKernel constant) {
            return constant.withScale(scale);
        }
        return sums && operand instanceof FoldedKernel folded ? folded.withScale(scale) : operand;
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
            case ADD, SUBTRACT -> addUnscaled(a, b, to, rows, count);
            case MULTIPLY -> a.scale() + b.scale() == scale && multiplyUnscaled(a, b, to, rows, count);
            case DIVIDE -> false;
        };
        return computed && fits(to, rows, count);
    }

    private boolean multiplyUnscaled(DecimalLane a, DecimalLane b, DecimalLane to, int[] rows, int count) {
        int bits = a.bitWidth(rows, count) + b.bitWidth(rows, count);
        long[] products = to.unscaled();
        if (bits < Long.SIZE - 1) {
            SmallLongs.multiply(a.unscaled(), b.unscaled(), products, rows, count);
            to.share(products, scale, bits);
            return true;
        }
        boolean computed = CheckedLongs.multiply(a.unscaled(), b.unscaled(), products, rows, count);
        to.share(products, scale);
        return computed;
    }

    private boolean addUnscaled(DecimalLane a, DecimalLane b, DecimalLane to, int[] rows, int count) {
        if (a.scale() > scale || b.scale() > scale) {
            return false;
        }
        long[] sums = to.unscaled();
        alignedLeft = a.scale() == scale ? alignedLeft : room(alignedLeft, sums.length);
        alignedRight = b.scale() == scale ? alignedRight : room(alignedRight, sums.length);
        int leftBits = align(a, alignedLeft, rows, count);
        int rightBits = align(b, alignedRight, rows, count);
        if (leftBits < 0 || rightBits < 0) {
            return false;
        }
        long[] left = a.scale() == scale ? a.unscaled() : alignedLeft;
        long[] right = b.scale() == scale ? b.unscaled() : alignedRight;
        int bits = Math.max(leftBits, rightBits) + 1;
        if (bits < Long.SIZE - 1) {
            if (operator == Arithmetic.ADD) {
                SmallLongs.add(left, right, sums, rows, count);
            } else {
                SmallLongs.subtract(left, right, sums, rows, count);
            }
            to.share(sums, scale, bits);
            return true;
        }
        boolean computed = operator == Arithmetic.ADD
                ? CheckedLongs.add(left, right, sums, rows, count)
                : CheckedLongs.subtract(left, right, sums, rows, count);
        to.share(sums, scale);
        return computed;
    }

    private static long[] room(long[] array, int length) {
        return array.length < length ? new long[length] : array;
    }

    /** Writes the values with the scale of the result, if they have another. @return how large they are, or -1 if too large */
    private int align(DecimalLane lane, long[] aligned, int[] rows, int count) {
        int digits = scale - lane.scale();
        int bits = lane.bitWidth(rows, count);
        if (digits == 0) {
            return bits;
        }
        if (digits > PowersOfTen.MAX_DIGITS) {
            return -1;
        }
        long factor = PowersOfTen.of(digits);
        int alignedBits = bits + Long.SIZE - Long.numberOfLeadingZeros(factor);
        if (alignedBits >= Long.SIZE - 1) {
            return -1;
        }
        SmallLongs.scale(lane.unscaled(), factor, aligned, rows, count);
        return alignedBits;
    }

    /** Whether no value has more digits than the precision. */
    private boolean fits(DecimalLane lane, int[] rows, int count) {
        if (precision > PowersOfTen.MAX_DIGITS) {
            return true;
        }
        long limit = PowersOfTen.of(precision);
        if (1L << lane.bitWidth(rows, count) < limit) {
            return true;
        }
        long[] values = lane.unscaled();
        boolean fit = true;
        for (int i = 0; i < count; i++) {
            long value = values[rows[i]];
            fit &= value < limit && value > -limit;
        }
        return fit;
    }
}
