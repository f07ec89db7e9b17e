// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The writes of a transaction to a range of keys, as they were at one moment, in key order. Immutable. */
public final class PendingRange {
    /** No writes. */
    public static final PendingRange EMPTY = new PendingRange(new byte[0][], new byte[0][]);

    private final byte[][] keys;
    private final byte[][] values;

    PendingRange(byte[][] keys, byte[][] values) {
        this.keys = keys;
        this.values = values;
    }

    /** These writes, with some more keys removed. */
    public PendingRange removing(List<byte[]> removed) {
        if (removed.isEmpty()) {
            return this;
        }
        TreeMap<byte[], byte[]> writes = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < keys.length; i++) {
            writes.put(keys[i], values[i]);
        }
        removed.forEach(key -> writes.put(key, PendingWrites.DELETION));
        return new PendingRange(
                writes.keySet().toArray(byte[][]::new), writes.values().toArray(byte[][]::new));
    }

    /** The value or deletion mark of a key, or null if it was not written; must not be changed. */
    public byte @Nullable [] find(byte[] key) {
        int index = Arrays.binarySearch(keys, key, Arrays::compareUnsigned);
        return index < 0 ? null : values[index];
    }

    /** Number of keys written. */
    public int size() {
        return keys.length;
    }

    /** The key at an index; must not be changed. */
    public byte[] key(int index) {
        return keys[index];
    }

    /** The value or {@link PendingWrites#isDeletion deletion mark} at an index; must not be changed. */
    public byte[] value(int index) {
        return values[index];
    }
}
