// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;

/**
 * Reads rows, batch by batch. Confined to one thread; must be closed.
 *
 * <p>It shows the rows as they were when it was opened: neither later writes of its own transaction nor the end of that
 * transaction change what it reads.
 */
public interface RowCursor extends AutoCloseable {
    /**
     * The next batch, or null at the end. It is valid until the next call; one of no rows never comes.
     *
     * @throws org.kalamdb.error.KalamException QUERY_CANCELED, or DATA_CORRUPTED if a row is damaged
     */
    @Nullable
    ColumnBatch next();

    /**
     * The key of a row of the last batch.
     *
     * @throws IllegalStateException if the scan was not asked for row keys
     */
    byte[] rowKey(int row);

    /** Frees what it holds. Idempotent. */
    @Override
    void close();
}
