// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/**
 * Arithmetic of numbers so small that no result overflows. When most rows up to the last one are asked for, all of them are
 * computed, since that takes less time; what becomes of the others is of no use.
 */
final class SmallLongs {
    private SmallLongs() {}

    static void add(long[] a, long[] b, long[] c, int[] rows, int count) {
        int span = BitWidths.span(rows, count);
        for (int i = 0; i < span; i++) {
            c[i] = a[i] + b[i];
        }
        for (int i = 0; span == 0 && i < count; i++) {
            int row = rows[i];
            c[row] = a[row] + b[row];
        }
    }

    static void subtract(long[] a, long[] b, long[] c, int[] rows, int count) {
        int span = BitWidths.span(rows, count);
        for (int i = 0; i < span; i++) {
            c[i] = a[i] - b[i];
        }
        for (int i = 0; span == 0 && i < count; i++) {
            int row = rows[i];
            c[row] = a[row] - b[row];
        }
    }

    static void multiply(long[] a, long[] b, long[] c, int[] rows, int count) {
        int span = BitWidths.span(rows, count);
        for (int i = 0; i < span; i++) {
            c[i] = a[i] * b[i];
        }
        for (int i = 0; span == 0 && i < count; i++) {
            int row = rows[i];
            c[row] = a[row] * b[row];
        }
    }

    static void scale(long[] a, long factor, long[] c, int[] rows, int count) {
        int span = BitWidths.span(rows, count);
        for (int i = 0; i < span; i++) {
            c[i] = a[i] * factor;
        }
        for (int i = 0; span == 0 && i < count; i++) {
            int row = rows[i];
            c[row] = a[row] * factor;
        }
    }
}
