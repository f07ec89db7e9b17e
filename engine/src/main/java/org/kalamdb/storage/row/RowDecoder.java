// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;

/** Reads rows of one schema version as rows of the current one. Safe for use by several threads. */
final class RowDecoder {
    private final RowLayout layout;
    private final int columnCount;
    /** Of the columns of the table, then of its system columns. */
    private final ColumnReader[] readers;

    /** @param columns the columns of the current version */
    RowDecoder(RowLayout layout, List<ColumnDefinition> columns) {
        this.layout = layout;
        this.columnCount = columns.size();
        this.readers = Stream.concat(
                        columns.stream().map(column -> ColumnReader.of(layout, column)),
                        SystemColumns.of(layout.table().type()).stream().map(HeaderColumnReader::of))
                .toArray(ColumnReader[]::new);
    }

    /** The values of one row in the table's own columns. */
    @Nullable
    Object[] values(RowBlock rows, int row) {
        layout.requireSound(rows, row);
        @Nullable Object[] values = new Object[columnCount];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers[i].value(rows, row);
        }
        return values;
    }

    /** Appends some columns of the rows {@code from} to {@code to} (exclusive); system columns follow the table's own. */
    void read(RowBlock rows, int from, int to, int[] columnIndexes, BatchBuilder target) {
        for (int row = from; row < to; row++) {
            layout.requireSound(rows, row);
        }
        for (int i = 0; i < columnIndexes.length; i++) {
            readers[columnIndexes[i]].read(rows, from, to, target.column(i));
        }
    }
}
