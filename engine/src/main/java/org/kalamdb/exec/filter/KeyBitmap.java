// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/** Whole numbers that lie close together: one bit for each number from the least to the greatest. Exact. Immutable. */
final class KeyBitmap implements KeySet {
    /** How many numbers there may be for a key. */
    private static final long MAX_BITS_PER_KEY = 64;

    /** How many numbers there may be in any case: as many as a core keeps close to it. */
    private static final long MAX_BITS_OF_FEW = 1 << 20;

    private final long first;
    private final long bitCount;
    private final long[] words;
    private final boolean hasNull;

    /** From where to where the numbers of a lane go. */
    private record Span(long least, long greatest, boolean hasNull) {
        static Span of(LongLane keys, int size) {
            long[] values = keys.values();
            boolean[] nulls = keys.nulls();
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            boolean hasNull = false;
            for (int i = 0; i < size; i++) {
                if (nulls != null && nulls[i]) {
                    hasNull = true;
                } else {
                    least = Math.min(least, values[i]);
                    greatest = Math.max(greatest, values[i]);
                }
            }
            return new Span(least, greatest, hasNull);
        }

        /** How many bits there would be, or -1 if these are too many for so many keys. */
        long bitCount(int size) {
            if (least > greatest) {
                return 0;
            }
            long range = greatest - least;
            return range < 0 || range >= Math.max(MAX_BITS_OF_FEW, MAX_BITS_PER_KEY * size) ? -1 : range + 1;
        }
    }

    private KeyBitmap(long first, long bitCount, boolean hasNull) {
        this.first = first;
        this.bitCount = bitCount;
        this.words = new long[wordCount(bitCount)];
        this.hasNull = hasNull;
    }

    private static int wordCount(long bitCount) {
        return (int) (bitCount + Long.SIZE - 1 >> 6);
    }

    /** How many bytes of the heap it would hold, or -1 if the numbers lie too far apart. */
    static long heapBytes(LongLane keys, int size) {
        long bits = Span.of(keys, size).bitCount(size);
        return bits < 0 ? -1 : (long) Long.BYTES * wordCount(bits);
    }

    /** Null if the numbers lie too far apart. */
    static @Nullable KeyBitmap of(LongLane keys, int size) {
        Span span = Span.of(keys, size);
        long bits = span.bitCount(size);
        if (bits < 0) {
            return null;
        }
        KeyBitmap bitmap = new KeyBitmap(bits == 0 ? 0 : span.least, bits, span.hasNull);
        for (int i = 0; i < size; i++) {
            if (!keys.isNull(i)) {
                long bit = keys.values()[i] - bitmap.first;
                bitmap.words[(int) (bit >> 6)] |= 1L << bit;
            }
        }
        return bitmap;
    }

    @Override
    public boolean isEmpty() {
        return bitCount == 0 && !hasNull;
    }

    @Override
    public boolean hasNull() {
        return hasNull;
    }

    @Override
    public boolean mayHoldBetween(long least, long greatest) {
        if (bitCount == 0 || greatest < first || least > first + (bitCount - 1)) {
            return false;
        }
        long from = Math.max(least, first) - first;
        long to = Math.min(greatest, first + (bitCount - 1)) - first;
        int firstWord = (int) (from >> 6);
        int lastWord = (int) (to >> 6);
        for (int word = firstWord; word <= lastWord; word++) {
            long bits = words[word];
            bits &= word == firstWord ? -1L << from : -1L;
            bits &= word == lastWord ? -1L >>> (Long.SIZE - 1 - (to & Long.SIZE - 1)) : -1L;
            if (bits != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int select(Lane lane, int[] rows, int count, int[] selected, long[] hashes) {
        long[] values = ((LongLane) lane).values();
        boolean[] nulls = lane.nulls();
        return nulls == null
                ? select(values, rows, count, selected)
                : selectBesideNulls(values, nulls, rows, count, selected);
    }

    private int select(long[] values, int[] rows, int count, int[] selected) {
        long[] bits = words;
        long from = first;
        long size = bitCount;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long bit = values[row] - from;
            selected[found] = row;
            // As numbers without sign, those before the first lie behind the last.
            if (bit + Long.MIN_VALUE < size + Long.MIN_VALUE) {
                found += (int) (bits[(int) (bit >> 6)] >>> bit & 1);
            }
        }
        return found;
    }

    private int selectBesideNulls(long[] values, boolean[] nulls, int[] rows, int count, int[] selected) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            found += (nulls[row] ? hasNull : holds(values[row])) ? 1 : 0;
        }
        return found;
    }

    private boolean holds(long value) {
        long bit = value - first;
        return Long.compareUnsigned(bit, bitCount) < 0 && (words[(int) (bit >> 6)] >>> bit & 1) != 0;
    }
}
