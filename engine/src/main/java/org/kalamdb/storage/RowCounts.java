// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.kalamdb.transaction.TableChange;

/**
 * How many rows each table has, without counting. Safe for use by several threads.
 *
 * <p>The counts live on the heap and are stored when they have moved by a fiftieth, so that a commit pays nothing for
 * them; after a crash a count is off by as much.
 */
final class RowCounts {
    private static final byte TAG = 'n';
    private static final long MIN_DRIFT = 1000;
    private static final long DRIFT_DIVISOR = 50;

    private final MetaStore meta;
    private final ConcurrentHashMap<Long, Counter> counters = new ConcurrentHashMap<>();

    RowCounts(MetaStore meta) {
        this.meta = meta;
    }

    long count(long objectId) {
        return Math.max(0, counter(objectId).rows.get());
    }

    void add(Collection<TableChange> changes) {
        for (TableChange change : changes) {
            if (change.rowCountDelta() != 0) {
                long objectId = change.definition().objectId();
                Counter counter = counter(objectId);
                long now = counter.rows.addAndGet(change.rowCountDelta());
                if (Math.abs(now - counter.stored) > maxDrift(now)) {
                    store(objectId, counter);
                }
            }
        }
    }

    /** How far a count may be off after a crash. */
    static long maxDrift(long rowCount) {
        return Math.max(MIN_DRIFT, rowCount / DRIFT_DIVISOR);
    }

    /** Says how many rows a table has that nobody uses yet. */
    void set(long objectId, long rowCount) {
        Counter counter = counter(objectId);
        counter.rows.set(rowCount);
        store(objectId, counter);
    }

    void forget(long objectId) {
        counters.remove(objectId);
        meta.deletePrefix(key(objectId));
    }

    void flush() {
        counters.forEach((objectId, counter) -> {
            if (counter.rows.get() != counter.stored) {
                store(objectId, counter);
            }
        });
    }

    private void store(long objectId, Counter counter) {
        long now = counter.rows.get();
        counter.stored = now;
        meta.put(key(objectId), ByteBuffer.allocate(Long.BYTES).putLong(now).array());
    }

    private Counter counter(long objectId) {
        Counter counter = counters.get(objectId);
        return counter != null ? counter : counters.computeIfAbsent(objectId, this::load);
    }

    private Counter load(long objectId) {
        byte[] stored = meta.get(key(objectId));
        return new Counter(
                stored == null || stored.length != Long.BYTES
                        ? 0
                        : ByteBuffer.wrap(stored).getLong());
    }

    private static byte[] key(long objectId) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(TAG).putLong(objectId).array();
    }

    private static final class Counter {
        private final AtomicLong rows;
        private volatile long stored;

        Counter(long stored) {
            this.rows = new AtomicLong(stored);
            this.stored = stored;
        }
    }
}
