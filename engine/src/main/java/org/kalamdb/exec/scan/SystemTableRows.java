// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.introspection.IntrospectionTable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.type.KalamDataType;

/** The rows of the engine's own tables: made from the catalog and from what the engine measures. Safe for use by several threads. */
public final class SystemTableRows {
    private static final int ROWS_PER_BATCH = 1024;

    private final Introspection introspection;
    private final Measurements measurements;

    /** What the engine measures: the rows of {@code system.stats} and its like. Safe for use by several threads. */
    public interface Measurements {
        /** All columns of the rows of a table; none if the table's feature has nothing to show. */
        Stream<@Nullable Object[]> rows(TableId table);
    }

    public SystemTableRows(Introspection introspection, Measurements measurements) {
        this.introspection = introspection;
        this.measurements = measurements;
    }

    /** @param columns 0-based positions in the table's columns */
    public RowCursor scan(TableDefinition table, int[] columns) {
        Stream<@Nullable Object[]> rows = introspection
                .systemTable(table.id())
                .map(IntrospectionTable::rows)
                .orElseGet(() -> measurements.rows(table.id()));
        List<KalamDataType> types = new ArrayList<>(columns.length);
        for (int column : columns) {
            types.add(table.columns().get(column).dataType());
        }
        return new Cursor(rows, columns, new BatchBuilder(types, ROWS_PER_BATCH));
    }

    private static final class Cursor implements RowCursor {
        private final Stream<@Nullable Object[]> stream;
        private final Iterator<@Nullable Object[]> rows;
        private final int[] columns;
        private final BatchBuilder builder;

        Cursor(Stream<@Nullable Object[]> stream, int[] columns, BatchBuilder builder) {
            this.stream = stream;
            this.rows = stream.iterator();
            this.columns = columns;
            this.builder = builder;
        }

        @Override
        public @Nullable ColumnBatch next() {
            builder.reset();
            int count = 0;
            while (count < ROWS_PER_BATCH && rows.hasNext()) {
                @Nullable Object[] row = rows.next();
                for (int i = 0; i < columns.length; i++) {
                    builder.column(i).append(row[columns[i]]);
                }
                count++;
            }
            return count == 0 ? null : builder.build(count);
        }

        @Override
        public byte[] rowKey(int row) {
            throw new IllegalStateException("Rows of system tables have no keys");
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
