// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A key as the key of a hash table. Immutable as long as nobody changes the array. */
final class LockKey implements Comparable<LockKey> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final KeySpace space;
    private final byte[] key;
    private final int hash;

    LockKey(KeySpace space, byte[] key) {
        this.space = space;
        this.key = key;
        this.hash = hash(key, space.ordinal());
    }

    KeySpace space() {
        return space;
    }

    /** Not to be changed. */
    byte[] key() {
        return key;
    }

    /**
     * All bits of a key on all bits of its hash. Keys differ mostly in their last few bytes, of which a polynomial of small
     * base, such as that of {@link Arrays#hashCode(byte[])}, makes few different numbers.
     */
    private static int hash(byte[] key, int seed) {
        long hash = seed + (long) key.length;
        int at = 0;
        for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, at));
        }
        long rest = 0;
        for (; at < key.length; at++) {
            rest = rest << Byte.SIZE | key[at] & 0xff;
        }
        hash = mix(hash ^ rest);
        return (int) (hash ^ hash >>> Integer.SIZE);
    }

    private static long mix(long bits) {
        long product = bits * MULTIPLIER;
        return (product ^ product >>> Integer.SIZE) * MULTIPLIER;
    }

    /** Lets hash tables search among keys with the same hash. */
    @Override
    public int compareTo(LockKey other) {
        int spaces = space.compareTo(other.space);
        return spaces != 0 ? spaces : Arrays.compareUnsigned(key, other.key);
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
