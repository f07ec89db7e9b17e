// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/**
 * A set of keys that answers quickly whether a value may be one of them. It holds NULL if one of the keys is NULL. Immutable.
 */
public sealed interface KeySet permits KeyBitmap, KeyBloomFilter, NumbersBeyond {
    /** The values of the first {@code size} rows of a lane, of which some may be the same. */
    static KeySet of(Lane keys, int size) {
        KeySet dense = keys instanceof LongLane numbers ? KeyBitmap.of(numbers, size) : null;
        return dense == null ? KeyBloomFilter.of(keys, size) : dense;
    }

    /** How many bytes of the heap that set would hold. */
    static long heapBytes(Lane keys, int size) {
        long dense = keys instanceof LongLane numbers ? KeyBitmap.heapBytes(numbers, size) : -1;
        return dense < 0 ? KeyBloomFilter.heapBytes(size) : dense;
    }

    /** Whether there is no key at all, so that no row passes. */
    boolean isEmpty();

    /**
     * Whether some value from {@code least} to {@code greatest} may be a key; NULL does not count.
     *
     * @throws IllegalStateException if the keys are no whole numbers
     */
    boolean mayHoldBetween(long least, long greatest);

    /** Whether NULL is a key. */
    boolean hasNull();

    /**
     * Which rows may have a key.
     *
     * @param lane of the type of the keys
     * @param selected where to write them; may be {@code rows}
     * @param hashes room for as many
     * @return how many they are
     */
    int select(Lane lane, int[] rows, int count, int[] selected, long[] hashes);
}
