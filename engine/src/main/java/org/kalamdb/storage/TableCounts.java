// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.transaction.TableChange;

/**
 * How many rows each table has, and how many bytes where those are counted, without counting. Safe for use by several
 * threads.
 *
 * <p>The counts live on the heap and are stored when they have moved by a fiftieth, and all of them when the database is
 * closed, which leaves a mark. So a commit pays nothing for them. Where the mark is missing when the database is opened,
 * its end came as a surprise: stored counts are estimates then, until they are {@link #correct corrected}.
 */
final class TableCounts {
    private static final byte TAG = 'n';
    private static final byte[] MARK = {'m'};
    private static final long MIN_DRIFT = 1000;
    private static final long DRIFT_DIVISOR = 50;
    private static final int STORED_BYTES = 2 * Long.BYTES + 1;

    private final MetaStore meta;
    private final ConcurrentHashMap<Long, Counter> counters = new ConcurrentHashMap<>();
    private final ReentrantLock markLock = new ReentrantLock();
    /** Whether the mark is there and must go before the first change. */
    private volatile boolean marked;
    /** Whether stored counts are what they were when the database was closed. */
    private boolean trusted;

    private boolean opened;

    /** What a table has at one moment. */
    record Totals(long rows, long bytes) {}

    /** Counts a table. */
    @FunctionalInterface
    interface Counting {
        /** @param atThatMoment run while nobody commits, at the moment of which the answer tells */
        Totals count(Runnable atThatMoment);
    }

    TableCounts(MetaStore meta) {
        this.meta = meta;
    }

    /** Called when the database is opened, before anything is counted. @param created whether it is new */
    void open(boolean created) {
        byte[] mark = meta.get(MARK);
        marked = mark != null && mark.length == 1 && mark[0] == 1;
        trusted = created || marked;
        opened = true;
    }

    /** Called before anything is committed that changes a count. */
    void beforeChange() {
        if (marked) {
            markLock.lock();
            try {
                if (marked) {
                    meta.put(MARK, new byte[] {0});
                    marked = false;
                }
            } finally {
                markLock.unlock();
            }
        }
    }

    /** The rows of a table: exactly as many, or an estimate. */
    long rows(long objectId) {
        return Math.max(0, counter(objectId).totals().rows());
    }

    /** The bytes of a table's rows, likewise; 0 where they are not counted. */
    long bytes(long objectId) {
        return Math.max(0, counter(objectId).totals().bytes());
    }

    void add(Collection<TableChange> changes) {
        for (TableChange change : changes) {
            if (change.rowCountDelta() != 0 || change.byteCountDelta() != 0) {
                long objectId = change.definition().objectId();
                Counter counter = counter(objectId);
                if (counter.add(change.rowCountDelta(), change.byteCountDelta())) {
                    store(objectId, counter);
                }
            }
        }
    }

    /** How far a count may be off after a crash. */
    static long maxDrift(long rowCount) {
        return Math.max(MIN_DRIFT, rowCount / DRIFT_DIVISOR);
    }

    /** Makes the counts of a table exact if they are not. */
    void correct(long objectId, Counting counting) {
        Counter counter = counter(objectId);
        if (!counter.exact) {
            beforeChange();
            counter.correct(counting);
        }
    }

    /** Says what a table has that nobody uses yet. */
    void set(long objectId, Totals totals) {
        beforeChange();
        Counter counter = new Counter(totals, true);
        counters.put(objectId, counter);
        store(objectId, counter);
    }

    void forget(long objectId) {
        counters.remove(objectId);
        meta.deletePrefix(key(objectId));
    }

    /** Stores all counts as they are now. */
    void flush() {
        counters.forEach(this::store);
    }

    /** Stores all counts, which nobody changes any more, unless they are as they were when the database was opened. */
    void close() {
        if (opened && !marked) {
            flush();
            meta.put(MARK, new byte[] {1});
        }
    }

    private void store(long objectId, Counter counter) {
        meta.put(key(objectId), counter.toBytes());
    }

    private Counter counter(long objectId) {
        Counter counter = counters.get(objectId);
        return counter != null ? counter : counters.computeIfAbsent(objectId, this::load);
    }

    private Counter load(long objectId) {
        byte @Nullable [] stored = meta.get(key(objectId));
        if (stored == null) {
            return new Counter(new Totals(0, 0), trusted);
        }
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        long rows = buffer.getLong();
        if (stored.length != STORED_BYTES) {
            return new Counter(new Totals(rows, 0), false);
        }
        return new Counter(new Totals(rows, buffer.getLong()), buffer.get() == 1 && trusted);
    }

    private static byte[] key(long objectId) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(TAG).putLong(objectId).array();
    }

    private static final class Counter {
        private final ReentrantLock correction = new ReentrantLock();
        private final ReentrantLock lock = new ReentrantLock();
        /** Guarded by the lock, as all that follows. */
        private long rows;

        private long bytes;
        private long storedRows;
        private volatile boolean exact;

        Counter(Totals stored, boolean exact) {
            this.rows = stored.rows();
            this.bytes = stored.bytes();
            this.storedRows = rows;
            this.exact = exact;
        }

        Totals totals() {
            lock.lock();
            try {
                return new Totals(rows, bytes);
            } finally {
                lock.unlock();
            }
        }

        /** Returns whether it is time to store the counts. */
        boolean add(long moreRows, long moreBytes) {
            lock.lock();
            try {
                rows += moreRows;
                bytes += moreBytes;
                return Math.abs(rows - storedRows) > maxDrift(rows);
            } finally {
                lock.unlock();
            }
        }

        void correct(Counting counting) {
            if (exact) {
                return;
            }
            correction.lock();
            try {
                if (!exact) {
                    Totals[] before = new Totals[1];
                    Totals counted = counting.count(() -> before[0] = totals());
                    add(counted.rows() - before[0].rows(), counted.bytes() - before[0].bytes());
                    exact = true;
                }
            } finally {
                correction.unlock();
            }
        }

        byte[] toBytes() {
            lock.lock();
            try {
                storedRows = rows;
                return ByteBuffer.allocate(STORED_BYTES)
                        .putLong(rows)
                        .putLong(bytes)
                        .put((byte) (exact ? 1 : 0))
                        .array();
            } finally {
                lock.unlock();
            }
        }
    }
}
