// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.jspecify.annotations.Nullable;

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

    @Nullable
    Object of(@Nullable Object[] row) {
        return column < 0 ? constant : row[column];
    }
}
