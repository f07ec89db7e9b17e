// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.FlushPolicy;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs when they are due, in one daemon thread of the database: flushes as the tables' policies say, compactions
 * where segments are small or worn, the removal of files that nobody needs, of deleted rows that were kept long enough and
 * of rows of STREAM tables whose time is over. After a crash it counts rows. Safe for use by several threads.
 *
 * <p>A job that fails is tried again the next time; the log and {@code system.jobs} say why.
 */
public final class JobScheduler implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(JobScheduler.class);
    /** How long deleted rows may be kept beyond their time, so that what is kept need not be read all the time. */
    private static final long PURGE_PERIOD_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final Runnable UNSTOPPED = () -> {};

    private final Catalog catalog;
    private final TableStore store;
    private final SegmentMaintenance segments;
    private final StorageJobs jobs;
    private final Duration period;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;

    /** By object id: when a table with a time interval was flushed last, in nanoseconds. Used by the thread only. */
    private final Map<Long, Long> lastFlushes = new HashMap<>();

    private long seenCatalogVersion = -1;
    private List<TableDefinition> tables = List.of();
    /** When deleted rows were looked through last, in nanoseconds; null if never. */
    private @Nullable Long lastPurge;

    private JobScheduler(
            Catalog catalog, TableStore store, SegmentMaintenance segments, StorageJobs jobs, Duration period) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.segments = requireNonNull(segments, "segments is null");
        this.store = requireNonNull(store, "store is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.period = requireNonNull(period, "period is null");
        this.thread = new Thread(this::run, "kalamdb-jobs");
        thread.setDaemon(true);
    }

    /** @param period how often to look what is due */
    public static JobScheduler start(
            Catalog catalog, TableStore store, SegmentMaintenance segments, StorageJobs jobs, Duration period) {
        JobScheduler scheduler = new JobScheduler(catalog, store, segments, jobs, period);
        scheduler.thread.start();
        return scheduler;
    }

    private void run() {
        boolean leftoversRemoved = false;
        while (awaitNext()) {
            try {
                if (segments.isAvailable()) {
                    if (!leftoversRemoved) {
                        leftoversRemoved = segments.removeUnusedFiles();
                    }
                    segments.removeRetiredFiles();
                }
                boolean purges = isPurgeDue();
                for (TableDefinition table : tables()) {
                    if (isClosed()) {
                        return;
                    }
                    work(table, purges);
                }
            } catch (KalamException e) {
                if (e.code() == ErrorCode.CONNECTION_CLOSED) {
                    return;
                }
                LOGGER.warn("Background work failed", e);
            } catch (RuntimeException e) {
                LOGGER.warn("Background work failed", e);
            }
        }
    }

    private void work(TableDefinition table, boolean purges) {
        store.recount(table);
        if (table.type() == TableType.STREAM) {
            jobs.evictIfDue(table);
            return;
        }
        if (segments.isAvailable() && table.storage().flushPolicy() != null) {
            moveRows(table);
        }
        if (purges) {
            jobs.purgeIfDue(table);
        }
    }

    private boolean isPurgeDue() {
        long now = System.nanoTime();
        Long last = lastPurge;
        if (last != null && now - last < PURGE_PERIOD_NANOS) {
            return false;
        }
        lastPurge = now;
        return true;
    }

    private void moveRows(TableDefinition table) {
        if (isFlushDue(table)) {
            jobs.flush(table.id(), UNSTOPPED);
            lastFlushes.put(table.objectId(), System.nanoTime());
        }
        if (segments.needsCompaction(table)) {
            jobs.compact(table.id(), UNSTOPPED);
        }
    }

    private boolean isFlushDue(TableDefinition table) {
        FlushPolicy policy = requireNonNull(table.storage().flushPolicy());
        int rows = Integer.MAX_VALUE;
        int seconds = Integer.MAX_VALUE;
        if (policy instanceof FlushPolicy.RowLimit limit) {
            rows = limit.rows();
        } else if (policy instanceof FlushPolicy.TimeInterval interval) {
            seconds = interval.seconds();
        } else if (policy instanceof FlushPolicy.Combined both) {
            rows = both.rows();
            seconds = both.seconds();
        }
        if (rows < Integer.MAX_VALUE && segments.hotRows(table, rows) >= rows) {
            return true;
        }
        long now = System.nanoTime();
        long last = lastFlushes.computeIfAbsent(table.objectId(), id -> now);
        return seconds < Integer.MAX_VALUE
                && now - last >= TimeUnit.SECONDS.toNanos(seconds)
                && segments.hotRows(table, 1) > 0;
    }

    private List<TableDefinition> tables() {
        long version = catalog.version();
        if (version != seenCatalogVersion) {
            List<TableDefinition> found = new ArrayList<>();
            try (Stream<TableDefinition> all = catalog.tables()) {
                all.filter(table -> table.type() != TableType.SYSTEM).forEach(found::add);
            }
            tables = found;
            seenCatalogVersion = version;
        }
        return tables;
    }

    /** Waits one period. Returns false if the scheduler was closed. */
    private boolean awaitNext() {
        lock.lock();
        try {
            long remaining = period.toNanos();
            while (!closed && remaining > 0) {
                remaining = closing.awaitNanos(remaining);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a running job end and waits for the thread. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
