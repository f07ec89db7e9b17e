// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.Run;

/**
 * The different keys that rows have, numbered from 0 as they came. They are found by their hashes, or, as long as they are
 * whole numbers that lie close together, directly. Confined to one thread.
 */
final class KeyTable {
    private static final int KEYS_PER_STEP = 1 << 12;

    private final Run run;
    private final Lane[] keys;
    private HashedKeys hashed = new HashedKeys();
    /** Used in the place of the hashes if it is there. */
    private @Nullable DirectKeys direct;

    private int size;

    private long[] rowHashes = {};
    private int[] newRows = {};
    private boolean[] same = {};

    KeyTable(List<LaneType> types, Run run) {
        this.run = run;
        this.keys = Lane.ofEach(types);
        this.direct = isWholeNumber() ? DirectKeys.NONE : null;
    }

    private boolean isWholeNumber() {
        return keys.length == 1 && keys[0] instanceof LongLane;
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
        hashed = new HashedKeys();
        direct = isWholeNumber() ? DirectKeys.NONE : null;
        size = 0;
    }

    /** Bytes of the heap that the table would hold with so many more keys. */
    long heapBytes(int moreKeys) {
        int wanted = size + moreKeys;
        long bytes = direct == null ? hashed.heapBytes(wanted) : direct.heapBytes(size, moreKeys);
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
        if (newRows.length < count) {
            rowHashes = new long[count];
            newRows = new int[count];
            same = new boolean[count];
        }
        if (direct != null && !addDirectly((LongLane) lanes[0], rows, count, numbers)) {
            useHashes();
        }
        if (direct == null) {
            addHashed(lanes, rows, count, numbers);
        }
    }

    /** Returns false, with nothing done, if the keys lie too far apart. */
    private boolean addDirectly(LongLane lane, int[] rows, int count, int[] numbers) {
        DirectKeys current = direct;
        DirectKeys covering = current == null ? null : current.covering(lane, rows, count, size);
        if (covering == null) {
            return false;
        }
        direct = covering;
        int grown = covering.add(lane, rows, count, numbers, newRows, size);
        append(lane, 0, newRows, grown - size);
        size = grown;
        return true;
    }

    private void append(Lane lane, int column, int[] rows, int count) {
        keys[column].reserve(size + count);
        keys[column].append(lane, rows, count, size);
    }

    /** Finds keys by their hashes from now on. */
    private void useHashes() {
        direct = null;
        hashed.reserve(size, run);
        int[] numbers = new int[Math.min(KEYS_PER_STEP, size)];
        long[] hashes = new long[numbers.length];
        for (int from = 0; from < size; from += KEYS_PER_STEP) {
            run.checkCancelled();
            int count = Math.min(KEYS_PER_STEP, size - from);
            for (int i = 0; i < count; i++) {
                numbers[i] = from + i;
            }
            hash(keys, numbers, count, hashes);
            for (int i = 0; i < count; i++) {
                hashed.add(hashes[i]);
            }
        }
    }

    /** Whether keys of which more are to come lie so close together that they need no hashes any more. */
    private boolean useNoHashes(LongLane lane, int[] rows, int count, int[] numbers) {
        DirectKeys known = DirectKeys.of((LongLane) keys[0], size, run);
        if (known == null) {
            return false;
        }
        direct = known;
        boolean added = addDirectly(lane, rows, count, numbers);
        if (added) {
            hashed = new HashedKeys();
        } else {
            direct = null;
        }
        return added;
    }

    private void addHashed(Lane[] lanes, int[] rows, int count, int[] numbers) {
        if (hashed.isOutgrownBy(size + count)) {
            if (isWholeNumber() && size > 0 && useNoHashes((LongLane) lanes[0], rows, count, numbers)) {
                return;
            }
            hashed.reserve(size + count, run);
        }
        hash(lanes, rows, count, rowHashes);
        int before = size;
        int grown = hashed.findOrAdd(rowHashes, rows, count, numbers, newRows);
        for (int k = 0; k < keys.length; k++) {
            append(lanes[k], k, newRows, grown - before);
        }
        size = grown;
        compare(lanes, rows, count, numbers);
        for (int i = 0; i < count; i++) {
            if (!same[i]) {
                numbers[i] = findOrAddExactly(lanes, rowHashes[i], rows[i]);
            }
        }
    }

    /** Writes whether rows have the keys of which they have the hashes. */
    private void compare(Lane[] lanes, int[] rows, int count, int[] numbers) {
        Arrays.fill(same, 0, count, true);
        for (int k = 0; k < keys.length; k++) {
            lanes[k].keepSame(rows, count, keys[k], numbers, same);
        }
    }

    /**
     * Looks the keys of rows up: {@code numbers[i]} becomes the number of that of {@code rows[i]}, or -1. Several threads may
     * do so when no key is added any more.
     *
     * @param hashes room for as many
     */
    void find(Lane[] lanes, int[] rows, int count, long[] hashes, int[] numbers) {
        if (direct != null) {
            direct.find((LongLane) lanes[0], rows, count, numbers);
            return;
        }
        hash(lanes, rows, count, hashes);
        hashed.find(hashes, count, numbers);
        for (int i = 0; i < count; i++) {
            if (numbers[i] >= 0 && !isSame(lanes, rows[i], numbers[i])) {
                numbers[i] = hashed.find(hashes[i], lanes, rows[i], keys);
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

    private int findOrAddExactly(Lane[] lanes, long hash, int row) {
        int known = hashed.find(hash, lanes, row, keys);
        if (known >= 0) {
            return known;
        }
        hashed.reserve(size + 1, run);
        for (int k = 0; k < keys.length; k++) {
            append(lanes[k], k, new int[] {row}, 1);
        }
        hashed.add(hash);
        return size++;
    }
}
