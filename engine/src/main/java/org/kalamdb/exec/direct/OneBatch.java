// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;

/** A result whose rows are known already. Confined to one thread. */
final class OneBatch implements ResultCursor {
    private final List<ResultColumn> columns;
    private @Nullable ColumnBatch batch;

    OneBatch(List<ResultColumn> columns, ColumnBatch batch) {
        this.columns = columns;
        this.batch = batch;
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable ColumnBatch next() {
        ColumnBatch next = batch;
        batch = null;
        return next;
    }

    @Override
    public void close() {
        batch = null;
    }
}
