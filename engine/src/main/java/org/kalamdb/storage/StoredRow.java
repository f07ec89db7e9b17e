// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;

/** A row and its key. Confined to one thread. */
public final class StoredRow {
    private final byte[] rowKey;
    private final @Nullable Object[] values;

    /** A row that was read. @param values one stored value for each column of the table */
    public StoredRow(byte[] rowKey, @Nullable Object[] values) {
        this.rowKey = rowKey;
        this.values = values;
    }

    /** What {@link TableStore#update} and {@link TableStore#delete} know the row by; not to be changed. */
    public byte[] rowKey() {
        return rowKey;
    }

    /** One stored value for each column of the table, null for NULL. The caller's to change. */
    public @Nullable Object[] values() {
        return values;
    }
}
