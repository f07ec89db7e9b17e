// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Numbers commits and remembers what the last ones wrote. Safe for use by several threads.
 *
 * <p>Commits are numbered before they are applied, so that two that are under way at the same time know of each other: a
 * serializable one is refused if one with a lower number, which its snapshot may lack, wrote what it has read; and
 * whoever writes what a commit under way has read waits until that is applied. Transactions that depend on each other are
 * therefore applied in the order of their dependence. Every snapshot is a state that a serial order passes through, and a
 * transaction that only reads needs no check.
 *
 * <p>What was written is remembered by key hash for good, and by key as long as a serializable transaction is open.
 */
final class CommitHistory {
    private static final int SLOT_COUNT = 1 << 14;

    private final int maxRememberedKeys;
    /** Where blocks of numbers come from. */
    private final CommitNumbers numbers;
    /** By key hash, the last commit that wrote. Keys share slots: an old number proves that a key has not changed. */
    private final AtomicLongArray lastWrites = new AtomicLongArray(SLOT_COUNT);

    /** Guards all that follows. */
    private final ReentrantLock mutex = new ReentrantLock();

    private final Condition readerApplied = mutex.newCondition();
    /** Nothing is under way, or nobody waits for that any more. */
    private final Condition quiet = mutex.newCondition();

    /** By number: what is being applied, and what is applied already but was overtaken. */
    private final Deque<Commit> underWay = new ArrayDeque<>();
    /** By number: what is applied, as far back as a serializable transaction may ask. */
    private final Deque<Commit> remembered = new ArrayDeque<>();
    /** What prepared transactions have read, and nobody may write until they end. */
    private final List<ReadSet> prepared = new ArrayList<>();
    /** The times of the snapshots of serializable transactions, each with how many have it. */
    private final TreeMap<Long, Integer> watchers = new TreeMap<>();

    private long lastNumber;
    /** The last number that may be given without asking for a block. */
    private long lastReserved;
    /** How many wait for a moment in which no commit is under way. */
    private int waitingForQuiet;

    private int rememberedKeys;
    /** The last commit that should be remembered and is not. */
    private long forgotten;
    /** How many commits under way have read something. */
    private int readersUnderWay;
    /** All commits up to this number are applied. Written under the mutex. */
    private volatile long visible;

    /** A commit from its numbering until nobody asks for it any more. */
    static final class Commit {
        private final @Nullable ReadSet reads;
        /** What it had read when it was prepared; null if it was not, or had read nothing that counts. */
        private final @Nullable ReadSet preparedReads;

        private final List<LockKey> locked;
        private @Nullable PendingWrites writes;
        private @Nullable WrittenKeys keys;
        private long number;
        private boolean applied;

        long number() {
            return number;
        }

        private Commit(
                PendingWrites writes, List<LockKey> locked, @Nullable ReadSet reads, @Nullable ReadSet preparedReads) {
            this.writes = writes;
            this.locked = locked;
            this.reads = reads;
            this.preparedReads = preparedReads;
        }

        private WrittenKeys keys() {
            WrittenKeys known = keys;
            if (known == null) {
                known = new WrittenKeys(requireNonNull(writes), locked);
                keys = known;
            }
            return known;
        }

        /** Lets go of what belongs to the transaction, which is about to end. */
        private void keepKeysOnly() {
            keys();
            writes = null;
        }
    }

    /**
     * @param maxRememberedKeys beyond this the oldest commits are forgotten, and whoever needs them is refused
     * @param numbers what numbers it may give
     */
    CommitHistory(int maxRememberedKeys, CommitNumbers numbers) {
        this.maxRememberedKeys = maxRememberedKeys;
        this.numbers = numbers;
    }

    /** The last commit that is surely visible to a snapshot taken after this call. */
    long now() {
        return visible;
    }

    /** The greatest number that a commit has. */
    long lastNumber() {
        mutex.lock();
        try {
            return lastNumber;
        } finally {
            mutex.unlock();
        }
    }

    /** As {@link #now()}, and remembers all later commits until {@link #unwatch}. */
    long watch() {
        mutex.lock();
        try {
            watchers.merge(visible, 1, Integer::sum);
            return visible;
        } finally {
            mutex.unlock();
        }
    }

    /** Ends what {@link #watch} began when it answered {@code time}. */
    void unwatch(long time) {
        mutex.lock();
        try {
            watchers.computeIfPresent(time, (key, count) -> count == 1 ? null : count - 1);
            long oldest = watchers.isEmpty() ? Long.MAX_VALUE : watchers.firstKey();
            while (!remembered.isEmpty() && remembered.getFirst().number <= oldest) {
                rememberedKeys -= remembered.removeFirst().keys().size();
            }
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Whether the key may have been written by a commit after {@code time}, applied or still under way, which a snapshot
     * taken at that time need not see.
     */
    boolean mayHaveChangedSince(long time, LockKey key) {
        return lastWrites.get(slot(key)) > time;
    }

    /**
     * Numbers a commit, which is applied next and then {@link #complete}d, and waits for those that it must not overtake.
     *
     * @param locked its locks; not changed until it is completed
     * @param reads what it has read since {@code time} and nobody else may have written, or null for nothing
     * @throws KalamException SERIALIZATION_FAILURE if somebody else has
     */
    Commit begin(PendingWrites writes, List<LockKey> locked, @Nullable ReadSet reads, long time) {
        return begin(new Commit(writes, locked, reads, null), time);
    }

    /**
     * As {@link #begin(PendingWrites, List, ReadSet, long)}, for a transaction that was prepared.
     *
     * @param reads what it was prepared with, which nobody has written since; null for nothing
     */
    Commit beginPrepared(PendingWrites writes, List<LockKey> locked, @Nullable ReadSet reads) {
        return begin(new Commit(writes, locked, null, reads), 0);
    }

    private Commit begin(Commit commit, long time) {
        number(commit, time);
        // Before it is applied: whoever reads it early must be able to tell.
        for (LockKey key : commit.locked) {
            lastWrites.accumulateAndGet(slot(key), commit.number, Math::max);
        }
        return commit;
    }

    private void number(Commit commit, long time) {
        mutex.lock();
        try {
            while (waitingForQuiet > 0) {
                quiet.awaitUninterruptibly();
            }
            while (readersUnderWay > 0 && writesWhatIsRead(commit)) {
                readerApplied.awaitUninterruptibly();
            }
            if (lastNumber == lastReserved || lastNumber < numbers.floor()) {
                lastNumber = numbers.reserve() - 1;
                lastReserved = lastNumber + CommitNumbers.BLOCK;
            }
            if (!prepared.isEmpty()) {
                requireNotRead(commit);
            }
            if (commit.reads != null) {
                requireUnchanged(commit.reads, time);
                readersUnderWay++;
            }
            commit.number = ++lastNumber;
            underWay.addLast(commit);
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Prepares the commit of a serializable transaction: others that write what it has read are refused until
     * {@link #endPrepared}, so that it can be numbered at any time.
     *
     * @param reads what it has read since {@code time}; not changed any more
     * @throws KalamException SERIALIZATION_FAILURE if somebody has written to it meanwhile
     */
    void prepare(ReadSet reads, long time) {
        mutex.lock();
        try {
            requireUnchanged(reads, time);
            prepared.add(reads);
        } finally {
            mutex.unlock();
        }
    }

    /** As {@link #prepare}, of a transaction that was prepared before the database was opened. */
    void restorePrepared(ReadSet reads) {
        mutex.lock();
        try {
            prepared.add(reads);
        } finally {
            mutex.unlock();
        }
    }

    /** Lets others write what a prepared transaction has read, once it has ended. */
    void endPrepared(ReadSet reads) {
        mutex.lock();
        try {
            prepared.removeIf(other -> other == reads);
        } finally {
            mutex.unlock();
        }
    }

    /** Called when a commit is applied, or cannot be, and before its locks are released. */
    void complete(Commit commit) {
        mutex.lock();
        try {
            commit.applied = true;
            if (!watchers.isEmpty() || underWay.getFirst() != commit) {
                commit.keepKeysOnly();
            }
            if (commit.reads != null) {
                readersUnderWay--;
                readerApplied.signalAll();
            }
            while (!underWay.isEmpty() && underWay.getFirst().applied) {
                Commit first = underWay.removeFirst();
                remember(first);
                visible = first.number;
            }
            if (underWay.isEmpty() && waitingForQuiet > 0) {
                quiet.signalAll();
            }
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Does something while no commit is under way: commits that are numbered already are waited for, and others are not
     * numbered before it is done.
     */
    <T> T betweenCommits(Supplier<T> work) {
        mutex.lock();
        try {
            waitingForQuiet++;
            try {
                while (!underWay.isEmpty()) {
                    quiet.awaitUninterruptibly();
                }
                return work.get();
            } finally {
                waitingForQuiet--;
                quiet.signalAll();
            }
        } finally {
            mutex.unlock();
        }
    }

    private void remember(Commit commit) {
        if (watchers.isEmpty() || watchers.firstKey() >= commit.number) {
            return;
        }
        remembered.addLast(commit);
        rememberedKeys += commit.keys().size();
        while (rememberedKeys > maxRememberedKeys) {
            Commit oldest = remembered.removeFirst();
            rememberedKeys -= oldest.keys().size();
            forgotten = oldest.number;
        }
    }

    private boolean writesWhatIsRead(Commit commit) {
        for (Commit other : underWay) {
            if (other.reads != null && !other.applied && other.reads.overlaps(commit.keys())) {
                return true;
            }
        }
        return false;
    }

    private void requireNotRead(Commit commit) {
        for (ReadSet reads : prepared) {
            if (reads != commit.preparedReads && reads.overlaps(commit.keys())) {
                throw new KalamException(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "Cannot commit: a prepared transaction has read what was changed; retry the transaction when that"
                                + " has ended");
            }
        }
    }

    private void requireUnchanged(ReadSet reads, long time) {
        if (forgotten > time) {
            throw new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot commit: too much was changed by others since the transaction first read; retry the"
                            + " transaction");
        }
        for (Deque<Commit> commits : List.of(remembered, underWay)) {
            for (Commit commit : commits) {
                if (commit.number > time && reads.overlaps(commit.keys())) {
                    throw new KalamException(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "Cannot commit: what the transaction has read was changed by a concurrent one; retry the"
                                    + " transaction");
                }
            }
        }
    }

    private static int slot(LockKey key) {
        return key.hashCode() & SLOT_COUNT - 1;
    }
}
