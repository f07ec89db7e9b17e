// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.List;

/**
 * Comparisons of numbers that must all hold. While most rows of a batch are asked for, they are computed for all of them and
 * then the rows are collected once, which takes less time than to narrow the rows again and again. No row is an error, so that
 * it does not matter which are computed.
 */
final class ComparisonGroup extends Kernel {
    private final List<ComparisonKernel> comparisons;
    private final Kernel oneByOne;
    private final ExclusionMask mask = new ExclusionMask();

    /** @param comparisons each {@link ComparisonKernel#isOfNumbersAtHand()} */
    ComparisonGroup(List<ComparisonKernel> comparisons) {
        this.comparisons = List.copyOf(comparisons);
        this.oneByOne = Junction.inOrder(this.comparisons);
    }

    @Override
    public int select(RowBatch batch, int[] rows, int count, int[] selected) {
        int span = BitWidths.span(rows, count);
        if (span == 0) {
            return oneByOne.select(batch, rows, count, selected);
        }
        mask.begin(span);
        for (ComparisonKernel comparison : comparisons) {
            if (!comparison.exclude(batch, rows, count, mask)) {
                return oneByOne.select(batch, rows, count, selected);
            }
            if (mask.excludesAll()) {
                return 0;
            }
        }
        return mask.collect(rows, count, selected);
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        return oneByOne.evaluate(batch, rows, count);
    }
}
