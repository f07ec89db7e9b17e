// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An expression that is the same in every row, computed when the first row asks for it. */
public final class FoldedKernel extends Kernel {
    private static final int[] ONE_ROW = {0};

    private final Kernel expression;
    private final LaneType type;
    /** Digits behind the point that a decimal should have at least. */
    private final int minScale;

    private @Nullable ConstantKernel constant;

    /** @param expression one that reads no column */
    public FoldedKernel(Kernel expression, LaneType type) {
        this(expression, type, 0);
    }

    private FoldedKernel(Kernel expression, LaneType type, int minScale) {
        this.expression = expression;
        this.type = type;
        this.minScale = minScale;
    }

    /** As {@link ConstantKernel#withScale}. */
    FoldedKernel withScale(int scale) {
        return new FoldedKernel(expression, type, scale);
    }

    /** The same of what another kernel makes of the expression. */
    public FoldedKernel of(UnaryOperator<Kernel> around) {
        return new FoldedKernel(around.apply(expression), type, minScale);
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        ConstantKernel known = constant;
        if (known == null) {
            if (count == 0) {
                return Lane.of(type);
            }
            Object value =
                    expression.evaluate(new LaneBatch().begin(1), ONE_ROW, 1).get(0);
            known = new ConstantKernel(type, value).withScale(minScale);
            constant = known;
        }
        return known.evaluate(batch, rows, count);
    }
}
