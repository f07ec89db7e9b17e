// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds bytes that have occurred before, for the compressions of the LZ77 family: greedily, by a hash of four bytes.
 * Confined to one thread.
 */
final class Matches {
    static final int MIN_LENGTH = 4;

    private static final int HASH_BITS = 13;
    private static final int MAX_DISTANCE = 65_535;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private final int limit;
    /** Where four bytes of a hash were last seen, or -1. */
    private final int[] last = new int[1 << HASH_BITS];

    /** @param limit matches begin and end before it */
    Matches(byte[] data, int limit) {
        this.data = data;
        this.limit = limit;
        Arrays.fill(last, -1);
    }

    /** Where the four bytes at a position were before, at most {@value #MAX_DISTANCE} bytes ago, or -1. */
    int find(int position) {
        int bytes = (int) INTS.get(data, position);
        int slot = bytes * 0x9E3779B1 >>> Integer.SIZE - HASH_BITS;
        int earlier = last[slot];
        last[slot] = position;
        return earlier >= 0 && position - earlier <= MAX_DISTANCE && (int) INTS.get(data, earlier) == bytes
                ? earlier
                : -1;
    }

    /** How many bytes from two positions on are the same. */
    int length(int earlier, int position) {
        int mismatch = Arrays.mismatch(data, earlier, limit - (position - earlier), data, position, limit);
        return mismatch < 0 ? limit - position : mismatch;
    }

    /** Copies bytes that may overlap those they become. */
    static void copy(byte[] target, int from, int to, int length) {
        if (to - from >= length) {
            System.arraycopy(target, from, target, to, length);
        } else {
            for (int i = 0; i < length; i++) {
                target[to + i] = target[from + i];
            }
        }
    }
}
