// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.Run;

/**
 * The numbers of keys by the hashes of these. A slot holds half of a hash beside the number, so that hardly any key is looked
 * at that is another. Confined to one thread.
 */
final class HashedKeys {
    private static final int FIRST_SLOTS = 64;

    private static final int KEYS_PER_CHECK = 1 << 16;

    private static final long TAG = 0xFFFF_FFFF_0000_0000L;

    /** The upper half of the hash and the number of the key plus 1, or 0. */
    private long[] slots = new long[FIRST_SLOTS];

    private long[] hashes = new long[FIRST_SLOTS / 2];
    private int size;

    /** Bytes of the heap that it would hold with so many keys. */
    long heapBytes(int keyCount) {
        return (long) Long.BYTES * (keyCount > hashes.length ? 2L * hashes.length : hashes.length)
                + (long) Long.BYTES * (2L * keyCount > slots.length ? 2L * slots.length : slots.length);
    }

    /** Whether so many keys need more room. */
    boolean isOutgrownBy(int keyCount) {
        return keyCount > hashes.length || 2L * keyCount > slots.length;
    }

    /** Makes room for so many keys, half of the slots empty. */
    void reserve(int keyCount, Run run) {
        if (hashes.length < keyCount) {
            hashes = Arrays.copyOf(hashes, Math.max(keyCount, 2 * hashes.length));
        }
        int wanted = slots.length;
        while (wanted < 2L * keyCount) {
            wanted = Math.multiplyExact(wanted, 2);
        }
        if (wanted > slots.length) {
            slots = new long[wanted];
            for (int number = 0; number < size; number++) {
                if (number % KEYS_PER_CHECK == 0) {
                    run.checkCancelled();
                }
                occupy(emptySlot(hashes[number]), hashes[number], number);
            }
        }
    }

    /** Adds a key that is not here. There must be room for it. */
    void add(long hash) {
        occupy(emptySlot(hash), hash, size);
        hashes[size++] = hash;
    }

    /**
     * Numbers rows by the hashes alone; that two keys share one is to be corrected afterwards.
     *
     * @param newRows becomes the rows of keys that were not here
     * @return how many keys there are now
     */
    int findOrAdd(long[] rowHashes, int[] rows, int count, int[] numbers, int[] newRows) {
        int before = size;
        long[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < count; i++) {
            long hash = rowHashes[i];
            int slot = (int) hash & mask;
            long entry = table[slot];
            while (entry != 0 && ((entry ^ hash) & TAG) != 0) {
                slot = slot + 1 & mask;
                entry = table[slot];
            }
            if (entry == 0) {
                newRows[size - before] = rows[i];
                numbers[i] = size;
                occupy(slot, hash, size);
                hashes[size++] = hash;
            } else {
                numbers[i] = (int) entry - 1;
            }
        }
        return size;
    }

    /** The numbers of keys by the hashes alone, -1 for those that are not here. */
    void find(long[] rowHashes, int count, int[] numbers) {
        long[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < count; i++) {
            long hash = rowHashes[i];
            int slot = (int) hash & mask;
            long entry = table[slot];
            while (entry != 0 && ((entry ^ hash) & TAG) != 0) {
                slot = slot + 1 & mask;
                entry = table[slot];
            }
            numbers[i] = (int) entry - 1;
        }
    }

    /** The number of the key of a row, or -1. */
    int find(long hash, Lane[] lanes, int row, Lane[] keys) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            int number = (int) slots[slot] - 1;
            if (hashes[number] == hash && isSame(lanes, row, keys, number)) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    private static boolean isSame(Lane[] lanes, int row, Lane[] keys, int number) {
        for (int k = 0; k < keys.length; k++) {
            if (!lanes[k].same(row, keys[k], number)) {
                return false;
            }
        }
        return true;
    }

    private int emptySlot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void occupy(int slot, long hash, int number) {
        slots[slot] = hash & TAG | number + 1;
    }
}
