// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a transaction runs. Immutable.
 *
 * @param isolation what it sees of others
 * @param readOnly whether it refuses to change anything
 * @param lockTimeout how long it waits for a row that another transaction has locked, at least 0
 * @param durability what its commit survives; a database in memory ignores it
 */
public record TransactionSettings(
        IsolationLevel isolation, boolean readOnly, Duration lockTimeout, Durability durability) {
    /** READ COMMITTED, writing, two seconds, NORMAL. */
    public static final TransactionSettings DEFAULT =
            new TransactionSettings(IsolationLevel.READ_COMMITTED, false, Duration.ofSeconds(2), Durability.NORMAL);

    public TransactionSettings {
        requireNonNull(isolation, "isolation is null");
        requireNonNull(lockTimeout, "lockTimeout is null");
        requireNonNull(durability, "durability is null");
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("lockTimeout is negative: " + lockTimeout);
        }
    }

    /** These settings at another isolation level. */
    public TransactionSettings withIsolation(IsolationLevel other) {
        return new TransactionSettings(other, readOnly, lockTimeout, durability);
    }

    /** These settings, read-only or not. */
    public TransactionSettings withReadOnly(boolean other) {
        return new TransactionSettings(isolation, other, lockTimeout, durability);
    }

    /** These settings with another lock timeout. */
    public TransactionSettings withLockTimeout(Duration other) {
        return new TransactionSettings(isolation, readOnly, other, durability);
    }

    /** These settings with another durability. */
    public TransactionSettings withDurability(Durability other) {
        return new TransactionSettings(isolation, readOnly, lockTimeout, other);
    }
}
