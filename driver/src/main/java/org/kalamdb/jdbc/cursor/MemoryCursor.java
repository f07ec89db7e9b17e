// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.cursor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.type.KalamDataType;

/** Rows in memory, for results that no statement computes: metadata and elements of an array. Confined to one thread. */
public final class MemoryCursor implements ResultCursor {
    private static final int BATCH_ROWS = 1024;

    private final List<ResultColumn> columns;
    private final List<@Nullable Object[]> rows;
    private int position;

    /** @param rows stored values, one a column; owned by this cursor from now on */
    public MemoryCursor(List<ResultColumn> columns, List<@Nullable Object[]> rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /** What a statement that was not asked for keys, or made none, answers. */
    public static MemoryCursor noGeneratedKeys() {
        return new MemoryCursor(List.of(column("generated_key", KalamDataType.BIGINT, true)), List.of());
    }

    /** A column of rows in memory, which belongs to no table. */
    public static ResultColumn column(String name, KalamDataType type, boolean nullable) {
        return new ResultColumn(name, type, nullable, null, null);
    }

    /** One row of {@code batch}, copied out of it. */
    public static ColumnBatch copyRow(ColumnBatch batch, int row) {
        List<KalamDataType> types =
                batch.columns().stream().map(ColumnVector::type).toList();
        return ofRow(types, storedRow(batch, row));
    }

    /** One row of {@code batch} as stored values. */
    public static @Nullable Object[] storedRow(ColumnBatch batch, int row) {
        @Nullable Object[] values = new @Nullable Object[batch.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(i).storedValue(row);
        }
        return values;
    }

    /** A batch of one row of stored values. */
    public static ColumnBatch ofRow(List<KalamDataType> types, @Nullable Object[] values) {
        List<ColumnVector> vectors = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            vectors.add(MemoryVectors.of(types.get(i), new @Nullable Object[] {values[i]}));
        }
        return new ColumnBatch(1, vectors);
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable ColumnBatch next() {
        int count = Math.min(BATCH_ROWS, rows.size() - position);
        if (count <= 0) {
            return null;
        }
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (int column = 0; column < columns.size(); column++) {
            @Nullable Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                values[i] = rows.get(position + i)[column];
            }
            vectors.add(MemoryVectors.of(columns.get(column).type(), values));
        }
        position += count;
        return new ColumnBatch(count, vectors);
    }

    @Override
    public void close() {
        position = rows.size();
    }
}
