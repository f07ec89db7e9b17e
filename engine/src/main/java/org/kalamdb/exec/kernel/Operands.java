// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;

/** What kernels of two operands have in common: a row is NULL if it is NULL in either of them. */
final class Operands {
    private Operands() {}

    /** Makes rows of {@code target} NULL that are NULL in either operand. */
    static void uniteNulls(Lane target, Lane left, Lane right, int[] rows, int count) {
        boolean[] a = left.nulls();
        boolean[] b = right.nulls();
        if (a == null || b == null) {
            target.shareNulls(a == null ? b : a);
            return;
        }
        boolean[] marks = target.writableNulls();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            marks[row] = a[row] || b[row];
        }
    }

    /** Writes the rows that are not NULL, if any is. @return how many they are */
    static int notNull(boolean @Nullable [] nulls, int[] rows, int count, int[] selected) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            found += nulls == null || !nulls[row] ? 1 : 0;
        }
        return found;
    }
}
