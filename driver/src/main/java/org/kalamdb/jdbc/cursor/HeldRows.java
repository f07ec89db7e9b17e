// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.cursor;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;

/** Rows that outlive the transaction they were read in, because all of them were copied. Confined to one thread. */
public final class HeldRows implements ResultCursor {
    private final List<ResultColumn> columns;
    private final Queue<ColumnBatch> batches;

    private HeldRows(List<ResultColumn> columns, Queue<ColumnBatch> batches) {
        this.columns = columns;
        this.batches = batches;
    }

    /** Reads a cursor to its end and closes it. */
    public static HeldRows of(ResultCursor cursor) {
        Queue<ColumnBatch> batches = new ArrayDeque<>();
        try (cursor) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                batches.add(copy(batch, batch.rowCount()));
            }
        }
        return new HeldRows(cursor.columns(), batches);
    }

    /** The first rows of a batch, in arrays of their own. */
    public static ColumnBatch copy(ColumnBatch batch, int rowCount) {
        BatchBuilder copy = new BatchBuilder(
                batch.columns().stream().map(ColumnVector::type).toList(), rowCount);
        for (int column = 0; column < copy.columnCount(); column++) {
            for (int row = 0; row < rowCount; row++) {
                copy.column(column).append(batch.column(column), row);
            }
        }
        return copy.build(rowCount);
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable ColumnBatch next() {
        return batches.poll();
    }

    @Override
    public void close() {
        batches.clear();
    }
}
