// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.function.LongBinaryOperator;

/** A function of two whole numbers, dates or times, which is NULL where one of them is. */
public final class LongFunction extends BinaryKernel<LongLane, LongLane> {
    private final LongBinaryOperator function;

    /** @param type of the result, all of whose values the function keeps within */
    public LongFunction(LongBinaryOperator function, LaneType type, Kernel left, Kernel right) {
        super(left, right, new LongLane(type));
        this.function = function;
    }

    @Override
    void compute(LongLane left, LongLane right, LongLane to, int[] rows, int count) {
        long[] a = left.values();
        long[] b = right.values();
        long[] c = to.values();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            c[row] = function.applyAsLong(a[row], b[row]);
        }
    }
}
