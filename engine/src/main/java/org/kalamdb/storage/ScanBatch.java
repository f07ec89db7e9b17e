// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;

/**
 * Some rows of a scan: columns, which are read when they are first asked for, and which of their rows count. It is valid
 * until its cursor is asked for the next one. Confined to one thread.
 */
public interface ScanBatch {
    /** Number of rows of the columns. */
    int size();

    /** The rows that count, ascending, the first {@link #count()} entries; null if all do. Read only. */
    int @Nullable [] rows();

    /** Number of rows that count, at least 1. */
    int count();

    /**
     * A column, counted in the order of the request. Other scans may share its arrays: nobody may write to them.
     *
     * @throws org.kalamdb.error.KalamException DATA_CORRUPTED if it cannot be read
     */
    ColumnVector column(int index);

    /**
     * Between which whole numbers the stored values of a column lie, days and microseconds among them; null if that is not
     * known, or if they are none. It is known without reading them.
     */
    default @Nullable ValueRange range(int index) {
        return null;
    }
}
