// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;

/** A row and its key. Confined to one thread. */
public final class StoredRow {
    private final byte[] rowKey;
    private final @Nullable Object[] values;
    private final long seq;

    /** As the other one, of a row whose commit is of no interest. */
    public StoredRow(byte[] rowKey, @Nullable Object[] values) {
        this(rowKey, values, 0);
    }

    /**
     * A row that was read.
     *
     * @param values one stored value for each column of the table
     * @param seq the number of the commit that wrote it, or 0
     */
    StoredRow(byte[] rowKey, @Nullable Object[] values, long seq) {
        this.rowKey = rowKey;
        this.values = values;
        this.seq = seq;
    }

    /** What {@link TableStore#update} and {@link TableStore#delete} know the row by; not to be changed. */
    public byte[] rowKey() {
        return rowKey;
    }

    /** One stored value for each column of the table, null for NULL. The caller's to change. */
    public @Nullable Object[] values() {
        return values;
    }

    /** The stored value of a column. @param column 0-based, first the table's own and then the system columns */
    public @Nullable Object value(int column) {
        if (column < values.length) {
            return values[column];
        }
        return column == values.length ? seq : Boolean.FALSE;
    }
}
