// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Arithmetic of numbers of 64 bits that tells whether all results fit; if not, what is written is of no use. */
final class CheckedLongs {
    private CheckedLongs() {}

    static boolean add(long[] a, long[] b, long[] c, int[] rows, int count) {
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long sum = a[row] + b[row];
            overflow |= (a[row] ^ sum) & (b[row] ^ sum);
            c[row] = sum;
        }
        return overflow >= 0;
    }

    static boolean subtract(long[] a, long[] b, long[] c, int[] rows, int count) {
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long difference = a[row] - b[row];
            overflow |= (a[row] ^ b[row]) & (a[row] ^ difference);
            c[row] = difference;
        }
        return overflow >= 0;
    }

    static boolean multiply(long[] a, long[] b, long[] c, int[] rows, int count) {
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long product = a[row] * b[row];
            overflow |= Math.multiplyHigh(a[row], b[row]) ^ product >> 63;
            c[row] = product;
        }
        return overflow == 0;
    }
}
