// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The uncommitted writes of a transaction in unsigned key order. Confined to one thread.
 *
 * <p>A key has at most one write: a value, or the mark of {@link #isDeletion a deletion}.
 */
public final class PendingWrites {
    private static final byte[] DELETION = {};
    /** Tree entry, two array headers, the lock and its place in the lock table. */
    private static final int OVERHEAD_BYTES_PER_WRITE = 176;

    private final TreeMap<byte[], byte[]> writes = new TreeMap<>(Arrays::compareUnsigned);
    private long sizeInBytes;

    PendingWrites() {}

    /** Whether a value stands for the removal of its key. */
    public static boolean isDeletion(byte[] value) {
        return value == DELETION;
    }

    /** Number of keys written. */
    public int size() {
        return writes.size();
    }

    /** Approximate heap the writes take. */
    public long sizeInBytes() {
        return sizeInBytes;
    }

    /** Every key in order with its value or deletion mark. The arrays must not be changed. */
    public void forEach(BiConsumer<? super byte[], ? super byte[]> action) {
        writes.forEach(action);
    }

    /** The value or deletion mark of a key, or null if it was not written. */
    byte @Nullable [] find(byte[] key) {
        return writes.isEmpty() ? null : writes.get(key);
    }

    /** Writes a value and returns what was there before. */
    byte @Nullable [] put(byte[] key, byte[] value) {
        byte[] previous = writes.put(key, value);
        sizeInBytes += value.length;
        if (previous == null) {
            sizeInBytes += key.length + OVERHEAD_BYTES_PER_WRITE;
        } else {
            sizeInBytes -= previous.length;
        }
        return previous;
    }

    /** Writes a deletion mark and returns what was there before. */
    byte @Nullable [] delete(byte[] key) {
        return put(key, DELETION);
    }

    /** Brings back what {@link #put} or {@link #delete} returned. */
    void restore(byte[] key, byte @Nullable [] previous) {
        if (previous != null) {
            put(key, previous);
            return;
        }
        byte[] removed = writes.remove(key);
        if (removed != null) {
            sizeInBytes -= key.length + removed.length + OVERHEAD_BYTES_PER_WRITE;
        }
    }

    /** A copy of the writes from {@code lower} (inclusive) to {@code upper} (exclusive, or null for no bound). */
    PendingRange range(byte[] lower, byte @Nullable [] upper) {
        if (writes.isEmpty()) {
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
