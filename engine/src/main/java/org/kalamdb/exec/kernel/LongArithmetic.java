// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Arithmetic of SMALLINT, INT and BIGINT; what does not fit the type is an error. */
public final class LongArithmetic extends BinaryKernel<LongLane, LongLane> {
    private final Arithmetic operator;
    private final LaneType type;

    /** @param type of the result, at least as wide as the operands */
    public LongArithmetic(Arithmetic operator, LaneType type, Kernel left, Kernel right) {
        super(left, right, new LongLane(type));
        this.operator = operator;
        this.type = type;
    }

    @Override
    void compute(LongLane left, LongLane right, LongLane to, int[] rows, int count) {
        long[] a = left.values();
        long[] b = right.values();
        long[] c = to.values();
        boolean computed = switch (operator) {
            case ADD -> CheckedLongs.add(a, b, c, rows, count);
            case SUBTRACT -> CheckedLongs.subtract(a, b, c, rows, count);
            case MULTIPLY -> CheckedLongs.multiply(a, b, c, rows, count);
            case DIVIDE -> divide(a, b, c, rows, count);
        };
        if (!computed || !LongRanges.fit(type, c, rows, count)) {
            throw LongRanges.overflow(type);
        }
    }

    /** Only the lowest number by -1 does not fit: both are negative, and so is what comes out. */
    private static boolean divide(long[] a, long[] b, long[] c, int[] rows, int count) {
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long quotient = a[row] / b[row];
            overflow |= a[row] & b[row] & quotient & Long.MIN_VALUE;
            c[row] = quotient;
        }
        return overflow >= 0;
    }
}
