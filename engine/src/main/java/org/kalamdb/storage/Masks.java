// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Arrays;
import java.util.BitSet;

/** Which rows of a segment are gone. Confined to one thread. */
final class Masks {
    private long[] bits = {};
    private int count;

    void add(int row) {
        int word = row >> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, Math.max(word + 1, 2 * bits.length));
        }
        long bit = 1L << row;
        if ((bits[word] & bit) == 0) {
            bits[word] |= bit;
            count++;
        }
    }

    boolean contains(int row) {
        int word = row >> 6;
        return word < bits.length && (bits[word] >>> row & 1) != 0;
    }

    /** The rows in ascending order. */
    int[] rows() {
        return BitSet.valueOf(bits).stream().toArray();
    }

    int count() {
        return count;
    }
}
