// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import org.jspecify.annotations.Nullable;

/** What a pending write took the place of, so that it can be undone. Immutable. */
final class Overwrite {
    private final KeySpace space;
    private final byte[] key;
    private final byte @Nullable [] previous;

    /** @param previous the earlier pending value or deletion mark, or null if the key was not written before */
    Overwrite(KeySpace space, byte[] key, byte @Nullable [] previous) {
        this.space = space;
        this.key = key;
        this.previous = previous;
    }

    void undo(PendingWrites writes) {
        writes.restore(space, key, previous);
    }
}
