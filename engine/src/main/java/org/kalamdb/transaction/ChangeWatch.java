// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/** Tells which keys transactions have committed since it was made. Safe for use by several threads. */
public final class ChangeWatch {
    private final CommitHistory history;
    private final long since;

    ChangeWatch(CommitHistory history) {
        this.history = history;
        this.since = history.now();
    }

    /** Whether no transaction at all has committed; certain while none can. */
    public boolean isQuiet() {
        return history.now() == since;
    }

    /** Whether a key may have been written; false is certain while no transaction can commit. */
    public boolean mayHaveChanged(KeySpace space, byte[] key) {
        return history.mayHaveChangedSince(since, new LockKey(space, key));
    }
}
