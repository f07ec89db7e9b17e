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
import org.kalamdb.exec.kernel.BlockWriter;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.resource.SpillFile;

/**
 * Rows that several parts of one run read: computed once, by the first who asks while the others wait, and held in memory, or in
 * a file if there is no room, until the last reader is closed. Safe for use by several threads.
 */
public final class SharedRows {
    /** How many rows in memory a thread takes at a time. */
    private static final int ROWS_OF_PART = 16 * Rows.BATCH_SIZE;

    private final Supplier<Operator> opener;
    private final List<LaneType> types;
    private final Run run;
    private final MemoryAccount account;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as all that follows, until rows are complete; the same from then on. */
    private final RowStore held;

    private int readers;
    private boolean closed;
    private boolean complete;
    private @Nullable Operator input;
    private @Nullable Throwable failure;
    private @Nullable SpillFile file;
    private @Nullable SpilledRows spilled;

    /**
     * @param opener of the plan that answers the rows; called once at most
     * @param types of the columns
     */
    public SharedRows(Supplier<Operator> opener, List<LaneType> types, Run run) {
        this.opener = opener;
        this.types = types;
        this.run = run;
        this.account = run.resources().openAccount();
        this.held = new RowStore(types);
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
                Operator rows = part == null ? open(next.getAndIncrement()) : part;
                RowBatch batch = rows == null ? null : rows.next();
                ended = rows == null;
                part = batch == null ? null : rows;
                if (batch != null) {
                    return batch;
                }
            }
            return null;
        }

        @Override
        public void close() {
            if (!readerClosed) {
                readerClosed = true;
                leave();
            }
        }
    }

    /** Some of the rows, computed if nobody has done so; null if there are no more. */
    private @Nullable Operator open(int part) {
        lock.lock();
        try {
            throwFailure();
            if (!complete) {
                read();
            }
            SpilledRows written = spilled;
            if (written != null) {
                return part > 0 ? null : new OneAtATime(written.read(run));
            }
        } finally {
            lock.unlock();
        }
        long first = (long) part * ROWS_OF_PART;
        return first >= held.size()
                ? null
                : StoredRows.range(held, (int) first, (int) Math.min(held.size(), first + ROWS_OF_PART));
    }

    /** A file serves one thread at a time. */
    private final class OneAtATime implements Operator {
        private final Operator rows;

        OneAtATime(Operator rows) {
            this.rows = rows;
        }

        @Override
        public @Nullable RowBatch next() {
            lock.lock();
            try {
                return rows.next();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            rows.close();
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
            BlockWriter writer = new BlockWriter();
            for (RowBatch batch = opened.next(); batch != null; batch = opened.next()) {
                run.checkCancelled();
                if (!account.resize(held.heapBytes(held.size() + batch.count())) && held.size() > 0) {
                    spill(writer);
                }
                held.add(batch, batch.rows(), batch.count());
            }
            if (spilled != null) {
                spill(writer);
            }
            complete = true;
            input = null;
            opened.close();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    private void spill(BlockWriter writer) {
        SpilledRows to = spilled;
        if (to == null) {
            SpillFile created = run.resources().newFile();
            file = created;
            to = new SpilledRows(types, created);
            spilled = to;
        }
        to.write(held, Rows.all(held.size()), held.size(), writer, run);
        held.clear();
        account.resize(0);
    }

    private void leave() {
        List<AutoCloseable> ended = new ArrayList<>();
        lock.lock();
        try {
            readers--;
            if (readers == 0) {
                closed = true;
                ended.add(account);
                if (input != null) {
                    ended.add(input);
                }
                if (file != null) {
                    ended.add(file);
                }
            }
        } finally {
            lock.unlock();
        }
        Closing.all(ended);
    }
}
