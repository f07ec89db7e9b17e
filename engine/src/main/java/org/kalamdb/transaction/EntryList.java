// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;

/** Keys in ascending order and their values, without an object for each. Immutable. */
final class EntryList {
    /** No entries. */
    static final EntryList EMPTY = new EntryList(new byte[0], new int[0], new byte[0], new int[0]);

    private final byte[] keys;
    private final int[] keyEnds;
    private final byte[] values;
    private final int[] valueEnds;

    private EntryList(byte[] keys, int[] keyEnds, byte[] values, int[] valueEnds) {
        this.keys = keys;
        this.keyEnds = keyEnds;
        this.values = values;
        this.valueEnds = valueEnds;
    }

    int size() {
        return keyEnds.length;
    }

    byte[] key(int index) {
        return Arrays.copyOfRange(keys, start(keyEnds, index), keyEnds[index]);
    }

    /** The array that holds all values; not to be changed. */
    byte[] values() {
        return values;
    }

    /** Where a value begins in {@link #values()}. */
    int valueStart(int index) {
        return start(valueEnds, index);
    }

    /** Where a value ends in {@link #values()}. */
    int valueEnd(int index) {
        return valueEnds[index];
    }

    /** The index of the first key that is not less than {@code key}; the size if there is none. */
    int ceiling(byte[] key) {
        int low = 0;
        int high = keyEnds.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Arrays.compareUnsigned(keys, start(keyEnds, middle), keyEnds[middle], key, 0, key.length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The entries from one index to another, exclusive. */
    EntryList part(int from, int to) {
        if (from == 0 && to == size()) {
            return this;
        }
        Builder part = new Builder();
        for (int i = from; i < to; i++) {
            part.add(keys, start(keyEnds, i), keyEnds[i], values, start(valueEnds, i), valueEnds[i]);
        }
        return part.build();
    }

    int sizeInBytes() {
        return keys.length + values.length + 2 * Integer.BYTES * keyEnds.length;
    }

    private static int start(int[] ends, int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Collects entries in ascending order of their keys. Confined to one thread. */
    static final class Builder {
        private static final int INITIAL_ENTRIES = 16;
        private static final int INITIAL_BYTES = 512;

        private byte[] keys = new byte[INITIAL_BYTES];
        private int[] keyEnds = new int[INITIAL_ENTRIES];
        private byte[] values = new byte[INITIAL_BYTES];
        private int[] valueEnds = new int[INITIAL_ENTRIES];
        private int size;

        int size() {
            return size;
        }

        int sizeInBytes() {
            return start(keyEnds, size) + start(valueEnds, size);
        }

        void add(byte[] key, byte[] source, int from, int to) {
            add(key, 0, key.length, source, from, to);
        }

        private void add(byte[] keySource, int keyFrom, int keyTo, byte[] valueSource, int valueFrom, int valueTo) {
            if (size == keyEnds.length) {
                keyEnds = Arrays.copyOf(keyEnds, 2 * size);
                valueEnds = Arrays.copyOf(valueEnds, 2 * size);
            }
            int keyAt = start(keyEnds, size);
            int valueAt = start(valueEnds, size);
            keyEnds[size] = keyAt + keyTo - keyFrom;
            valueEnds[size] = valueAt + valueTo - valueFrom;
            keys = withRoom(keys, keyEnds[size]);
            values = withRoom(values, valueEnds[size]);
            System.arraycopy(keySource, keyFrom, keys, keyAt, keyTo - keyFrom);
            System.arraycopy(valueSource, valueFrom, values, valueAt, valueTo - valueFrom);
            size++;
        }

        private static byte[] withRoom(byte[] array, int length) {
            return length <= array.length ? array : Arrays.copyOf(array, Math.max(length, 2 * array.length));
        }

        EntryList build() {
            return new EntryList(
                    Arrays.copyOf(keys, start(keyEnds, size)),
                    Arrays.copyOf(keyEnds, size),
                    Arrays.copyOf(values, start(valueEnds, size)),
                    Arrays.copyOf(valueEnds, size));
        }
    }
}
