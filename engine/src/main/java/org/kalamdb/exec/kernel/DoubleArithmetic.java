// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.kalamdb.function.Numbers;

/** Arithmetic of FLOAT and DOUBLE; a division by zero is an error. */
public final class DoubleArithmetic extends BinaryKernel<DoubleLane, DoubleLane> {
    private final Arithmetic operator;
    private final boolean single;

    /** @param type of the result; FLOAT rounds to 32 bits */
    public DoubleArithmetic(Arithmetic operator, LaneType type, Kernel left, Kernel right) {
        super(left, right, new DoubleLane(type));
        this.operator = operator;
        this.single = type == LaneType.FLOAT;
    }

    @Override
    void compute(DoubleLane left, DoubleLane right, DoubleLane to, int[] rows, int count) {
        double[] a = left.values();
        double[] b = right.values();
        double[] c = to.values();
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < count; i++) {
                    c[rows[i]] = a[rows[i]] + b[rows[i]];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < count; i++) {
                    c[rows[i]] = a[rows[i]] - b[rows[i]];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < count; i++) {
                    c[rows[i]] = a[rows[i]] * b[rows[i]];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < count; i++) {
                    c[rows[i]] = Numbers.divideDouble(a[rows[i]], b[rows[i]]);
                }
            }
        }
        if (single) {
            // Rounding the exact result of 64 bits gives what arithmetic of 32 bits gives.
            for (int i = 0; i < count; i++) {
                c[rows[i]] = (float) c[rows[i]];
            }
        }
    }
}
