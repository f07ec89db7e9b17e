// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static java.util.Objects.requireNonNull;

/** Begins the transactions of one database. Safe for use by several threads. */
public final class Transactions {
    private final VersionedStore store;
    private final SchemaGuard guard;
    private final TransactionOptions options;
    private final LockTable locks;
    private final CommitClock clock = new CommitClock();

    /** All writers of {@code store}'s rows must go through this object. */
    public Transactions(VersionedStore store, SchemaGuard guard, TransactionOptions options) {
        this.store = requireNonNull(store, "store is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.options = requireNonNull(options, "options is null");
        this.locks = new LockTable(options.lockTimeout().toNanos());
    }

    /** Begins a transaction. It costs nothing until it is used. */
    public Transaction begin() {
        return new Transaction(this);
    }

    VersionedStore store() {
        return store;
    }

    SchemaGuard guard() {
        return guard;
    }

    TransactionOptions options() {
        return options;
    }

    LockTable locks() {
        return locks;
    }

    CommitClock clock() {
        return clock;
    }
}
