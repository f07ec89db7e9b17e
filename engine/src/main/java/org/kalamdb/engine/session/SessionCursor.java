// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RuntimeErrors;

/** A cursor that its session knows of, and closes if its transaction ends first. Confined to one thread. */
final class SessionCursor implements ResultCursor {
    private final ResultCursor rows;
    private final Consumer<ResultCursor> onClose;
    private boolean closed;
    private boolean ended;

    SessionCursor(ResultCursor rows, Consumer<ResultCursor> onClose) {
        this.rows = rows;
        this.onClose = onClose;
    }

    @Override
    public List<ResultColumn> columns() {
        return rows.columns();
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (ended) {
            return null;
        }
        if (closed) {
            throw new KalamException(
                    ErrorCode.INVALID_CURSOR, "The result is closed: its statement or transaction has ended");
        }
        try {
            ColumnBatch batch = rows.next();
            if (batch == null) {
                // Nothing is left to read: what the rows were read from need not be held until somebody says so.
                ended = true;
                close();
            }
            return batch;
        } catch (RuntimeException | Error e) {
            throw RuntimeErrors.translate(e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                rows.close();
            } finally {
                onClose.accept(this);
            }
        }
    }
}
