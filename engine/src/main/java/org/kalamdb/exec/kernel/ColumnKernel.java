// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** A column of the batch. */
public final class ColumnKernel extends Kernel {
    private final int column;

    public ColumnKernel(int column) {
        this.column = column;
    }

    /** Which column it is, counted from 0. */
    public int column() {
        return column;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        return batch.lane(column);
    }
}
