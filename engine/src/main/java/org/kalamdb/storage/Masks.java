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

    /** Whether one of the rows {@code from} to {@code to} (exclusive) is gone. */
    boolean containsAny(int from, int to) {
        if (count == 0) {
            return false;
        }
        int lastWord = Math.min(bits.length - 1, to - 1 >> 6);
        for (int word = from >> 6; word <= lastWord; word++) {
            if (bits[word] != 0) {
                return true;
            }
        }
        return false;
    }

    /** The rows in ascending order. */
    int[] rows() {
        return BitSet.valueOf(bits).stream().toArray();
    }

    int count() {
        return count;
    }
}
