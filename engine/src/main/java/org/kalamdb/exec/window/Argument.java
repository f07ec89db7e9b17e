// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;

/**
 * What a window function is given of a row. Immutable.
 *
 * @param column index in the row, or -1 for a constant
 * @param constant internal value, where there is no column
 */
public record Argument(int column, @Nullable Object constant) {
    public static Argument ofColumn(int column) {
        return new Argument(column, null);
    }

    public static Argument ofConstant(@Nullable Object constant) {
        return new Argument(-1, constant);
    }

    /** Whether it is a column. */
    public boolean isColumn() {
        return column >= 0;
    }

    /** The internal value. */
    @Nullable
    Object of(Partition partition, int row) {
        return isColumn() ? partition.value(column, row) : constant;
    }

    boolean isNull(Partition partition, int row) {
        return isColumn() ? partition.isNull(column, row) : constant == null;
    }

    /** Writes the value of a row as a result. */
    void copy(Partition partition, int row, Lane results, int at) {
        if (isColumn()) {
            partition.copy(column, row, results, at);
        } else {
            results.set(at, constant);
        }
    }
}
