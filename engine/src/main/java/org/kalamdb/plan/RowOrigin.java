// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.jspecify.annotations.Nullable;

/** Where a scan finds the rows of a table. */
public enum RowOrigin {
    /** The table itself. */
    STORED(null),
    /** The table itself, with the storage key of each row as a last column; for statements that change what they read. */
    STORED_WITH_KEY("$rows"),
    /** Rows at hand while a statement runs: those it has written, or the one that a new row conflicts with. */
    WRITTEN("$written"),
    /** The new row of an INSERT that conflicts. */
    EXCLUDED("$excluded");

    private final @Nullable String root;

    RowOrigin(@Nullable String root) {
        this.root = root;
    }

    /** First part of the names by which the rows are found; no name in SQL text begins so. Null for no such part. */
    public @Nullable String root() {
        return root;
    }

    static @Nullable RowOrigin ofRoot(String root) {
        for (RowOrigin origin : values()) {
            if (root.equals(origin.root)) {
                return origin;
            }
        }
        return null;
    }
}
