// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/**
 * Rows that several parts of one run read: computed once, by the first who asks while the others wait, and held in memory, or in
 * a file if there is no room, until the last reader is closed. Safe for use by several threads.
 */
public final class SharedRows {
    /** How many rows in memory a thread takes at a time. */
    private static final int ROWS_OF_PART = 16 * Rows.BATCH_SIZE;

    private final Supplier<Operator> opener;
    private final Run run;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as all that follows, until rows are complete; the same from then on. */
    private final RowSpool rows;

    private int readers;
    private boolean closed;
    private boolean complete;
    private @Nullable Operator input;
    private @Nullable Throwable failure;

    /**
     * @param opener of the plan that answers the rows; called once at most
     * @param types of the columns
     */
    public SharedRows(Supplier<Operator> opener, List<LaneType> types, Run run) {
        this.opener = opener;
        this.run = run;
        this.rows = new RowSpool(types, run);
    }

    /**
     * One more reader of all rows, in parts that several threads may read.
     *
     * @return nothing if the last of those before has been closed
     */
    public List<Operator> readers(int parts) {
        lock.lock();
        try {
            if (closed) {
                return List.of();
            }
            readers += parts;
            AtomicInteger next = new AtomicInteger();
            return Stream.<Operator>generate(() -> new Reader(next))
                    .limit(parts)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private final class Reader implements Operator {
        /** The part that is to be taken next, by whoever comes first. */
        private final AtomicInteger next;

        private @Nullable Operator part;
        private boolean ended;
        private boolean readerClosed;

        Reader(AtomicInteger next) {
            this.next = next;
        }

        @Override
        public @Nullable RowBatch next() {
            run.checkCancelled();
            while (!ended) {
                Operator current = part == null ? open(next.getAndIncrement()) : part;
                RowBatch batch = current == null ? null : current.next();
                ended = current == null;
                part = batch == null ? null : current;
                if (batch != null) {
                    return batch;
                }
            }
            return null;
        }

        @Override
        public void prepare() {
            compute();
        }

        @Override
        public void close() {
            if (!readerClosed) {
                readerClosed = true;
                leave();
            }
        }
    }

    /** Unless somebody has done so. */
    private void compute() {
        lock.lock();
        try {
            throwFailure();
            if (!complete) {
                read();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Some of the rows; null if there are no more. */
    private @Nullable Operator open(int part) {
        compute();
        lock.lock();
        try {
            if (rows.isSpilled()) {
                return part > 0 ? null : new OneAtATime(rows.read());
            }
        } finally {
            lock.unlock();
        }
        return rows.range((long) part * ROWS_OF_PART, ROWS_OF_PART);
    }

    /** A file serves one thread at a time. */
    private final class OneAtATime implements Operator {
        private final Operator file;

        OneAtATime(Operator file) {
            this.file = file;
        }

        @Override
        public @Nullable RowBatch next() {
            lock.lock();
            try {
                return file.next();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** Each that reads fails as the first one did. */
    private void throwFailure() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void read() {
        try {
            Operator opened = opener.get();
            input = opened;
            for (RowBatch batch = opened.next(); batch != null; batch = opened.next()) {
                run.checkCancelled();
                rows.add(batch);
            }
            complete = true;
            input = null;
            opened.close();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    private void leave() {
        List<AutoCloseable> ended = new ArrayList<>();
        lock.lock();
        try {
            readers--;
            if (readers == 0) {
                closed = true;
                if (input != null) {
                    ended.add(input);
                }
                ended.add(rows);
            }
        } finally {
            lock.unlock();
        }
        Closing.all(ended);
    }
}
