// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.cursor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Updatability;
import org.kalamdb.engine.batch.ColumnBatch;

/** The rows of a statement that was asked for rows to change, and whether they can be. Confined to one thread. */
public record UpdatableCursor(ResultCursor rows, Updatability updatability) implements ResultCursor {
    @Override
    public List<ResultColumn> columns() {
        return rows.columns();
    }

    @Override
    public @Nullable ColumnBatch next() {
        return rows.next();
    }

    @Override
    public void close() {
        rows.close();
    }
}
