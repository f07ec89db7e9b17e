// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.ValueOrder;

/** The value at a fraction of the sorted values, NULLs left out. Confined to one thread. */
final class Percentile implements Accumulator {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static final int COMPARISONS_PER_CHECK = 1 << 14;

    private final Choice choice;
    private final int valueArgument;
    private final Comparator<Object> order;
    private final List<Object> values = new ArrayList<>();
    private @Nullable BigDecimal fraction;

    private Percentile(Choice choice, @Nullable BigDecimal fraction, boolean descending) {
        this.choice = choice;
        this.fraction = fraction;
        this.valueArgument = fraction == null ? 1 : 0;
        this.order = descending ? ValueOrder.INSTANCE.reversed() : ValueOrder.INSTANCE;
    }

    static Percentile median() {
        return new Percentile(Percentile::interpolated, HALF, false);
    }

    static Percentile continuous(boolean descending) {
        return new Percentile(Percentile::interpolated, null, descending);
    }

    static Percentile discrete(boolean descending) {
        return new Percentile(Percentile::reached, null, descending);
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
            fraction = fraction(requireNonNull(arguments[0]));
        }
        values.add(requireNonNull(arguments[valueArgument]));
    }

    /** What a fraction says in decimal is what is meant, also if it comes as a floating-point number. */
    private static BigDecimal fraction(Object value) {
        double number = ((Number) value).doubleValue();
        if (!(number >= 0 && number <= 1)) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE, "Fraction of a percentile must be between 0 and 1, got: " + value);
        }
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number);
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
        return choice.of(values, requireNonNull(fraction));
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

    /** The value at the place that the fraction has on the way from the first value to the last. */
    private static Object interpolated(List<Object> values, BigDecimal fraction) {
        BigDecimal place = fraction.multiply(BigDecimal.valueOf(values.size() - 1L));
        int below = place.intValue();
        double low = number(values, below);
        double high = number(values, Math.min(below + 1, values.size() - 1));
        double rest = place.subtract(BigDecimal.valueOf(below)).doubleValue();
        // Infinite values have no distance, and between neighbours that are the same there is nothing to compute.
        return rest == 0 || low == high ? low : low + rest * (high - low);
    }

    /** The first value such that it and those before it are at least the fraction of all. */
    private static Object reached(List<Object> values, BigDecimal fraction) {
        int rank = fraction.multiply(BigDecimal.valueOf(values.size()))
                .setScale(0, RoundingMode.CEILING)
                .intValue();
        return values.get(Math.max(rank, 1) - 1);
    }

    private static double number(List<Object> values, int index) {
        return ((Number) values.get(index)).doubleValue();
    }

    private interface Choice {
        Object of(List<Object> sorted, BigDecimal fraction);
    }
}
