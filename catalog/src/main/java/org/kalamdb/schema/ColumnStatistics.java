// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

/**
 * What is known of the values of a column. Immutable.
 *
 * @param distinctCount an estimate of the number of different values that are not NULL, or NaN if nothing is known
 * @param nullFraction the part of the rows in which it is NULL, from 0 to 1
 * @param min the {@link ValuePosition} of the least value or of one before it, or NaN if nothing is known
 * @param max the position of the greatest value or of one behind it, or NaN if nothing is known
 * @param histogram how the values that are not NULL lie between them
 */
public record ColumnStatistics(double distinctCount, double nullFraction, double min, double max, Histogram histogram) {
    /** Nothing is known. */
    public static final ColumnStatistics UNKNOWN = new ColumnStatistics(Double.NaN, 0, Double.NaN, Double.NaN);

    /** Statistics without a histogram. */
    public ColumnStatistics(double distinctCount, double nullFraction, double min, double max) {
        this(distinctCount, nullFraction, min, max, Histogram.UNKNOWN);
    }

    public ColumnStatistics {
        if (nullFraction < 0 || nullFraction > 1) {
            throw new IllegalArgumentException("nullFraction must be from 0 to 1, got: " + nullFraction);
        }
    }
}
