// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Limits of transactions. Immutable.
 *
 * @param lockTimeout how long a transaction of the engine's own waits for a lock, at least 0
 * @param maxPendingBytes heap that the uncommitted writes of one transaction may take, at least 1
 * @param maxCachedRowBytes heap that the rows kept for the next reader may take, at least 0
 */
public record TransactionOptions(Duration lockTimeout, long maxPendingBytes, long maxCachedRowBytes) {
    public TransactionOptions {
        requireNonNull(lockTimeout, "lockTimeout is null");
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("lockTimeout is negative: " + lockTimeout);
        }
        if (maxPendingBytes < 1) {
            throw new IllegalArgumentException("maxPendingBytes is not positive: " + maxPendingBytes);
        }
        if (maxCachedRowBytes < 0) {
            throw new IllegalArgumentException("maxCachedRowBytes is negative: " + maxCachedRowBytes);
        }
    }

    /** Two seconds; of the heap that the JVM may use, a third for writes and a sixteenth for rows. */
    public static TransactionOptions defaults() {
        long heapBytes = Runtime.getRuntime().maxMemory();
        return new TransactionOptions(Duration.ofSeconds(2), Math.max(16L << 20, heapBytes / 3), heapBytes / 16);
    }
}
