// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

/**
 * What a cache has done since it was made. Immutable.
 *
 * @param hits lookups answered from the cache
 * @param misses lookups that went to the store
 * @param evictions entries that were dropped to make room
 * @param size entries it holds
 */
public record CacheStatistics(long hits, long misses, long evictions, long size) {
    /** Hits among all lookups, 0 to 1; 0 if there were none. */
    public double hitRate() {
        long lookups = hits + misses;
        return lookups == 0 ? 0 : (double) hits / lookups;
    }
}
