// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

/**
 * How often a cache of type conversions had the answer. Immutable.
 *
 * @param hits conversions answered from the cache
 * @param misses conversions computed
 * @param size entries in the cache, approximately
 */
public record ConversionStatistics(long hits, long misses, long size) {
    /** Part of the conversions that were answered from the cache, 0 to 1; 1 if there was none. */
    public double hitRate() {
        long total = hits + misses;
        return total == 0 ? 1 : (double) hits / total;
    }

    ConversionStatistics plus(ConversionStatistics other) {
        return new ConversionStatistics(hits + other.hits, misses + other.misses, size + other.size);
    }
}
