// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;

/** A cursor over at most one row, which is read already. Confined to one thread. */
final class PointCursor implements RowCursor {
    private final byte[] rowKey;
    private @Nullable ColumnBatch batch;

    PointCursor(byte[] rowKey, @Nullable ColumnBatch batch) {
        this.rowKey = rowKey;
        this.batch = batch;
    }

    @Override
    public @Nullable ColumnBatch next() {
        ColumnBatch next = batch;
        batch = null;
        return next;
    }

    @Override
    public byte[] rowKey(int row) {
        return rowKey;
    }

    @Override
    public void close() {
        batch = null;
    }
}
