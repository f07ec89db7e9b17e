// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;

/** A cursor over rows of stored values. Confined to one thread. */
public final class RowsCursor implements ResultCursor {
    private static final int ROWS_PER_BATCH = 1024;

    private final List<ResultColumn> columns;
    private final Iterator<@Nullable Object[]> rows;
    private final BatchBuilder builder;
    private final Runnable onClose;
    private boolean closed;

    /** @param onClose frees what {@code rows} holds */
    public RowsCursor(List<ResultColumn> columns, Iterator<@Nullable Object[]> rows, Runnable onClose) {
        this.columns = columns;
        this.rows = rows;
        this.onClose = onClose;
        this.builder = new BatchBuilder(columns.stream().map(ResultColumn::type).toList(), ROWS_PER_BATCH);
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (closed || !rows.hasNext()) {
            return null;
        }
        builder.reset();
        int count = 0;
        while (count < ROWS_PER_BATCH && rows.hasNext()) {
            builder.appendRow(rows.next());
            count++;
        }
        return builder.build(count);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
