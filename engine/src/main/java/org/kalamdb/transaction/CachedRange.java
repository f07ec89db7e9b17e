// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;

/**
 * The committed entries of a range of keys, none missing, as they have been since a commit of a known number. Immutable,
 * except for what the cache notes about it.
 */
final class CachedRange {
    /** The object, four arrays with their headers, a place in a skip list and in the queue of the cache. */
    private static final int OVERHEAD_BYTES = 320;

    private final byte[] lower;
    private final byte[] upper;
    private final long time;
    private final EntryList entries;
    /** Whether no commit has begun to change it. Ends before such a commit is applied. */
    private volatile boolean current = true;
    /** Whether it was read since the cache looked last. A hint, so that readers need not agree on it. */
    private volatile boolean used;

    /**
     * @param lower where the range begins
     * @param upper where it ends, exclusive
     * @param time the last commit that is surely part of it
     */
    CachedRange(byte[] lower, byte[] upper, long time, EntryList entries) {
        this.lower = lower;
        this.upper = upper;
        this.time = time;
        this.entries = entries;
    }

    byte[] lower() {
        return lower;
    }

    byte[] upper() {
        return upper;
    }

    long time() {
        return time;
    }

    EntryList entries() {
        return entries;
    }

    boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, lower) >= 0 && Arrays.compareUnsigned(key, upper) < 0;
    }

    boolean isCurrent() {
        return current;
    }

    void outdate() {
        current = false;
    }

    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Whether it was used since this was asked last. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    int sizeInBytes() {
        return OVERHEAD_BYTES + lower.length + upper.length + entries.sizeInBytes();
    }
}
