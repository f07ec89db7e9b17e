// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;

/** The rows of a running query, batch by batch. Confined to one thread, as its session is. */
public interface ResultCursor extends AutoCloseable {
    List<ResultColumn> columns();

    /** The next batch, valid until the next call and never empty; null at the end. */
    @Nullable
    ColumnBatch next();

    /** Frees what the query holds. Idempotent. */
    @Override
    void close();
}
