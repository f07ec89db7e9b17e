// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The uncommitted writes of a transaction by key space, in unsigned key order. Confined to one thread.
 *
 * <p>A key has at most one write: a value, or the mark of {@link #isDeletion a deletion}.
 */
public final class PendingWrites {
    static final byte[] DELETION = {};
    /** Tree entry, two array headers, the lock and its place in the lock table. */
    private static final int OVERHEAD_BYTES_PER_WRITE = 176;

    private final EnumMap<KeySpace, TreeMap<byte[], byte[]>> spaces = new EnumMap<>(KeySpace.class);
    /** Not less than any key written: most loads write in order, and what comes behind all keys need not be looked for. */
    private final EnumMap<KeySpace, byte[]> greatest = new EnumMap<>(KeySpace.class);

    private int size;
    private long sizeInBytes;

    /** What is done with each write. */
    @FunctionalInterface
    public interface Action {
        /** @param value the value or deletion mark. The arrays must not be changed */
        void accept(KeySpace space, byte[] key, byte[] value);
    }

    PendingWrites() {}

    /** Whether a value stands for the removal of its key. */
    public static boolean isDeletion(byte[] value) {
        return value == DELETION;
    }

    /** Number of keys written. */
    public int size() {
        return size;
    }

    /** Approximate heap the writes take. */
    public long sizeInBytes() {
        return sizeInBytes;
    }

    /** Every write, space by space and in key order. */
    public void forEach(Action action) {
        spaces.forEach((space, writes) -> writes.forEach((key, value) -> action.accept(space, key, value)));
    }

    /**
     * The last key written in a space, or null if there is none.
     *
     * @param before only keys that come before it count; null for all
     */
    public byte @Nullable [] lastKey(KeySpace space, byte @Nullable [] before) {
        TreeMap<byte[], byte[]> writes = spaces.get(space);
        if (writes == null || writes.isEmpty()) {
            return null;
        }
        return before == null ? writes.lastKey() : writes.lowerKey(before);
    }

    /** The value or deletion mark of a key, or null if it was not written. */
    byte @Nullable [] find(KeySpace space, byte[] key) {
        TreeMap<byte[], byte[]> writes = spaces.get(space);
        return writes == null || comesLast(space, key) ? null : writes.get(key);
    }

    private boolean comesLast(KeySpace space, byte[] key) {
        byte[] last = greatest.get(space);
        return last == null || Arrays.compareUnsigned(key, last) > 0;
    }

    /** Writes a value and returns what was there before. */
    byte @Nullable [] put(KeySpace space, byte[] key, byte[] value) {
        TreeMap<byte[], byte[]> writes = spaces.get(space);
        if (writes == null) {
            writes = new TreeMap<>(Arrays::compareUnsigned);
            spaces.put(space, writes);
        }
        if (comesLast(space, key)) {
            greatest.put(space, key);
        }
        byte[] previous = writes.put(key, value);
        sizeInBytes += value.length;
        if (previous == null) {
            size++;
            sizeInBytes += key.length + OVERHEAD_BYTES_PER_WRITE;
        } else {
            sizeInBytes -= previous.length;
        }
        return previous;
    }

    /** Writes a deletion mark and returns what was there before. */
    byte @Nullable [] delete(KeySpace space, byte[] key) {
        return put(space, key, DELETION);
    }

    /** Brings back what {@link #put} or {@link #delete} returned. */
    void restore(KeySpace space, byte[] key, byte @Nullable [] previous) {
        if (previous != null) {
            put(space, key, previous);
            return;
        }
        TreeMap<byte[], byte[]> writes = spaces.get(space);
        byte[] removed = writes == null ? null : writes.remove(key);
        if (removed != null) {
            size--;
            sizeInBytes -= key.length + removed.length + OVERHEAD_BYTES_PER_WRITE;
        }
    }

    /** Forgets all writes. */
    void clear() {
        spaces.clear();
        greatest.clear();
        size = 0;
        sizeInBytes = 0;
    }

    /** A copy of the writes from {@code lower} (inclusive) to {@code upper} (exclusive, or null for no bound). */
    public PendingRange range(KeySpace space, byte[] lower, byte @Nullable [] upper) {
        TreeMap<byte[], byte[]> writes = spaces.get(space);
        if (writes == null || writes.isEmpty()) {
            return PendingRange.EMPTY;
        }
        NavigableMap<byte[], byte[]> part =
                upper == null ? writes.tailMap(lower, true) : writes.subMap(lower, true, upper, false);
        if (part.isEmpty()) {
            return PendingRange.EMPTY;
        }
        int count = part.size();
        byte[][] keys = new byte[count][];
        byte[][] values = new byte[count][];
        int i = 0;
        for (Map.Entry<byte[], byte[]> write : part.entrySet()) {
            keys[i] = write.getKey();
            values[i] = write.getValue();
            i++;
        }
        return new PendingRange(keys, values);
    }
}
