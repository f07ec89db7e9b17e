// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.List;
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
 * Exclusive locks on row keys, each held by one transaction until it ends. Safe for use by several threads.
 *
 * <p>A free lock costs one entry of a concurrent map. Whoever must wait does so under one mutex, so that the graph of who
 * waits for whom stands still while it is searched for a cycle.
 */
final class LockTable {
    private final ConcurrentHashMap<LockKey, Transaction> owners = new ConcurrentHashMap<>();
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition released = mutex.newCondition();
    private final AtomicInteger waiterCount = new AtomicInteger();

    private final long timeoutNanos;

    LockTable(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Takes the lock for {@code transaction}.
     *
     * @return whether it was taken now; false if the transaction held it already
     * @throws KalamException LOCK_TIMEOUT, or SERIALIZATION_FAILURE if waiting would never end
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

    void release(List<LockKey> keys) {
        for (LockKey key : keys) {
            owners.remove(key);
        }
        // A waiter counts itself before it looks at the owner again, so either it sees the removal or this sees it.
        if (waiterCount.get() > 0) {
            mutex.lock();
            try {
                released.signalAll();
            } finally {
                mutex.unlock();
            }
        }
    }

    private void await(LockKey key, Transaction transaction, TableId table) {
        mutex.lock();
        try {
            waiterCount.incrementAndGet();
            transaction.waitFor(key);
            long remainingNanos = timeoutNanos;
            while (owners.putIfAbsent(key, transaction) != null) {
                if (closesCycle(key, transaction)) {
                    throw new KalamException(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "Cannot write to table " + table
                                    + ": deadlock with another transaction; roll back and retry the transaction");
                }
                if (remainingNanos <= 0) {
                    throw new KalamException(
                            ErrorCode.LOCK_TIMEOUT,
                            "Cannot write to table " + table + ": another transaction has held the row for "
                                    + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                                    + " ms; end that transaction or retry later");
                }
                remainingNanos = released.awaitNanos(remainingNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KalamException(
                    ErrorCode.QUERY_CANCELED, "Cannot write to table " + table + ": the thread was interrupted", e);
        } finally {
            transaction.waitFor(null);
            waiterCount.decrementAndGet();
            mutex.unlock();
        }
    }

    /** Whether the transactions that {@code transaction} would wait for end at itself. */
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
