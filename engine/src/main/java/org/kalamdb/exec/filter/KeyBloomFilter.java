// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import java.util.Arrays;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/**
 * A Bloom filter of keys of any type, by the hashes that joins find them by: two bits for each, in one word. Of some twenty
 * values that are no key, one passes at most. Immutable.
 */
final class KeyBloomFilter implements KeySet {
    private static final int BITS_PER_KEY = 16;
    private static final int MIN_WORDS = 64;
    private static final int KEYS_PER_STEP = 1 << 12;

    /** With so many whole numbers at most, all are kept in order too, so that ranges without a key are known. */
    private static final int MAX_SORTED = 1 << 14;

    private final long[] words;
    private final boolean empty;
    private final boolean hasNull;
    /** Whole numbers in order: all of them, or the least and the greatest; nothing for other keys. */
    private final long[] sorted;

    private final boolean sortedIsComplete;

    private KeyBloomFilter(Lane keys, int size) {
        this.words = new long[wordCount(size)];
        this.empty = size == 0;
        this.hasNull = hasNull(keys, size);
        this.sortedIsComplete = size <= MAX_SORTED;
        this.sorted = keys instanceof LongLane numbers ? sorted(numbers, size) : new long[0];
    }

    static KeyBloomFilter of(Lane keys, int size) {
        KeyBloomFilter filter = new KeyBloomFilter(keys, size);
        int[] rows = new int[Math.min(size, KEYS_PER_STEP)];
        long[] hashes = new long[rows.length];
        for (int from = 0; from < size; from += KEYS_PER_STEP) {
            int count = Math.min(KEYS_PER_STEP, size - from);
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            hash(keys, rows, count, hashes);
            for (int i = 0; i < count; i++) {
                filter.words[filter.word(hashes[i])] |= bits(hashes[i]);
            }
        }
        return filter;
    }

    static long heapBytes(int size) {
        return Long.BYTES * ((long) wordCount(size) + Math.min(size, MAX_SORTED));
    }

    private static int wordCount(int size) {
        long wanted = Math.max(MIN_WORDS, (long) size * BITS_PER_KEY / Long.SIZE);
        return Integer.highestOneBit((int) Math.min(wanted, 1 << 28) * 2 - 1);
    }

    private static boolean hasNull(Lane keys, int size) {
        boolean[] nulls = keys.nulls();
        for (int i = 0; nulls != null && i < size; i++) {
            if (nulls[i]) {
                return true;
            }
        }
        return false;
    }

    private long[] sorted(LongLane keys, int size) {
        long[] all = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            all[count] = keys.values()[i];
            count += keys.isNull(i) ? 0 : 1;
        }
        long[] values = Arrays.copyOf(all, count);
        if (sortedIsComplete || count == 0) {
            Arrays.sort(values);
            return values;
        }
        long least = values[0];
        long greatest = values[0];
        for (long value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return new long[] {least, greatest};
    }

    private static void hash(Lane lane, int[] rows, int count, long[] hashes) {
        Arrays.fill(hashes, 0, count, 0);
        lane.hash(rows, count, hashes);
    }

    private int word(long hash) {
        return (int) (hash >>> 32) & words.length - 1;
    }

    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6);
    }

    @Override
    public boolean isEmpty() {
        return empty;
    }

    @Override
    public boolean hasNull() {
        return hasNull;
    }

    @Override
    public boolean mayHoldBetween(long least, long greatest) {
        if (sorted.length == 0) {
            if (empty || hasNull) {
                return false;
            }
            throw new IllegalStateException("The keys are no whole numbers");
        }
        if (!sortedIsComplete) {
            return least <= sorted[1] && greatest >= sorted[0];
        }
        int at = Arrays.binarySearch(sorted, least);
        int next = at < 0 ? -at - 1 : at;
        return next < sorted.length && sorted[next] <= greatest;
    }

    @Override
    public int select(Lane lane, int[] rows, int count, int[] selected, long[] hashes) {
        hash(lane, rows, count, hashes);
        long[] table = words;
        int found = 0;
        for (int i = 0; i < count; i++) {
            long bits = bits(hashes[i]);
            selected[found] = rows[i];
            found += (table[word(hashes[i])] & bits) == bits ? 1 : 0;
        }
        return found;
    }
}
