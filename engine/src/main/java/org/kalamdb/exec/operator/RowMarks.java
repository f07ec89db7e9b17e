// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;

/** Marks of the rows that are read again and again in the same order. Confined to one thread. */
final class RowMarks {
    private long[] words = new long[64];
    private long base;

    /** Begins with the first row again. */
    void rewind() {
        base = 0;
    }

    /** Goes on behind so many rows. */
    void skip(int count) {
        base += count;
    }

    /** Marks a row. @param place how many rows it is behind those that were skipped */
    void mark(int place) {
        int word = word(place);
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
        }
        words[word] |= 1L << (base + place);
    }

    boolean isMarked(int place) {
        int word = word(place);
        return word < words.length && (words[word] >>> (base + place) & 1) != 0;
    }

    private int word(int place) {
        return Math.toIntExact((base + place) / Long.SIZE);
    }
}
