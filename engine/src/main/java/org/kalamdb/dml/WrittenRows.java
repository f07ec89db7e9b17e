// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.EncodedRows;

/** Counts the rows that a statement wrote, and keeps them if they are wanted back. Confined to one thread. */
public final class WrittenRows {
    private final boolean keep;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private long count;

    WrittenRows(boolean keep) {
        this.keep = keep;
    }

    /** @param storedRow stored values of all columns of the table; not changed afterwards */
    void add(@Nullable Object[] storedRow) {
        count++;
        if (keep) {
            rows.add(storedRow);
        }
    }

    /** As {@link #add(Object[])}, of one of some rows. */
    void add(EncodedRows encoded, int index) {
        count++;
        if (keep) {
            rows.add(encoded.values(index));
        }
    }

    /** Whether rows, and not only their number, are wanted. */
    boolean keepsRows() {
        return keep;
    }

    public long count() {
        return count;
    }

    /** The rows in the order they were written, as stored values of all columns of the table. */
    public List<@Nullable Object[]> rows() {
        return rows;
    }
}
