// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;

/** A key as the key of a hash table. Immutable as long as nobody changes the array. */
final class LockKey {
    private final KeySpace space;
    private final byte[] key;
    private final int hash;

    LockKey(KeySpace space, byte[] key) {
        this.space = space;
        this.key = key;
        this.hash = mix(31 * Arrays.hashCode(key) + space.ordinal());
    }

    KeySpace space() {
        return space;
    }

    /** Not to be changed. */
    byte[] key() {
        return key;
    }

    /** Spreads the entropy of all bits over all bits (the finalizer of MurmurHash3), for neighbouring keys are usual. */
    private static int mix(int hash) {
        int h = hash;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LockKey that
                && hash == that.hash
                && space == that.space
                && Arrays.equals(key, that.key);
    }
}
