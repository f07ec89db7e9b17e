// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.transaction.Transaction;

/**
 * Is told of every change of a row of a table with indexes, inside the transaction that makes it. Safe for use by
 * several threads.
 */
@FunctionalInterface
public interface RowListener {
    /** Nobody listens. */
    RowListener NONE = (tables, transaction, table, rowKey, before, after) -> {};

    /**
     * A row was written or removed. What this throws makes the statement fail.
     *
     * @param rowKey the key of the row, the same before and after
     * @param before stored values of all columns, or null if the row is new
     * @param after stored values of all columns, or null if the row is gone
     */
    void changed(
            TableStore tables,
            Transaction transaction,
            TableDefinition table,
            byte[] rowKey,
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after);
}
