// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** Collects the keys of a range that transactions commit as long as it is open. Safe for use by several threads. */
public final class ChangeLog implements AutoCloseable {
    /** A tree entry and an array header. */
    private static final int OVERHEAD_BYTES = 64;

    private final Transactions owner;
    private final KeySpace space;
    private final byte[] lower;
    private final byte[] upper;
    private final long maxBytes;

    private final ReentrantLock mutex = new ReentrantLock();
    /** Guarded by the mutex. */
    private TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
    /** Guarded by the mutex. */
    private long sizeInBytes;
    /** Guarded by the mutex. */
    private boolean complete = true;

    /**
     * What was committed in some time.
     *
     * @param keys in ascending order; not to be changed
     * @param complete whether that are all; false if there were too many to remember
     */
    public record Changes(List<byte[]> keys, boolean complete) {
        public Changes {
            keys = List.copyOf(keys);
        }
    }

    /** @param maxBytes the heap that the keys may take */
    ChangeLog(Transactions owner, KeySpace space, byte[] lower, byte[] upper, long maxBytes) {
        this.owner = owner;
        this.space = space;
        this.lower = lower;
        this.upper = upper;
        this.maxBytes = maxBytes;
    }

    /**
     * What was committed since the last call, which is forgotten. It agrees with snapshots only if no transaction commits
     * meanwhile: of a commit under way the keys may be there before it can be seen.
     */
    public Changes drain() {
        mutex.lock();
        try {
            Changes changes = new Changes(List.copyOf(keys), complete);
            keys = new TreeSet<>(Arrays::compareUnsigned);
            sizeInBytes = 0;
            complete = true;
            return changes;
        } finally {
            mutex.unlock();
        }
    }

    /** Told before the writes are applied. */
    void add(PendingWrites writes) {
        PendingRange written = writes.range(space, lower, upper);
        mutex.lock();
        try {
            for (int i = 0; i < written.size() && complete; i++) {
                if (keys.add(written.key(i))) {
                    sizeInBytes += written.key(i).length + OVERHEAD_BYTES;
                    complete = sizeInBytes <= maxBytes;
                }
            }
            if (!complete) {
                keys.clear();
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Ends the collection. Idempotent. */
    @Override
    public void close() {
        owner.forget(this);
    }
}
