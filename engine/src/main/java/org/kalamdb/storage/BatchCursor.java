// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;

/**
 * Reads rows for operators: batches of any size, columns of which are read as far as they are asked for. Confined to one
 * thread at a time; must be closed. What it shows is as {@link RowCursor} says.
 */
public interface BatchCursor extends AutoCloseable {
    /**
     * The next batch, or null at the end.
     *
     * @throws org.kalamdb.error.KalamException QUERY_CANCELED, or DATA_CORRUPTED if rows are damaged
     */
    @Nullable
    ScanBatch next();

    /**
     * Between which whole numbers the values of a column lie in all batches, counted in the order of the request; null if that
     * is not known. To be asked before the first batch.
     */
    default @Nullable ValueRange wholeRange(int index) {
        return null;
    }

    /** Frees what it holds. Idempotent. */
    @Override
    void close();
}
