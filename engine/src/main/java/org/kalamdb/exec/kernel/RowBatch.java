// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/**
 * Some rows between two operators: lanes and which of their rows count. It belongs to the operator that made it, and is valid
 * until that is asked for its next batch. Confined to one thread.
 */
public abstract class RowBatch {
    private int size;
    private int[] rows = {};
    private int count;

    /** A batch of {@code newSize} rows, all of them selected. */
    protected final void reset(int newSize) {
        size = newSize;
        rows = Rows.all(newSize);
        count = newSize;
    }

    /**
     * Selects some of the rows.
     *
     * @param newRows ascending, used as long as the batch is valid
     */
    public final void select(int[] newRows, int newCount) {
        rows = newRows;
        count = newCount;
    }

    /** Number of rows of the lanes. */
    public final int size() {
        return size;
    }

    /** The selected rows, ascending; the first {@link #count()} entries. */
    public final int[] rows() {
        return rows;
    }

    /** Number of selected rows. */
    public final int count() {
        return count;
    }

    /** A column; only its selected rows need to have values. */
    public abstract Lane lane(int column);
}
