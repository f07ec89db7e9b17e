// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.Run;

/** The different keys that rows have, numbered from 0 as they came. Confined to one thread. */
final class KeyTable {
    private static final int FIRST_SLOTS = 64;

    private static final int KEYS_PER_CHECK = 1 << 16;

    private final Run run;
    private final Lane[] keys;
    /** The number of the key at a slot plus 1, or 0. */
    private int[] slots = new int[FIRST_SLOTS];

    private long[] hashes = new long[FIRST_SLOTS];
    private int size;

    private long[] rowHashes = {};
    private int[] newRows = {};

    KeyTable(List<LaneType> types, Run run) {
        this.run = run;
        keys = types.stream().map(Lane::of).toArray(Lane[]::new);
    }

    /** Number of columns of a key. */
    int columnCount() {
        return keys.length;
    }

    /** Number of keys. */
    int size() {
        return size;
    }

    /** Leaves all keys out, and the room they had. */
    void clear() {
        for (int k = 0; k < keys.length; k++) {
            keys[k] = Lane.of(keys[k].type());
        }
        slots = new int[FIRST_SLOTS];
        hashes = new long[FIRST_SLOTS];
        size = 0;
    }

    /** Bytes of the heap that the table would hold with so many more keys. */
    long heapBytes(int moreKeys) {
        int wanted = size + moreKeys;
        long bytes = (long) Long.BYTES * (wanted > hashes.length ? 2L * hashes.length : hashes.length)
                + (long) Integer.BYTES * (2L * wanted > slots.length ? 2L * slots.length : slots.length);
        for (Lane key : keys) {
            bytes += key.heapBytes(wanted);
        }
        return bytes;
    }

    /** The values of one column of all keys. */
    Lane key(int column) {
        return keys[column];
    }

    /** Numbers the keys of rows: {@code numbers[i]} is that of {@code rows[i]}. Keys not seen before are added. */
    void add(Lane[] lanes, int[] rows, int count, int[] numbers) {
        if (rowHashes.length < count) {
            rowHashes = new long[count];
            newRows = new int[count];
        }
        hash(lanes, rows, count, rowHashes);
        makeRoom(size + count);
        int before = size;
        for (int i = 0; i < count; i++) {
            numbers[i] = findOrAdd(rowHashes[i], rows[i], before);
        }
        for (int k = 0; k < keys.length; k++) {
            keys[k].reserve(size);
            keys[k].append(lanes[k], newRows, size - before, before);
        }
        for (int i = 0; i < count; i++) {
            if (!isSame(lanes, rows[i], numbers[i])) {
                numbers[i] = findOrAddExactly(lanes, rowHashes[i], rows[i]);
            }
        }
    }

    /**
     * Looks the keys of rows up: {@code numbers[i]} becomes the number of that of {@code rows[i]}, or -1. Several threads may
     * do so when no key is added any more.
     *
     * @param rowHashes of the rows, from {@link #hash}
     */
    void find(Lane[] lanes, int[] rows, int count, long[] rowHashes, int[] numbers) {
        for (int i = 0; i < count; i++) {
            numbers[i] = findHash(rowHashes[i]);
        }
        for (int i = 0; i < count; i++) {
            if (numbers[i] >= 0 && !isSame(lanes, rows[i], numbers[i])) {
                numbers[i] = findExactly(lanes, rowHashes[i], rows[i]);
            }
        }
    }

    /** The hashes of the keys of rows: {@code hashes[i]} is that of {@code rows[i]}. */
    static void hash(Lane[] lanes, int[] rows, int count, long[] hashes) {
        Arrays.fill(hashes, 0, count, 0);
        for (Lane lane : lanes) {
            lane.hash(rows, count, hashes);
        }
    }

    private boolean isSame(Lane[] lanes, int row, int number) {
        for (int k = 0; k < keys.length; k++) {
            if (!lanes[k].same(row, keys[k], number)) {
                return false;
            }
        }
        return true;
    }

    /** By the hash alone; that two keys share one is corrected afterwards. */
    private int findOrAdd(long hash, int row, int before) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        newRows[size - before] = row;
        return occupy(slot, hash);
    }

    private int findHash(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    private int findExactly(Lane[] lanes, long hash, int row) {
        int slot = slotOf(lanes, hash, row);
        return slots[slot] - 1;
    }

    private int findOrAddExactly(Lane[] lanes, long hash, int row) {
        int slot = slotOf(lanes, hash, row);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        makeRoom(size + 1);
        for (int k = 0; k < keys.length; k++) {
            keys[k].reserve(size + 1);
            keys[k].append(lanes[k], new int[] {row}, 1, size);
        }
        return occupy(slotOf(lanes, hash, row), hash);
    }

    /** Where the key of a row is, or the empty slot where it belongs. */
    private int slotOf(Lane[] lanes, long hash, int row) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && !(hashes[slots[slot] - 1] == hash && isSame(lanes, row, slots[slot] - 1))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int occupy(int slot, long hash) {
        hashes[size] = hash;
        slots[slot] = size + 1;
        return size++;
    }

    /** Makes room for {@code capacity} keys, half of the slots empty. */
    private void makeRoom(int capacity) {
        if (hashes.length < capacity) {
            hashes = Arrays.copyOf(hashes, Math.max(capacity, 2 * hashes.length));
        }
        int wanted = slots.length;
        while (wanted < 2L * capacity) {
            wanted = Math.multiplyExact(wanted, 2);
        }
        if (wanted > slots.length) {
            slots = new int[wanted];
            int mask = wanted - 1;
            for (int number = 0; number < size; number++) {
                if (number % KEYS_PER_CHECK == 0) {
                    run.checkCancelled();
                }
                int slot = (int) hashes[number] & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = number + 1;
            }
        }
    }
}
