// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Short ranges of committed rows and index entries, on the heap, so that reading one again does not cross into native code
 * for each entry. Bounded, and correct under every snapshot. Safe for use by several threads.
 *
 * <p>It keeps what cursors have read (see {@link RangeCollector}) and knows that nothing is missing between the first and
 * the last key of it. A commit removes the ranges that it changes before it is applied.
 */
final class RangeCache {
    private final CommitHistory history;
    private final long maxBytes;
    /** By key space and first four bytes of the key, which name the table or index. */
    private final ConcurrentHashMap<Long, CachedRanges> tables = new ConcurrentHashMap<>();

    /** Guards all that follows. */
    private final ReentrantLock mutex = new ReentrantLock();

    /** Those added first come first, and go unless they were used since they were looked at last. */
    private final Deque<Added> queue = new ArrayDeque<>();

    private long bytes;

    private record Added(CachedRanges table, CachedRange range) {}

    /** @param maxBytes the heap it may take, at least 0 */
    RangeCache(CommitHistory history, long maxBytes) {
        this.history = history;
        this.maxBytes = maxBytes;
    }

    /** The ranges of the table or index that a key belongs to, or null if there are none. */
    @Nullable
    CachedRanges find(KeySpace space, byte[] key) {
        return tables.get(id(space, key));
    }

    /** The ranges of the table or index that a key belongs to. */
    CachedRanges of(KeySpace space, byte[] key) {
        long id = id(space, key);
        CachedRanges known = tables.get(id);
        if (known != null) {
            return known;
        }
        CachedRanges added = new CachedRanges(this, id);
        known = tables.putIfAbsent(id, added);
        if (known != null) {
            return known;
        }
        // Commits that are numbered from now on find it.
        added.startAfter(history.lastNumber());
        return added;
    }

    /**
     * Removes what a commit is about to change.
     *
     * @param number of the commit, which it must have got before this call
     */
    void change(PendingWrites writes, long number) {
        if (tables.isEmpty()) {
            return;
        }
        writes.forEach((space, key, value) -> {
            CachedRanges changed = keeps(space) ? find(space, key) : null;
            if (changed != null) {
                changed.change(key, number);
            }
        });
    }

    /** Whether ranges of a key space are kept. */
    static boolean keeps(KeySpace space) {
        return space == KeySpace.ROWS || space == KeySpace.INDEXES;
    }

    /** Told of each new range. */
    void added(CachedRanges table, CachedRange range) {
        mutex.lock();
        try {
            queue.addLast(new Added(table, range));
            bytes += range.sizeInBytes();
            while (bytes > maxBytes) {
                makeRoom(queue.removeFirst());
            }
        } finally {
            mutex.unlock();
        }
    }

    private void makeRoom(Added oldest) {
        CachedRange range = oldest.range();
        if (range.isCurrent() && range.wasUsed()) {
            queue.addLast(oldest);
            return;
        }
        bytes -= range.sizeInBytes();
        if (oldest.table().remove(range)) {
            tables.remove(oldest.table().id(), oldest.table());
        }
    }

    private static long id(KeySpace space, byte[] key) {
        return (long) space.ordinal() << Integer.SIZE
                | (key[0] & 0xffL) << 24
                | (key[1] & 0xff) << 16
                | (key[2] & 0xff) << 8
                | key[3] & 0xff;
    }
}
