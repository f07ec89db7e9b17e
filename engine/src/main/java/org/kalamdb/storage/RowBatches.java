// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;

/** The batches of a {@link RowCursor}. Confined to one thread at a time. */
final class RowBatches implements BatchCursor, ScanBatch {
    private final RowCursor rows;
    private @Nullable ColumnBatch batch;

    /** @param rows closed with this cursor */
    RowBatches(RowCursor rows) {
        this.rows = rows;
    }

    @Override
    public @Nullable ScanBatch next() {
        batch = rows.next();
        return batch == null ? null : this;
    }

    private ColumnBatch current() {
        return Objects.requireNonNull(batch, "No batch has been read");
    }

    @Override
    public int size() {
        return current().rowCount();
    }

    @Override
    public int @Nullable [] rows() {
        return null;
    }

    @Override
    public int count() {
        return current().rowCount();
    }

    @Override
    public ColumnVector column(int index) {
        return current().column(index);
    }

    @Override
    public void close() {
        rows.close();
    }
}
