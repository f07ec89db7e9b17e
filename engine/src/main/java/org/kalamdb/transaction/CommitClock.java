// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers commits and remembers, by key hash, the last one that wrote. Safe for use by several threads.
 *
 * <p>Keys share slots, so an old number proves that a key has not changed, while a new one proves nothing.
 */
final class CommitClock {
    private static final int SLOT_COUNT = 1 << 14;

    private final AtomicLong now = new AtomicLong();
    private final AtomicLongArray lastWrites = new AtomicLongArray(SLOT_COUNT);

    /** The last commit that is surely visible to a snapshot taken after this call. */
    long now() {
        return now.get();
    }

    /** Records a commit. Called after its batch is applied and before its locks are released. */
    void committed(Iterable<LockKey> keys) {
        long time = now.incrementAndGet();
        for (LockKey key : keys) {
            lastWrites.accumulateAndGet(slot(key), time, Math::max);
        }
    }

    /** Whether the key may have been written by a commit that a snapshot taken at {@code time} does not see. */
    boolean mayHaveChangedSince(long time, LockKey key) {
        return lastWrites.get(slot(key)) > time;
    }

    private static int slot(LockKey key) {
        return key.hashCode() & SLOT_COUNT - 1;
    }
}
