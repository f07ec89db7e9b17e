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
     */
    public record ColumnAnalysis(
            long columnId,
            ColumnStatistics statistics,
            @Nullable String min,
            @Nullable String max) {}

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
        return new ColumnStatistics(
                larger(distinct, known.distinctCount()),
                found.nullFraction(),
                -larger(-found.min(), -known.min()),
                larger(found.max(), known.max()));
    }

    /** NaN only if both are. */
    private static double larger(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }
}
