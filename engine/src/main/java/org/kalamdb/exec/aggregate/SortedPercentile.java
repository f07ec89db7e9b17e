// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The value at a fraction of values that come sorted, NULLs left out; holds none but those it needs. Confined to one thread. */
final class SortedPercentile implements Accumulator {
    private final PercentileChoice choice;
    private final long count;
    private final int valueArgument;
    private @Nullable BigDecimal fraction;
    private long next;
    private @Nullable Object first;
    private @Nullable Object second;

    /**
     * @param fraction what it is, or null if it is the first argument, before the value
     * @param count how many rows without NULL will come
     */
    SortedPercentile(PercentileChoice choice, @Nullable BigDecimal fraction, long count) {
        this.choice = choice;
        this.fraction = fraction;
        this.count = count;
        this.valueArgument = fraction == null ? 1 : 0;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        if (Accumulators.isNull(arguments)) {
            return;
        }
        BigDecimal known = fraction;
        if (known == null) {
            known = PercentileChoice.fraction(requireNonNull(arguments[0]));
            fraction = known;
        }
        if (next == choice.first(known, count)) {
            first = arguments[valueArgument];
        }
        if (next == choice.second(known, count)) {
            second = arguments[valueArgument];
        }
        next++;
    }

    @Override
    public @Nullable Object value() {
        return count == 0
                ? null
                : choice.value(requireNonNull(first), requireNonNull(second), requireNonNull(fraction), count);
    }
}
