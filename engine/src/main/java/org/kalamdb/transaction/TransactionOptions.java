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
 */
public record TransactionOptions(Duration lockTimeout, long maxPendingBytes) {
    public TransactionOptions {
        requireNonNull(lockTimeout, "lockTimeout is null");
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("lockTimeout is negative: " + lockTimeout);
        }
        if (maxPendingBytes < 1) {
            throw new IllegalArgumentException("maxPendingBytes is not positive: " + maxPendingBytes);
        }
    }

    /** Two seconds, and a third of the heap that the JVM may use. */
    public static TransactionOptions defaults() {
        return new TransactionOptions(
                Duration.ofSeconds(2), Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 3));
    }
}
