// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What ANALYZE has found in the rows of a table. Immutable.
 *
 * @param objectId the table's object id
 * @param rowCount how many rows there were
 * @param analyzedMicros when, in microseconds since 1970-01-01 UTC
 * @param columns what it found in each column
 */
public record TableAnalysis(long objectId, long rowCount, long analyzedMicros, List<ColumnAnalysis> columns) {
    /** A column with more different values than this part of the rows gets more of them when rows are added. */
    private static final double GROWING_DISTINCT_FRACTION = 0.1;

    private static final double MAX_GROWTH_OF_HISTOGRAM = 1.1;

    public TableAnalysis {
        columns = List.copyOf(columns);
    }

    /**
     * The values of a column.
     *
     * @param columnId the column's id
     * @param statistics what the planner uses
     * @param min the least value as text, or null if there is none or values have no order
     * @param max the greatest value as text, or null likewise
     * @param bounds the values that divide all into parts of the same size as text, or none if there are few
     */
    public record ColumnAnalysis(
            long columnId,
            ColumnStatistics statistics,
            @Nullable String min,
            @Nullable String max,
            List<String> bounds) {
        public ColumnAnalysis {
            bounds = List.copyOf(bounds);
        }
    }

    /** The same of a copy of the table. @param copyId its object id */
    public TableAnalysis ofTable(long copyId) {
        return new TableAnalysis(copyId, rowCount, analyzedMicros, columns);
    }

    /** What it found in a column; empty if the column is newer. */
    public Optional<ColumnAnalysis> findColumn(long columnId) {
        return columns.stream().filter(column -> column.columnId() == columnId).findFirst();
    }

    /** This together with what is known now without reading rows. @param current of the same table */
    public TableStatistics completed(TableDefinition table, TableStatistics current) {
        List<ColumnStatistics> merged = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnStatistics known = current.column(i);
            merged.add(findColumn(table.columns().get(i).columnId())
                    .map(column -> completed(column.statistics(), known, current.rowCount()))
                    .orElse(known));
        }
        return new TableStatistics(current.rowCount(), merged);
    }

    private ColumnStatistics completed(ColumnStatistics found, ColumnStatistics known, double rows) {
        boolean grows = found.distinctCount() > GROWING_DISTINCT_FRACTION * rowCount && rows > rowCount && rowCount > 0;
        double distinct = grows ? found.distinctCount() * rows / rowCount : found.distinctCount();
        double min = -larger(-found.min(), -known.min());
        double max = larger(found.max(), known.max());
        boolean reachesFurther = min < found.min() || max > found.max();
        // Where values have been added behind those that were there, the histogram would know of none.
        boolean isPast = reachesFurther && rows > rowCount * MAX_GROWTH_OF_HISTOGRAM;
        return new ColumnStatistics(
                larger(distinct, known.distinctCount()),
                found.nullFraction(),
                min,
                max,
                isPast ? Histogram.UNKNOWN : found.histogram());
    }

    /** NaN only if both are. */
    private static double larger(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }
}
