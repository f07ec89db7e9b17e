// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.StoreSnapshot;

/**
 * For each table a key that none of its rows is behind, so that a greater one need not be looked for: rows mostly come in
 * the order of their keys. Safe for use by several threads.
 *
 * <p>A bound is read from both tiers when a table is first asked for. From then on each commit raises it before it is
 * applied, so that it is right whenever a row can be seen; nothing lowers it.
 */
final class GreatestKeys {
    private final RocksStorage storage;
    /** By object id. */
    private final ConcurrentHashMap<Long, Bound> bounds = new ConcurrentHashMap<>();

    /**
     * A key that only ever grows.
     *
     * @param since the number of the first snapshot that has no row beyond it; those before may see what is gone by now
     */
    private record Bound(AtomicReference<byte[]> key, long since) {}

    GreatestKeys(RocksStorage storage) {
        this.storage = storage;
    }

    /**
     * Whether there is no row of a key, for it is greater than all keys of its table.
     *
     * @param snapshot who looks, or null for the latest committed state
     */
    boolean isBeyond(byte[] rowKey, @Nullable StoreSnapshot snapshot) {
        Bound bound = bound(RowKeys.objectId(rowKey));
        return Arrays.compareUnsigned(rowKey, bound.key.get()) > 0
                && (snapshot == null || number(snapshot) >= bound.since);
    }

    /** Called before writes are applied. */
    void raise(PendingWrites writes) {
        byte[] key = writes.lastKey(KeySpace.ROWS, null);
        while (key != null) {
            raise(bound(RowKeys.objectId(key)).key, key);
            byte[] ofTable = Arrays.copyOf(key, Integer.BYTES);
            key = writes.lastKey(KeySpace.ROWS, ofTable);
        }
    }

    private static void raise(AtomicReference<byte[]> bound, byte[] key) {
        byte[] known = bound.get();
        while (Arrays.compareUnsigned(key, known) > 0 && !bound.compareAndSet(known, key)) {
            known = bound.get();
        }
    }

    /** Called when rows have come or gone in another way than by commits, while nobody used the table. */
    void forget(long objectId) {
        bounds.remove(objectId);
    }

    private Bound bound(long objectId) {
        Bound known = bounds.get(objectId);
        return known != null ? known : bounds.computeIfAbsent(objectId, this::load);
    }

    private Bound load(long objectId) {
        KeySpan span = RowKeys.table(objectId);
        try (StoreSnapshot now = storage.snapshot()) {
            byte[] greatest = lastHotKey(now, span);
            for (Segment segment : storage.cold().view(objectId, now).segments()) {
                byte[] last = segment.entry().summary().maxKey();
                if (greatest == null || Arrays.compareUnsigned(last, greatest) > 0) {
                    greatest = last;
                }
            }
            return new Bound(new AtomicReference<>(greatest == null ? span.lower() : greatest), number(now));
        }
    }

    private static long number(StoreSnapshot snapshot) {
        return ((RocksSnapshot) snapshot).number();
    }

    private byte @Nullable [] lastHotKey(StoreSnapshot now, KeySpan span) {
        try (NativeCursor cursor = storage.cursor(KeySpace.ROWS, now, span)) {
            cursor.enter();
            try {
                cursor.seekBefore(span.upper());
                return cursor.isValid() ? cursor.key() : null;
            } finally {
                cursor.leave();
            }
        }
    }
}
