// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import org.kalamdb.schema.ColumnStatistics;

/**
 * What is estimated of the values of a column. Immutable.
 *
 * @param distinct how many different values, at least 1
 * @param nullFraction the part of the rows in which it is NULL, from 0 to 1
 * @param min a {@linkplain org.kalamdb.schema.ValuePosition position} at or before the others, or NaN if unknown
 * @param max a position at or behind the others, or NaN if unknown
 */
record ColumnEstimate(double distinct, double nullFraction, double min, double max) {
    /** Of how many values a column is assumed to be one of which nothing is known. */
    private static final double UNKNOWN_DISTINCT = 200;

    ColumnEstimate {
        distinct = Math.max(1, distinct);
    }

    /** A column of which nothing is known. @param rows of which it is a column */
    static ColumnEstimate unknown(double rows) {
        return new ColumnEstimate(Math.min(rows, UNKNOWN_DISTINCT), 0, Double.NaN, Double.NaN);
    }

    /** A column that has as many different values. @param distinct at least 0 */
    static ColumnEstimate ofDistinct(double distinct) {
        return new ColumnEstimate(distinct, 0, Double.NaN, Double.NaN);
    }

    /** A column that always has one value. @param position of the value, or NaN */
    static ColumnEstimate ofConstant(double position) {
        return new ColumnEstimate(1, 0, position, position);
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
                Math.min(distinct, values), statistics.nullFraction(), statistics.min(), statistics.max());
    }

    boolean hasRange() {
        return !Double.isNaN(min) && !Double.isNaN(max);
    }

    ColumnEstimate withDistinct(double other) {
        return new ColumnEstimate(other, nullFraction, min, max);
    }

    ColumnEstimate withNullFraction(double other) {
        return new ColumnEstimate(distinct, other, min, max);
    }

    /** The values of a part of the range. @param part of the values that lie there, from 0 to 1 */
    ColumnEstimate within(double from, double to, double part) {
        return new ColumnEstimate(distinct * part, 0, from, to);
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
