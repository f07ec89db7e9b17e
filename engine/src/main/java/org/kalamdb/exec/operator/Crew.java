// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.WorkerPool;

/**
 * Runs the pieces of a part of a query on several threads, that of the caller among them, so that it goes on even if no
 * other thread is free. A piece is run by one thread at a time, some steps after each other, and a helping thread leaves
 * when another query waits for one. The first failure stops all. Safe for use by several threads, of which one calls it.
 */
final class Crew implements AutoCloseable {
    private static final int WAIT_MILLIS = 20;

    private final Run run;
    private final WorkerPool pool;
    private final BooleanSupplier isWanted;
    private final int maxHelpers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Pieces that nobody runs. Guarded by the lock, as all that follows. */
    private final Deque<Piece> idle;

    private int running;
    private int helpers;
    private boolean stopped;
    /** Grows whenever a thread has done something. */
    private long changes;

    private @Nullable Throwable failure;

    /** A piece of work. */
    interface Piece {
        /** Does a little of it. @return whether there is more */
        boolean step();
    }

    /** @param isWanted whether more work is wanted at the moment; asked by any thread */
    Crew(List<? extends Piece> pieces, BooleanSupplier isWanted, Run run) {
        this.idle = new ArrayDeque<>(pieces);
        this.isWanted = isWanted;
        this.run = run;
        this.pool = run.resources().workers();
        this.maxHelpers = Math.min(pieces.size(), pool.threads()) - 1;
    }

    /** Runs all pieces to their end. */
    static void runAll(List<? extends Piece> pieces, Run run) {
        if (pieces.size() == 1) {
            do {
                run.checkCancelled();
            } while (pieces.get(0).step());
            return;
        }
        try (Crew crew = new Crew(pieces, () -> true, run)) {
            boolean more = true;
            while (more) {
                more = crew.work();
            }
        }
    }

    /**
     * Does some of the work, or waits a moment for those that do.
     *
     * @return false if all is done
     * @throws RuntimeException what one of the pieces has thrown
     */
    boolean work() {
        run.checkCancelled();
        callHelpers();
        Piece piece = take();
        if (piece == null) {
            return awaitOthers();
        }
        put(piece, step(piece));
        throwFailure();
        return true;
    }

    /** Asks threads of the pool to help, as far as there is something to do for them. */
    void callHelpers() {
        int wanted = 0;
        lock.lock();
        try {
            if (!stopped && isWanted.getAsBoolean()) {
                // One of the pieces is for the caller.
                wanted = Math.max(0, Math.min(maxHelpers, idle.size() + running - 1) - helpers);
                helpers += wanted;
            }
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < wanted; i++) {
            pool.submit(this::help);
        }
    }

    private void help() {
        while (true) {
            Piece piece = isWanted.getAsBoolean() ? take() : null;
            if (piece == null) {
                leave();
                return;
            }
            boolean more = step(piece);
            put(piece, more);
            if (more && pool.isBusy()) {
                pool.submit(this::help);
                return;
            }
        }
    }

    private void leave() {
        lock.lock();
        try {
            helpers--;
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Piece take() {
        lock.lock();
        try {
            Piece piece = stopped ? null : idle.poll();
            running += piece == null ? 0 : 1;
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private boolean step(Piece piece) {
        try {
            return piece.step();
        } catch (RuntimeException | Error e) {
            fail(e);
            return false;
        }
    }

    private void fail(Throwable thrown) {
        lock.lock();
        try {
            if (failure == null) {
                failure = thrown;
            }
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    private void put(Piece piece, boolean more) {
        lock.lock();
        try {
            running--;
            if (more) {
                idle.addFirst(piece);
            }
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitOthers() {
        boolean interrupted = false;
        lock.lock();
        try {
            long seen = changes;
            long nanos = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
            while (running > 0 && changes == seen && nanos > 0) {
                try {
                    nanos = changed.awaitNanos(nanos);
                } catch (InterruptedException e) {
                    // A query is stopped by cancelling it; who interrupts learns of it afterwards.
                    interrupted = true;
                }
            }
            throwFailure();
            return running > 0 || !idle.isEmpty();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void throwFailure() {
        lock.lock();
        try {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops the work, and waits until no thread is at it. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            while (running > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
