// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that help those of the callers with large queries, shared by all sessions of a database: whoever waits longest
 * is served first. There is none before the first large query, and none after some seconds without one. Safe for use by
 * several threads.
 */
public final class WorkerPool implements AutoCloseable {
    /** The most threads of a query. */
    public static final int MAX_THREADS = 256;

    private static final int IDLE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile int threads;
    /** Written under the lock. */
    private volatile @Nullable ThreadPoolExecutor executor;
    /** Guarded by the lock. */
    private boolean closed;

    /** @param threads of one query, that of its caller included, at least 1 */
    public WorkerPool(int threads) {
        this.threads = requireValid(threads);
    }

    /** As many as there are processors. */
    public static int defaultThreads() {
        return Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    }

    private static int requireValid(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads is not from 1 to " + MAX_THREADS + ": " + threads);
        }
        return threads;
    }

    /** How many threads a query may have, that of its caller included. */
    public int threads() {
        return threads;
    }

    /** Changes it for queries that begin later. */
    public void setThreads(int count) {
        requireValid(count);
        lock.lock();
        try {
            threads = count;
            ThreadPoolExecutor known = executor;
            if (known != null && count > 1) {
                resize(known, count - 1);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void resize(ThreadPoolExecutor pool, int size) {
        if (size > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(size);
            pool.setCorePoolSize(size);
        } else {
            pool.setCorePoolSize(size);
            pool.setMaximumPoolSize(size);
        }
    }

    /** Lets a thread run the work when one is free; never, if the database is being closed. */
    public void submit(Runnable work) {
        lock.lock();
        try {
            if (!closed) {
                requireExecutor().execute(work);
            }
        } finally {
            lock.unlock();
        }
    }

    private ThreadPoolExecutor requireExecutor() {
        ThreadPoolExecutor known = executor;
        if (known == null) {
            int size = Math.max(1, threads - 1);
            known = new ThreadPoolExecutor(
                    size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), WorkerPool::newThread);
            known.allowCoreThreadTimeOut(true);
            executor = known;
        }
        return known;
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "kalamdb-query");
        thread.setDaemon(true);
        return thread;
    }

    /** Whether somebody waits for a thread. */
    public boolean isBusy() {
        ThreadPoolExecutor known = executor;
        return known != null && !known.getQueue().isEmpty();
    }

    /** Number of threads there are. */
    public int liveThreads() {
        ThreadPoolExecutor known = executor;
        return known == null ? 0 : known.getPoolSize();
    }

    /** Ends the threads; all queries have been closed before. */
    @Override
    public void close() {
        ThreadPoolExecutor known;
        lock.lock();
        try {
            closed = true;
            known = executor;
        } finally {
            lock.unlock();
        }
        if (known != null) {
            known.shutdownNow();
            awaitEnd(known);
        }
    }

    private static void awaitEnd(ThreadPoolExecutor pool) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
