// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills the columns of a {@link ColumnBatch}. Confined to one thread. */
public final class BatchBuilder {
    private final List<VectorBuilder> columns;

    /**
     * @param types the types of the columns
     * @param capacity number of rows to make room for, at least 0; more may be appended
     */
    public BatchBuilder(List<KalamDataType> types, int capacity) {
        List<VectorBuilder> builders = new ArrayList<>(types.size());
        for (KalamDataType type : types) {
            builders.add(VectorBuilder.of(type, capacity));
        }
        this.columns = List.copyOf(builders);
    }

    /** The builder of one column. */
    public VectorBuilder column(int index) {
        return columns.get(index);
    }

    /** Number of columns. */
    public int columnCount() {
        return columns.size();
    }

    /** Appends one row of stored values, one a column; null for NULL. */
    public void appendRow(@Nullable Object... storedValues) {
        if (storedValues.length != columns.size()) {
            throw new IllegalArgumentException("Expected " + columns.size() + " values, got: " + storedValues.length);
        }
        for (int i = 0; i < storedValues.length; i++) {
            columns.get(i).append(storedValues[i]);
        }
    }

    /** The batch of the rows appended so far; every column must have the same number of rows. Shares the arrays. */
    public ColumnBatch build() {
        return build(columns.isEmpty() ? 0 : columns.get(0).size());
    }

    /**
     * Like {@link #build()}, for a batch that may have no column.
     *
     * @param rowCount number of rows, at least 0
     */
    public ColumnBatch build(int rowCount) {
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (VectorBuilder column : columns) {
            if (column.size() != rowCount) {
                throw new IllegalStateException("Expected " + rowCount + " rows, got: " + column.size());
            }
            vectors.add(column.build());
        }
        return new ColumnBatch(rowCount, vectors);
    }

    /** Forgets all rows and keeps the room. Batches built before are invalid from now on. */
    public void reset() {
        for (VectorBuilder column : columns) {
            column.reset();
        }
    }
}
