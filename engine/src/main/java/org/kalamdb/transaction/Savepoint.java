// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Map;

/** A mark in a transaction to return to. Confined to its transaction's thread. */
public final class Savepoint {
    private final int undoSize;
    private final Map<Long, TableChange> changes;

    Savepoint(int undoSize, Map<Long, TableChange> changes) {
        this.undoSize = undoSize;
        this.changes = Map.copyOf(changes);
    }

    int undoSize() {
        return undoSize;
    }

    Map<Long, TableChange> changes() {
        return changes;
    }
}
