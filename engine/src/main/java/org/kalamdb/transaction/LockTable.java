// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Exclusive locks on keys, each held by one transaction until it ends and passed on in the order of asking. Safe for use
 * by several threads.
 *
 * <p>A free lock costs one entry of a concurrent map. Whoever must wait does so under one mutex, so that the graph of who
 * waits for whom stands still while it is searched for a cycle.
 */
final class LockTable {
    /** How often a waiter looks whether its statement is to stop. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ConcurrentHashMap<LockKey, Transaction> owners = new ConcurrentHashMap<>();
    private final AtomicInteger waiterCount = new AtomicInteger();

    private final ReentrantLock mutex = new ReentrantLock();
    /** Guarded by the mutex. */
    private final Map<LockKey, Deque<Waiter>> queues = new HashMap<>();

    /** Guarded by the mutex. */
    private static final class Waiter {
        private final Transaction transaction;
        private final Condition turn;
        private boolean granted;

        Waiter(Transaction transaction, Condition turn) {
            this.transaction = transaction;
            this.turn = turn;
        }
    }

    /**
     * Takes the lock for {@code transaction}.
     *
     * @return whether it was taken now; false if the transaction held it already
     * @throws KalamException LOCK_TIMEOUT, DEADLOCK if waiting would never end, or QUERY_CANCELED
     */
    boolean acquire(LockKey key, Transaction transaction, TableId table) {
        Transaction owner = owners.putIfAbsent(key, transaction);
        if (owner == null) {
            return true;
        }
        if (owner == transaction) {
            return false;
        }
        await(key, transaction, table);
        return true;
    }

    /** Lets go of locks that {@code transaction} holds. */
    void release(List<LockKey> keys, Transaction transaction) {
        if (waiterCount.get() == 0) {
            for (LockKey key : keys) {
                owners.remove(key, transaction);
            }
            // A waiter counts itself before it looks at the owner again, so either it sees the removal or this sees it.
            if (waiterCount.get() == 0) {
                return;
            }
        }
        mutex.lock();
        try {
            for (LockKey key : keys) {
                passOn(key, transaction);
            }
        } finally {
            mutex.unlock();
        }
    }

    private void passOn(LockKey key, Transaction owner) {
        Deque<Waiter> queue = queues.get(key);
        if (queue == null) {
            owners.remove(key, owner);
            return;
        }
        Waiter first = queue.getFirst();
        if (owners.replace(key, owner, first.transaction) || owners.putIfAbsent(key, first.transaction) == null) {
            first.granted = true;
            first.transaction.waitFor(null);
            leave(key, first);
            first.turn.signal();
        }
    }

    private void await(LockKey key, Transaction transaction, TableId table) {
        mutex.lock();
        try {
            waiterCount.incrementAndGet();
            if (owners.putIfAbsent(key, transaction) == null) {
                return;
            }
            if (closesCycle(key, transaction)) {
                throw new KalamException(
                        ErrorCode.DEADLOCK,
                        "Cannot write to table " + table
                                + ": deadlock with another transaction; roll back and retry the transaction");
            }
            Waiter waiter = new Waiter(transaction, mutex.newCondition());
            queues.computeIfAbsent(key, k -> new ArrayDeque<>()).addLast(waiter);
            transaction.waitFor(key);
            try {
                await(waiter, table);
            } finally {
                if (!waiter.granted) {
                    transaction.waitFor(null);
                    leave(key, waiter);
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
        Deque<Waiter> queue = queues.get(key);
        if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
            queues.remove(key);
        }
    }

    /**
     * Whether the transactions that {@code transaction} would wait for end at itself. Only a transaction that begins to
     * wait can close a cycle: one that a lock is passed on to waits for nothing any more.
     */
    private boolean closesCycle(LockKey key, Transaction transaction) {
        @Nullable LockKey wanted = key;
        while (wanted != null) {
            Transaction owner = owners.get(wanted);
            if (owner == transaction) {
                return true;
            }
            wanted = owner == null ? null : owner.waitedFor();
        }
        return false;
    }
}
