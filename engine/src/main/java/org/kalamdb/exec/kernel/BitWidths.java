// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** How large numbers of 64 bits are, from which follows that what is made of them cannot overflow. */
final class BitWidths {
    private BitWidths() {}

    /**
     * A number {@code n}, from 0 to 63, so that all values lie from {@code -2^n} on and below {@code 2^n}. When most rows up to
     * the last one are asked for, it is that of all of them, since this takes less time.
     */
    static int of(long[] values, int[] rows, int count) {
        int span = span(rows, count);
        // Where the bits of a number are no longer all those of its sign, it differs from its double.
        long bits = 0;
        if (span > 0) {
            for (int i = 0; i < span; i++) {
                bits |= values[i] ^ values[i] << 1;
            }
        } else {
            for (int i = 0; i < count; i++) {
                long value = values[rows[i]];
                bits |= value ^ value << 1;
            }
        }
        return Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(bits));
    }

    /** How many rows from the first on to look at instead of those asked for, or 0. */
    static int span(int[] rows, int count) {
        int span = count == 0 ? 0 : rows[count - 1] + 1;
        return span <= 2L * count ? span : 0;
    }
}
