// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/** What the entries of a batch did, as far as the first that failed. Immutable, but for the cursor. */
public final class BatchResult {
    private final long[] counts;
    private final @Nullable ResultCursor generatedKeys;
    private final @Nullable KalamException failure;

    private BatchResult(long[] counts, @Nullable ResultCursor generatedKeys, @Nullable KalamException failure) {
        this.counts = counts;
        this.generatedKeys = generatedKeys;
        this.failure = failure;
    }

    /**
     * All entries took effect.
     *
     * @param counts of rows changed, one an entry
     * @param generatedKeys the rows asked for by {@link GeneratedKeys}, or null if none were asked for
     */
    public static BatchResult complete(long[] counts, @Nullable ResultCursor generatedKeys) {
        return new BatchResult(counts.clone(), generatedKeys, null);
    }

    /** @param counts of the entries before the one that failed, which took effect */
    public static BatchResult failed(long[] counts, KalamException failure) {
        return new BatchResult(counts.clone(), null, failure);
    }

    /** The numbers of rows changed, one for each entry that took effect, in order. A copy. */
    public long[] counts() {
        return counts.clone();
    }

    /** The rows asked for by {@link GeneratedKeys}, in the order of the entries; null if none were asked for or an entry failed. */
    public @Nullable ResultCursor generatedKeys() {
        return generatedKeys;
    }

    /** Why the entry behind the last count failed, or null if all took effect. */
    public @Nullable KalamException failure() {
        return failure;
    }
}
