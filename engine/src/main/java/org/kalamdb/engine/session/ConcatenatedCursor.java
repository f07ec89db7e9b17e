// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;

/** The rows of several cursors with the same columns, one cursor after the other. Confined to one thread. */
final class ConcatenatedCursor implements ResultCursor {
    private final List<ResultCursor> cursors;
    private int current;

    /** @param cursors at least one; owned by this cursor from now on */
    ConcatenatedCursor(List<ResultCursor> cursors) {
        this.cursors = List.copyOf(cursors);
    }

    @Override
    public List<ResultColumn> columns() {
        return cursors.get(0).columns();
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (current < cursors.size()) {
            ColumnBatch batch = cursors.get(current).next();
            if (batch != null) {
                return batch;
            }
            cursors.get(current).close();
            current++;
        }
        return null;
    }

    @Override
    public void close() {
        while (current < cursors.size()) {
            cursors.get(current).close();
            current++;
        }
    }
}
