// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.Numbers;
import org.kalamdb.function.PairStatistic;

/** What aggregates groups of rows and the frames of windows. All but {@link #distinct} pass over rows with a NULL argument. */
public final class Accumulators {
    private Accumulators() {}

    public static Accumulator count() {
        return new Count();
    }

    /** @param empty what no value sums up to */
    public static Accumulator sumOfLongs(@Nullable Long empty) {
        return new LongSum(empty);
    }

    /** @param empty what no value sums up to */
    public static Accumulator sumOfDecimals(int precision, int scale, @Nullable BigDecimal empty) {
        return new DecimalSum(precision, scale, empty);
    }

    /** @param empty what no value sums up to */
    public static Accumulator sumOfDoubles(@Nullable Double empty) {
        return new DoubleSum(empty);
    }

    /** The greatest value by that order, the first one of equals. */
    public static Accumulator greatest(Comparator<Object> order) {
        return new Fold((kept, next) -> order.compare(next, kept) > 0 ? next : kept);
    }

    public static Accumulator first() {
        return new Fold((kept, next) -> kept);
    }

    /** Folds the bits of whole numbers, answered in the class that {@code narrowed} gives. */
    public static Accumulator bits(LongBinaryOperator operator, LongFunction<Object> narrowed) {
        return new Fold((kept, next) ->
                narrowed.apply(operator.applyAsLong(((Number) kept).longValue(), ((Number) next).longValue())));
    }

    /** The first argument of the row whose second argument is the greatest by that order. */
    public static Accumulator valueOfGreatest(Comparator<Object> order) {
        return new ValueOfGreatest(order);
    }

    /** The most frequent value, of several the one that came first. */
    public static Accumulator mode() {
        return new Mode();
    }

    /** Texts joined by the second argument, or by a comma if there is none. */
    public static Accumulator joined() {
        return new Joined();
    }

    /** A statistic of pairs: the first argument is the dependent number, the second the independent one. */
    public static Accumulator paired(PairStatistic statistic) {
        return new PairedNumbers(statistic);
    }

    /** The number half way between the least and the greatest value, interpolated. */
    public static Accumulator median() {
        return new Percentile(PercentileChoice.CONTINUOUS, PercentileChoice.HALF, false);
    }

    /** The number that lies as far in the order of second arguments as the first argument says, interpolated. */
    public static Accumulator continuousPercentile(boolean descending) {
        return new Percentile(PercentileChoice.CONTINUOUS, null, descending);
    }

    /** The first second argument in their order to which the fraction is reached that the first argument says. */
    public static Accumulator discretePercentile(boolean descending) {
        return new Percentile(PercentileChoice.DISCRETE, null, descending);
    }

    /** As {@link #median}, of numbers that come sorted. @param count of those that are not NULL */
    public static Accumulator sortedMedian(long count) {
        return new SortedPercentile(PercentileChoice.CONTINUOUS, PercentileChoice.HALF, count);
    }

    /** As {@link #continuousPercentile}, of rows that come sorted. @param count of those without NULL */
    public static Accumulator sortedContinuousPercentile(long count) {
        return new SortedPercentile(PercentileChoice.CONTINUOUS, null, count);
    }

    /** As {@link #discretePercentile}, of rows that come sorted. @param count of those without NULL */
    public static Accumulator sortedDiscretePercentile(long count) {
        return new SortedPercentile(PercentileChoice.DISCRETE, null, count);
    }

    /** What does not depend on rows. */
    public static Accumulator constant(Object value) {
        return new Constant(value);
    }

    /**
     * Passes rows on in an order.
     *
     * @param argumentCount how many arguments are passed on; those behind them are for the order alone
     */
    public static Accumulator ordered(
            Supplier<Accumulator> accumulators, int argumentCount, Comparator<@Nullable Object[]> order) {
        return new Ordered(accumulators, argumentCount, order);
    }

    /** Passes each value on once. */
    public static Accumulator distinct(Supplier<Accumulator> accumulators) {
        return new Distinct(accumulators.get());
    }

    static boolean isNull(@Nullable Object[] arguments) {
        for (Object argument : arguments) {
            if (argument == null) {
                return true;
            }
        }
        return false;
    }

    private record Constant(@Override Object value) implements Accumulator {
        @Override
        public void add(@Nullable Object[] arguments) {}
    }

    private static final class Ordered implements Accumulator {
        private final Supplier<Accumulator> accumulators;
        private final int argumentCount;
        private final Comparator<@Nullable Object[]> order;
        private final List<@Nullable Object[]> rows = new ArrayList<>();

        Ordered(Supplier<Accumulator> accumulators, int argumentCount, Comparator<@Nullable Object[]> order) {
            this.accumulators = accumulators;
            this.argumentCount = argumentCount;
            this.order = order;
        }

        @Override
        public boolean holdsValues() {
            return true;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            rows.add(arguments);
        }

        @Override
        public @Nullable Object value() {
            rows.sort(order);
            Accumulator accumulator = accumulators.get();
            for (@Nullable Object[] row : rows) {
                accumulator.add(Arrays.copyOf(row, argumentCount));
            }
            return accumulator.value();
        }
    }

    private static final class Count implements Accumulator {
        private long count;

        @Override
        public void add(@Nullable Object[] arguments) {
            count += isNull(arguments) ? 0 : 1;
        }

        @Override
        public boolean canRemove() {
            return true;
        }

        @Override
        public void remove(@Nullable Object[] arguments) {
            count -= isNull(arguments) ? 0 : 1;
        }

        @Override
        public Object value() {
            return count;
        }
    }

    private static final class LongSum implements Accumulator {
        private final @Nullable Long empty;
        private long sum;
        private long count;

        LongSum(@Nullable Long empty) {
            this.empty = empty;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Number number) {
                sum = Math.addExact(sum, number.longValue());
                count++;
            }
        }

        @Override
        public boolean canRemove() {
            return true;
        }

        @Override
        public void remove(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Number number) {
                sum = Math.subtractExact(sum, number.longValue());
                count--;
            }
        }

        @Override
        public @Nullable Object value() {
            return count == 0 ? empty : Long.valueOf(sum);
        }
    }

    private static final class DecimalSum implements Accumulator {
        private final int precision;
        private final int scale;
        private final @Nullable BigDecimal empty;
        private BigDecimal sum = BigDecimal.ZERO;
        private long count;

        DecimalSum(int precision, int scale, @Nullable BigDecimal empty) {
            this.precision = precision;
            this.scale = scale;
            this.empty = empty;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] != null) {
                sum = sum.add(decimal(arguments[0]));
                count++;
            }
        }

        @Override
        public boolean canRemove() {
            return true;
        }

        @Override
        public void remove(@Nullable Object[] arguments) {
            if (arguments[0] != null) {
                sum = sum.subtract(decimal(arguments[0]));
                count--;
            }
        }

        private static BigDecimal decimal(Object value) {
            return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) value).longValue());
        }

        @Override
        public @Nullable Object value() {
            return count == 0 ? empty : Numbers.add(sum, BigDecimal.ZERO, precision, scale);
        }
    }

    /** Rows are not removed: what was lost by rounding would not come back. */
    private static final class DoubleSum implements Accumulator {
        private @Nullable Double sum;

        DoubleSum(@Nullable Double empty) {
            this.sum = empty;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Number number) {
                sum = (sum == null ? 0 : sum) + number.doubleValue();
            }
        }

        @Override
        public @Nullable Object value() {
            return sum;
        }
    }

    private static final class Fold implements Accumulator {
        private final BinaryOperator<Object> operator;
        private @Nullable Object kept;

        Fold(BinaryOperator<Object> operator) {
            this.operator = operator;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            Object next = arguments[0];
            if (next != null) {
                kept = kept == null ? next : operator.apply(kept, next);
            }
        }

        @Override
        public @Nullable Object value() {
            return kept;
        }
    }

    private static final class ValueOfGreatest implements Accumulator {
        private final Comparator<Object> order;
        private @Nullable Object greatest;
        private @Nullable Object value;

        ValueOfGreatest(Comparator<Object> order) {
            this.order = order;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            Object key = arguments[1];
            if (key != null && (greatest == null || order.compare(key, greatest) > 0)) {
                greatest = key;
                value = arguments[0];
            }
        }

        @Override
        public @Nullable Object value() {
            return value;
        }
    }

    private static final class Mode implements Accumulator {
        private final Map<Object, Integer> counts = new LinkedHashMap<>();

        @Override
        public boolean holdsValues() {
            return true;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] != null) {
                counts.merge(arguments[0], 1, Integer::sum);
            }
        }

        @Override
        public @Nullable Object value() {
            Object mode = null;
            int most = 0;
            for (Map.Entry<Object, Integer> entry : counts.entrySet()) {
                if (entry.getValue() > most) {
                    most = entry.getValue();
                    mode = entry.getKey();
                }
            }
            return mode;
        }
    }

    private static final class Joined implements Accumulator {
        private @Nullable StringBuilder text;

        @Override
        public boolean holdsValues() {
            return true;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] == null) {
                return;
            }
            Object separator = arguments.length < 2 ? "," : arguments[1];
            if (text == null) {
                text = new StringBuilder();
            } else if (separator != null) {
                text.append(separator);
            }
            text.append(arguments[0]);
        }

        @Override
        public @Nullable Object value() {
            return text == null ? null : text.toString();
        }
    }

    private static final class Distinct implements Accumulator {
        private final Accumulator accumulator;
        private final Map<Object, Integer> counts = new HashMap<>();

        Distinct(Accumulator accumulator) {
            this.accumulator = accumulator;
        }

        @Override
        public boolean holdsValues() {
            return true;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (!isNull(arguments) && counts.merge(RowKeys.of(arguments), 1, Integer::sum) == 1) {
                accumulator.add(arguments);
            }
        }

        @Override
        public boolean canRemove() {
            return accumulator.canRemove();
        }

        @Override
        public void remove(@Nullable Object[] arguments) {
            if (!isNull(arguments)) {
                Object key = RowKeys.of(arguments);
                int left = requireNonNull(counts.get(key)) - 1;
                if (left > 0) {
                    counts.put(key, left);
                } else {
                    counts.remove(key);
                    accumulator.remove(arguments);
                }
            }
        }

        @Override
        public @Nullable Object value() {
            return accumulator.value();
        }
    }
}
