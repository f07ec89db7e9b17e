// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Which of sorted values, counted from 0, a percentile is made of. */
enum PercentileChoice {
    /** The number at the place that the fraction has on the way from the first value to the last. */
    CONTINUOUS {
        @Override
        long first(BigDecimal fraction, long count) {
            return place(fraction, count).longValue();
        }

        @Override
        long second(BigDecimal fraction, long count) {
            return Math.min(first(fraction, count) + 1, count - 1);
        }

        @Override
        Object value(Object first, Object second, BigDecimal fraction, long count) {
            double low = ((Number) first).doubleValue();
            double high = ((Number) second).doubleValue();
            double rest = place(fraction, count)
                    .subtract(BigDecimal.valueOf(first(fraction, count)))
                    .doubleValue();
            // Infinite values have no distance, and between neighbours that are the same there is nothing to compute.
            return rest == 0 || low == high ? low : low + rest * (high - low);
        }

        private BigDecimal place(BigDecimal fraction, long count) {
            return fraction.multiply(BigDecimal.valueOf(count - 1));
        }
    },

    /** The first value such that it and those before it are at least the fraction of all. */
    DISCRETE {
        @Override
        long first(BigDecimal fraction, long count) {
            long rank = fraction.multiply(BigDecimal.valueOf(count))
                    .setScale(0, RoundingMode.CEILING)
                    .longValue();
            return Math.max(rank, 1) - 1;
        }

        @Override
        long second(BigDecimal fraction, long count) {
            return first(fraction, count);
        }

        @Override
        Object value(Object first, Object second, BigDecimal fraction, long count) {
            return first;
        }
    };

    /** The half, for the median. */
    static final BigDecimal HALF = new BigDecimal("0.5");

    /** The first value that counts. @param count of all values, at least 1 */
    abstract long first(BigDecimal fraction, long count);

    /** The second value that counts; may be the first. */
    abstract long second(BigDecimal fraction, long count);

    /** The percentile. @param first the value at {@link #first} @param second that at {@link #second} */
    abstract Object value(Object first, Object second, BigDecimal fraction, long count);

    /** What a fraction says in decimal is what is meant, also if it comes as a floating-point number. */
    static BigDecimal fraction(Object value) {
        double number = ((Number) value).doubleValue();
        if (!(number >= 0 && number <= 1)) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE, "Fraction of a percentile must be between 0 and 1, got: " + value);
        }
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number);
    }
}
