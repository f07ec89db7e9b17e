// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/**
 * An expression of two operands that is NULL where one of them is.
 *
 * @param <L> the lane of the operands
 * @param <R> the lane of the result
 */
abstract class BinaryKernel<L extends Lane, R extends Lane> extends Kernel {
    private final Kernel left;
    private final Kernel right;
    private final R result;
    private int[] present = {};

    BinaryKernel(Kernel left, Kernel right, R result) {
        this.left = left;
        this.right = right;
        this.result = result;
    }

    @Override
    @SuppressWarnings("unchecked")
    public final Lane evaluate(RowBatch batch, int[] rows, int count) {
        Lane a = left.evaluate(batch, rows, count);
        Lane b = right.evaluate(batch, rows, count);
        result.prepare(batch.size());
        Operands.uniteNulls(result, a, b, rows, count);
        boolean[] nulls = result.nulls();
        if (nulls == null) {
            compute((L) a, (L) b, result, rows, count);
        } else {
            if (present.length < count) {
                present = new int[batch.size()];
            }
            compute((L) a, (L) b, result, present, Operands.notNull(nulls, rows, count, present));
        }
        return result;
    }

    /** Computes rows, none of which is NULL in an operand. */
    abstract void compute(L a, L b, R to, int[] rows, int count);
}
