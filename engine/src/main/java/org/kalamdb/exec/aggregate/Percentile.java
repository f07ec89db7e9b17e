// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.ValueOrder;

/** The value at a fraction of the sorted values, NULLs left out. Confined to one thread. */
final class Percentile implements Accumulator {
    private static final int COMPARISONS_PER_CHECK = 1 << 14;

    private final PercentileChoice choice;
    private final int valueArgument;
    private final Comparator<Object> order;
    private final List<Object> values = new ArrayList<>();
    private @Nullable BigDecimal fraction;

    /** @param fraction what it is, or null if it is the first argument, before the value */
    Percentile(PercentileChoice choice, @Nullable BigDecimal fraction, boolean descending) {
        this.choice = choice;
        this.fraction = fraction;
        this.valueArgument = fraction == null ? 1 : 0;
        this.order = descending ? ValueOrder.INSTANCE.reversed() : ValueOrder.INSTANCE;
    }

    @Override
    public boolean holdsValues() {
        return true;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        if (Accumulators.isNull(arguments)) {
            return;
        }
        if (fraction == null) {
            fraction = PercentileChoice.fraction(requireNonNull(arguments[0]));
        }
        values.add(requireNonNull(arguments[valueArgument]));
    }

    @Override
    public @Nullable Object value() {
        return value(() -> {});
    }

    @Override
    public @Nullable Object value(Runnable check) {
        if (values.isEmpty()) {
            return null;
        }
        values.sort(checking(check));
        BigDecimal known = requireNonNull(fraction);
        int count = values.size();
        return choice.value(
                values.get((int) choice.first(known, count)),
                values.get((int) choice.second(known, count)),
                known,
                count);
    }

    private Comparator<Object> checking(Runnable check) {
        int[] comparisons = {0};
        return (a, b) -> {
            if (++comparisons[0] % COMPARISONS_PER_CHECK == 0) {
                check.run();
            }
            return order.compare(a, b);
        };
    }
}
