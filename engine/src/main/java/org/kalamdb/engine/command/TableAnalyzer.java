// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.function.ValueOrder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.DistinctSketch;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableAnalysis.ColumnAnalysis;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ValuePosition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/** Reads all rows of a table, of all users, for what the planner wants to know of them. Confined to one thread. */
final class TableAnalyzer {
    /** A value is shown in a table; the rest of it is of no use. */
    private static final int MAX_TEXT = 100;

    private final TableDefinition table;
    private final List<Column> columns;
    private long rowCount;

    TableAnalyzer(TableDefinition table) {
        this.table = table;
        this.columns = table.columns().stream().map(Column::new).toList();
    }

    /**
     * Reads the rows.
     *
     * @param stopCheck throws if the work is to stop
     * @param nowMicros in microseconds since 1970-01-01 UTC
     */
    TableAnalysis analyze(TableStore tables, ReadView view, Runnable stopCheck, long nowMicros) {
        try (RowCursor rows = tables.scanOfAllUsers(view, ScanRequest.all(table, ""))) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                stopCheck.run();
                rowCount += batch.rowCount();
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).add(batch.column(i), batch.rowCount());
                }
            }
        }
        List<ColumnAnalysis> found = new ArrayList<>();
        columns.forEach(column -> found.add(column.finish(rowCount)));
        return new TableAnalysis(table.objectId(), rowCount, nowMicros, found);
    }

    /** What was seen of a column. */
    private static final class Column {
        private final ColumnDefinition definition;
        private final DistinctSketch sketch = new DistinctSketch();
        private final ValueSample sample;
        private final boolean ordered;
        private final boolean compared;
        private long nulls;
        private @Nullable Object min;
        private @Nullable Object max;

        Column(ColumnDefinition definition) {
            this.definition = definition;
            this.sample = new ValueSample(definition.dataType());
            this.compared = definition.dataType().kind() != TypeKind.EMBEDDING;
            this.ordered = switch (definition.dataType().kind()) {
                case JSON, EMBEDDING, BYTES -> false;
                default -> true;
            };
        }

        void add(ColumnVector values, int count) {
            for (int row = 0; row < count; row++) {
                Object value = values.storedValue(row);
                if (value == null) {
                    nulls++;
                } else if (compared) {
                    add(value);
                }
            }
        }

        private void add(Object value) {
            sketch.add(hash(value));
            if (ordered) {
                sample.add(value);
                min = min == null || ValueOrder.INSTANCE.compare(value, min) < 0 ? value : min;
                max = max == null || ValueOrder.INSTANCE.compare(value, max) > 0 ? value : max;
            }
        }

        private static long hash(Object value) {
            if (value instanceof Integer || value instanceof Long || value instanceof Short) {
                return ((Number) value).longValue();
            }
            if (value instanceof Double number) {
                return Double.doubleToLongBits(number);
            }
            return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode();
        }

        ColumnAnalysis finish(long rows) {
            KalamDataType type = definition.dataType();
            List<Object> bounds = sample.bounds();
            return new ColumnAnalysis(
                    definition.columnId(),
                    new ColumnStatistics(
                            compared ? Math.min(sketch.estimate(), rows - nulls) : Double.NaN,
                            rows == 0 ? 0 : (double) nulls / rows,
                            min == null ? Double.NaN : ValuePosition.of(type, min),
                            max == null ? Double.NaN : ValuePosition.of(type, max),
                            sample.histogram(bounds)),
                    min == null ? null : text(type, min),
                    max == null ? null : text(type, max),
                    bounds.stream().map(bound -> text(type, bound)).toList());
        }

        private static String text(KalamDataType type, Object value) {
            String text = StoredValues.toText(type, value);
            return text.codePointCount(0, text.length()) <= MAX_TEXT
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT));
        }
    }
}
