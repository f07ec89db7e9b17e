// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.Histogram;

/**
 * What is estimated of the values of a column. Immutable.
 *
 * @param distinct how many different values, at least 1
 * @param nullFraction the part of the rows in which it is NULL, from 0 to 1
 * @param min a {@linkplain org.kalamdb.schema.ValuePosition position} at or before the others, or NaN if unknown
 * @param max a position at or behind the others, or NaN if unknown
 * @param histogram of the column of a table that they are values of, which tells how they lie in their range
 */
record ColumnEstimate(double distinct, double nullFraction, double min, double max, Histogram histogram) {
    /** Of how many values a column is assumed to be one of which nothing is known. */
    private static final double UNKNOWN_DISTINCT = 200;

    /** Of a range that lies inside of one part of a histogram. */
    private static final double LEAST_PART_OF_HISTOGRAM = 0.25 / Histogram.MAX_PARTS;

    ColumnEstimate {
        distinct = Math.max(1, distinct);
    }

    /** A column of which nothing is known. @param rows of which it is a column */
    static ColumnEstimate unknown(double rows) {
        return ofDistinct(Math.min(rows, UNKNOWN_DISTINCT));
    }

    /** A column that has as many different values. @param distinct at least 0 */
    static ColumnEstimate ofDistinct(double distinct) {
        return new ColumnEstimate(distinct, 0, Double.NaN, Double.NaN, Histogram.UNKNOWN);
    }

    /** A column that always has one value. @param position of the value, or NaN */
    static ColumnEstimate ofConstant(double position) {
        return new ColumnEstimate(1, 0, position, position, Histogram.UNKNOWN);
    }

    /**
     * A column of a table.
     *
     * @param rows of the table
     * @param unique whether no value is there twice
     * @param discrete whether positions of values are whole numbers
     */
    static ColumnEstimate of(ColumnStatistics statistics, double rows, boolean unique, boolean discrete) {
        double values = rows * (1 - statistics.nullFraction());
        double width = statistics.max() - statistics.min() + 1;
        double distinct = statistics.distinctCount();
        if (unique) {
            distinct = values;
        } else if (Double.isNaN(distinct)) {
            distinct = discrete && !Double.isNaN(width) ? values : UNKNOWN_DISTINCT;
        }
        if (discrete && !Double.isNaN(width)) {
            distinct = Math.min(distinct, width);
        }
        return new ColumnEstimate(
                Math.min(distinct, values),
                statistics.nullFraction(),
                statistics.min(),
                statistics.max(),
                statistics.histogram());
    }

    boolean hasRange() {
        return Double.isFinite(min) && Double.isFinite(max);
    }

    ColumnEstimate withDistinct(double other) {
        return new ColumnEstimate(other, nullFraction, min, max, histogram);
    }

    ColumnEstimate withNullFraction(double other) {
        return new ColumnEstimate(distinct, other, min, max, histogram);
    }

    /** The values of a part of the range. @param part of the values that lie there, from 0 to 1 */
    ColumnEstimate within(double from, double to, double part) {
        return new ColumnEstimate(distinct * part, 0, from, to, histogram);
    }

    /**
     * The part of the values, NULL left out, that lie between two positions, both included.
     *
     * @param from not before the least
     * @param to not before {@code from}, nor behind the greatest
     */
    double partBetween(double from, double to) {
        double whole = wholePart();
        if (whole > 0) {
            double least = Math.min(1 / distinct, LEAST_PART_OF_HISTOGRAM);
            return Math.min(1, Math.max(least, histogram.partBetween(from, to) / whole));
        }
        double width = max - min;
        return width <= 0 ? 1 : Math.max(1 / distinct, (to - from) / width);
    }

    /** The part of the values, NULL left out, that equal one. @param position of the value, or NaN if it is not known */
    double partOf(double position) {
        double whole = wholePart();
        double frequent = whole > 0 ? histogram.partOf(position) : 0;
        if (frequent > 0) {
            return Math.min(1, frequent / whole);
        }
        boolean isWhole = whole >= 1 && !Double.isNaN(position);
        double others = isWhole ? distinct - histogram.frequent().size() : distinct;
        return isWhole ? (1 - histogram.frequentPart()) / Math.max(1, others) : 1 / distinct;
    }

    /** The part of the values of the histogram that are still there; 0 if there is none. */
    private double wholePart() {
        return histogram.isKnown() && hasRange() ? histogram.partBetween(min, max) : 0;
    }

    /**
     * The values that are left if rows are picked without regard to this column.
     *
     * @param before how many rows there were
     * @param after how many there are
     */
    ColumnEstimate afterPicking(double before, double after) {
        if (after >= before || before <= 0) {
            return distinct <= after ? this : withDistinct(after);
        }
        double rowsOfValue = Math.max(1, before / distinct);
        double kept = distinct * (1 - Math.pow(1 - after / before, rowsOfValue));
        return withDistinct(Math.min(after, Math.max(1, kept)));
    }
}
