// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.DistinctSketch;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ValuePosition;
import org.kalamdb.storage.cold.ColumnSummary;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.type.KalamDataType;

/**
 * What the manifest says of the columns of a table's cold rows. Immutable.
 *
 * @param viewVersion of the set of segments
 * @param schemaVersion of the table
 * @param rowCount of cold rows, masked ones included
 * @param columns in the order of the table's columns
 */
record ManifestStatistics(long viewVersion, int schemaVersion, long rowCount, List<ColumnStatistics> columns) {
    /** Small segments have no sketches; a few of them do not matter. */
    private static final double MOST = 0.8;

    ManifestStatistics {
        columns = List.copyOf(columns);
    }

    static ManifestStatistics of(TableDefinition table, ColdView view) {
        List<SegmentEntry> entries =
                view.segments().stream().map(Segment::entry).toList();
        long rows =
                entries.stream().mapToLong(entry -> entry.summary().rowCount()).sum();
        List<ColumnStatistics> columns = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            columns.add(column(column, entries, rows));
        }
        return new ManifestStatistics(view.version(), table.schemaVersion(), rows, columns);
    }

    private static ColumnStatistics column(ColumnDefinition column, List<SegmentEntry> entries, long rows) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        long nulls = 0;
        long sketchedRows = 0;
        DistinctSketch sketch = new DistinctSketch();
        for (SegmentEntry entry : entries) {
            int index = entry.indexOf(column.columnId());
            if (index < 0) {
                // All rows have the default the column was added with.
                return ColumnStatistics.UNKNOWN;
            }
            ColumnSummary summary = entry.summary().columns().get(index);
            nulls += summary.nullCount();
            if (summary.sketch() != null) {
                sketch.merge(DistinctSketch.of(summary.sketch()));
                sketchedRows += entry.summary().rowCount();
            }
            if (summary.nullCount() < entry.summary().rowCount()) {
                KalamDataType stored = entry.columns().get(index).type();
                // Not a number if one of them is: then nothing is known.
                min = Math.min(min, position(stored, summary.min()));
                max = Math.max(max, position(stored, summary.max()));
            }
        }
        double nullFraction = rows == 0 ? 0 : (double) nulls / rows;
        return nulls == rows
                ? new ColumnStatistics(0, nullFraction, Double.NaN, Double.NaN)
                : new ColumnStatistics(
                        sketchedRows > rows * MOST ? Math.min(sketch.estimate(), rows) : Double.NaN,
                        nullFraction,
                        min,
                        max);
    }

    private static double position(KalamDataType stored, byte @Nullable [] plain) {
        Object value = plain == null ? null : ColumnBounds.value(plain, stored);
        return value == null ? Double.NaN : ValuePosition.of(stored, value);
    }
}
