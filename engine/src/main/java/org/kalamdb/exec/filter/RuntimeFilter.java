// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import org.jspecify.annotations.Nullable;

/**
 * The promise of a key set, made when a query is opened and kept when its keys are known. Until then, and for good if they
 * cannot be known, every row passes. Safe for use by several threads.
 */
public final class RuntimeFilter {
    private volatile @Nullable KeySet keys;

    /** From now on, rows whose value is surely none of the keys are not wanted. */
    public void publish(KeySet known) {
        keys = known;
    }

    /** The keys, or null if every row passes. */
    public @Nullable KeySet keys() {
        return keys;
    }
}
