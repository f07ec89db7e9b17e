// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableId;

/**
 * Locks on keys, held by transactions until they end and passed on in the order of asking, save that whoever shares a lock
 * and wants it alone goes first: who waits before it waits for it to let go. Safe for use by several threads.
 *
 * <p>A free lock costs one entry of a concurrent map. Whoever must wait does so under one mutex, so that the graph of who
 * waits for whom stands still while it is searched for a cycle.
 */
final class LockTable {
    /** How often a waiter looks whether its statement is to stop. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ConcurrentHashMap<LockKey, LockHolder> holders = new ConcurrentHashMap<>();
    private final AtomicInteger waiterCount = new AtomicInteger();

    private final ReentrantLock mutex = new ReentrantLock();
    /** Guarded by the mutex. None is empty, and nobody in one can have the lock as it is held now. */
    private final Map<LockKey, Deque<Waiter>> queues = new HashMap<>();

    /** Guarded by the mutex. */
    private static final class Waiter {
        private final Transaction transaction;
        private final LockMode mode;
        private final Condition turn;
        private boolean granted;

        Waiter(Transaction transaction, LockMode mode, Condition turn) {
            this.transaction = transaction;
            this.mode = mode;
            this.turn = turn;
        }
    }

    /**
     * Takes the lock for {@code transaction}. A transaction that shares a lock and asks for it alone keeps its share while it
     * waits.
     *
     * @return whether it was taken now; false if the transaction held it already, in this mode or alone
     * @throws KalamException LOCK_TIMEOUT, DEADLOCK if waiting would never end, or QUERY_CANCELED
     */
    boolean acquire(LockKey key, Transaction transaction, LockMode mode, TableId table) {
        LockHolder holder = mode == LockMode.EXCLUSIVE ? holders.putIfAbsent(key, transaction) : holders.get(key);
        if (holder == null && mode == LockMode.EXCLUSIVE) {
            return true;
        }
        if (isHeld(holder, transaction, mode)) {
            return false;
        }
        // A share is given past those who wait only if there are none: they may wait to have the lock alone.
        if (mode == LockMode.EXCLUSIVE || waiterCount.get() > 0 || !takeNow(key, transaction, mode)) {
            await(key, transaction, mode, table);
        }
        return true;
    }

    /** Takes a lock that a transaction had when the database was closed; nobody has one that stands in its way. */
    void restore(LockKey key, Transaction transaction, LockMode mode) {
        if (!takeNow(key, transaction, mode)) {
            throw new IllegalStateException("A lock of a prepared transaction is held by another one");
        }
    }

    /** Whether a transaction waits for a lock at this moment. */
    boolean isWaiting(Transaction transaction) {
        mutex.lock();
        try {
            return transaction.waitedFor() != null;
        } finally {
            mutex.unlock();
        }
    }

    private static boolean isHeld(@Nullable LockHolder holder, Transaction transaction, LockMode mode) {
        return holder == transaction
                || mode == LockMode.SHARED && holder instanceof LockSharers sharers && sharers.contains(transaction);
    }

    private boolean takeNow(LockKey key, Transaction transaction, LockMode mode) {
        while (true) {
            LockHolder holder = holders.get(key);
            LockHolder next = granted(holder, transaction, mode);
            if (next == null) {
                return false;
            }
            if (holder == null ? holders.putIfAbsent(key, next) == null : holders.replace(key, holder, next)) {
                return true;
            }
        }
    }

    /** Who holds a lock when it is given to a transaction too; null if it cannot be. */
    private static @Nullable LockHolder granted(@Nullable LockHolder holder, Transaction transaction, LockMode mode) {
        if (mode == LockMode.EXCLUSIVE) {
            return othersThan(transaction, holder).isEmpty() ? transaction : null;
        }
        if (holder == null) {
            return LockSharers.of(transaction);
        }
        return holder instanceof LockSharers sharers ? sharers.with(transaction) : null;
    }

    /** Who holds a lock when a transaction does not any more. */
    private static @Nullable LockHolder released(@Nullable LockHolder holder, Transaction transaction) {
        if (holder == transaction) {
            return null;
        }
        return holder instanceof LockSharers sharers && sharers.contains(transaction)
                ? sharers.without(transaction)
                : holder;
    }

    /** Lets go of locks that {@code transaction} holds; others are left alone. */
    void release(List<LockKey> keys, Transaction transaction) {
        if (waiterCount.get() == 0) {
            for (LockKey key : keys) {
                drop(key, transaction);
            }
            // A waiter counts itself before it looks at the holder again, so either it sees the removal or this sees
            // it.
            if (waiterCount.get() == 0) {
                return;
            }
        }
        mutex.lock();
        try {
            for (LockKey key : keys) {
                Deque<Waiter> queue = queues.get(key);
                if (queue == null) {
                    drop(key, transaction);
                } else {
                    passOn(key, transaction, queue);
                }
            }
        } finally {
            mutex.unlock();
        }
    }

    private void drop(LockKey key, Transaction transaction) {
        if (!holders.remove(key, transaction)) {
            holders.computeIfPresent(key, (same, holder) -> released(holder, transaction));
        }
    }

    /**
     * Gives a lock to those who have waited longest, as many as can have it at once.
     *
     * @param leaving who lets go of it, or null
     */
    private void passOn(LockKey key, @Nullable Transaction leaving, Deque<Waiter> queue) {
        List<Waiter> served = new ArrayList<>();
        // At once, so that nobody who comes now gets in between.
        holders.compute(key, (same, holder) -> {
            LockHolder left = leaving == null ? holder : released(holder, leaving);
            for (Waiter waiter : queue) {
                LockHolder next = granted(left, waiter.transaction, waiter.mode);
                if (next == null) {
                    break;
                }
                left = next;
                served.add(waiter);
            }
            return left;
        });
        for (Waiter waiter : served) {
            waiter.granted = true;
            leave(key, waiter);
            waiter.turn.signal();
        }
    }

    private void await(LockKey key, Transaction transaction, LockMode mode, TableId table) {
        mutex.lock();
        try {
            waiterCount.incrementAndGet();
            boolean shares = isHeld(holders.get(key), transaction, LockMode.SHARED);
            if ((shares || !queues.containsKey(key)) && takeNow(key, transaction, mode)) {
                return;
            }
            if (closesCycle(key, transaction)) {
                throw new KalamException(
                        ErrorCode.DEADLOCK,
                        "Cannot write to table " + table
                                + ": deadlock with another transaction; roll back and retry the transaction");
            }
            Waiter waiter = new Waiter(transaction, mode, mutex.newCondition());
            Deque<Waiter> queue = queues.computeIfAbsent(key, k -> new ArrayDeque<>());
            if (shares) {
                queue.addFirst(waiter);
            } else {
                queue.addLast(waiter);
            }
            transaction.waitFor(key);
            try {
                await(waiter, table);
            } finally {
                if (!waiter.granted) {
                    leave(key, waiter);
                    // Those behind may have waited for nobody else.
                    passOn(key, null, queue);
                }
            }
        } finally {
            waiterCount.decrementAndGet();
            mutex.unlock();
        }
    }

    private static void await(Waiter waiter, TableId table) {
        long timeoutNanos = waiter.transaction.lockTimeoutNanos();
        long deadline = System.nanoTime() + timeoutNanos;
        while (!waiter.granted) {
            long remainingNanos = deadline - System.nanoTime();
            if (remainingNanos <= 0) {
                throw new KalamException(
                        ErrorCode.LOCK_TIMEOUT,
                        "Cannot write to table " + table + ": another transaction has held the row for "
                                + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                                + " ms; end that transaction or retry later");
            }
            try {
                long ignored = waiter.turn.awaitNanos(Math.min(remainingNanos, CHECK_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (!waiter.granted) {
                    throw new KalamException(
                            ErrorCode.QUERY_CANCELED,
                            "Cannot write to table " + table + ": the thread was interrupted",
                            e);
                }
            }
            if (!waiter.granted) {
                waiter.transaction.checkStop();
            }
        }
    }

    private void leave(LockKey key, Waiter waiter) {
        waiter.transaction.waitFor(null);
        Deque<Waiter> queue = queues.get(key);
        if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
            queues.remove(key);
        }
    }

    /**
     * Whether the transactions that {@code transaction} would wait for end at itself. Only a transaction that begins to
     * wait can close a cycle: one that a lock is given to waits for nothing any more. Whoever waits in a queue waits for all
     * who hold the lock, for those before it do.
     */
    private boolean closesCycle(LockKey key, Transaction transaction) {
        Set<Transaction> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Transaction> open = new ArrayDeque<>(othersThan(transaction, holders.get(key)));
        while (!open.isEmpty()) {
            Transaction holder = open.pop();
            if (holder == transaction) {
                return true;
            }
            LockKey wanted = seen.add(holder) ? holder.waitedFor() : null;
            if (wanted != null) {
                open.addAll(othersThan(holder, holders.get(wanted)));
            }
        }
        return false;
    }

    private static List<Transaction> othersThan(Transaction transaction, @Nullable LockHolder holder) {
        if (holder instanceof LockSharers sharers) {
            return sharers.othersThan(transaction);
        }
        return holder == null || holder == transaction ? List.of() : List.of((Transaction) holder);
    }
}
