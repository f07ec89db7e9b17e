// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.kalamdb.function.Datetimes;

/**
 * Arithmetic of a frame of values: how far from the order key of the current row its bound is. Immutable.
 *
 * <p>Keys and bounds are compared as values of one class, wide enough that no step overflows.
 */
public sealed interface RangeStep {
    /** Months of ten thousand years, which is all years there are. */
    long MAX_MONTHS = 120_000;

    /** A key as it is compared with bounds. */
    Comparable<?> comparable(Object key);

    /** The bound that lies one step above or below a key. */
    Comparable<?> bound(Object key, boolean above);

    /** Whole numbers; also times and timestamps, stepped by microseconds. */
    record Whole(long step) implements RangeStep {
        @Override
        public Comparable<?> comparable(Object key) {
            return ((Number) key).longValue();
        }

        @Override
        public Comparable<?> bound(Object key, boolean above) {
            return saturatedSum(((Number) key).longValue(), above ? step : -step);
        }
    }

    /** Exact numbers. */
    record Exact(BigDecimal step) implements RangeStep {
        @Override
        public Comparable<?> comparable(Object key) {
            return key instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) key).longValue());
        }

        @Override
        public Comparable<?> bound(Object key, boolean above) {
            BigDecimal number = (BigDecimal) comparable(key);
            return above ? number.add(step) : number.subtract(step);
        }
    }

    /** Floating-point numbers. */
    record Approximate(double step) implements RangeStep {
        @Override
        public Comparable<?> comparable(Object key) {
            // Zero is zero, whatever its sign.
            return ((Number) key).doubleValue() + 0.0;
        }

        @Override
        public Comparable<?> bound(Object key, boolean above) {
            return ((Number) key).doubleValue() + (above ? step : -step) + 0.0;
        }
    }

    /** Dates, stepped by microseconds. */
    record DateMicros(long micros) implements RangeStep {
        @Override
        public Comparable<?> comparable(Object key) {
            return (Integer) key * Datetimes.MICROS_PER_DAY;
        }

        @Override
        public Comparable<?> bound(Object key, boolean above) {
            return saturatedSum((Integer) key * Datetimes.MICROS_PER_DAY, above ? micros : -micros);
        }
    }

    /** Dates, stepped by months, also to where no date is any more. */
    record DateMonths(long months) implements RangeStep {
        @Override
        public Comparable<?> comparable(Object key) {
            return ((Integer) key).longValue();
        }

        @Override
        public Comparable<?> bound(Object key, boolean above) {
            return LocalDate.ofEpochDay((Integer) key)
                    .plusMonths(limited(above ? months : -months))
                    .toEpochDay();
        }
    }

    /** Timestamps, stepped by months, also to where no timestamp is any more. */
    record TimestampMonths(long months) implements RangeStep {
        @Override
        public Comparable<?> comparable(Object key) {
            return (Long) key;
        }

        @Override
        public Comparable<?> bound(Object key, boolean above) {
            long day = Math.floorDiv((Long) key, Datetimes.MICROS_PER_DAY);
            long ofDay = Math.floorMod((Long) key, Datetimes.MICROS_PER_DAY);
            return LocalDate.ofEpochDay(day)
                                    .plusMonths(limited(above ? months : -months))
                                    .toEpochDay()
                            * Datetimes.MICROS_PER_DAY
                    + ofDay;
        }
    }

    /** As many months as lead out of all years there are: no more make a difference. */
    private static long limited(long months) {
        return Math.max(-MAX_MONTHS, Math.min(MAX_MONTHS, months));
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
        return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
