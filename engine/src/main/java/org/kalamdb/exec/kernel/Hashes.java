// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of 64 bits whose every bit depends on every bit of what is hashed. */
final class Hashes {
    /** Stands for NULL. */
    static final long NULL = 0x5851F42D4C957F2DL;

    private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SECOND_FACTOR = 0xD6E8FEB86659FD93L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Hashes() {}

    static long mix(long hash, long value) {
        long a = (hash ^ value ^ SECOND_FACTOR) * FIRST_FACTOR;
        a = (a ^ (a >>> 32)) * SECOND_FACTOR;
        return a ^ (a >>> 29);
    }

    /** The hash of {@code data[start .. end)}. */
    static long ofBytes(byte[] data, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash, (long) LONGS.get(data, at));
        }
        return at < end ? mix(hash, tail(data, at, end)) : hash;
    }

    private static long tail(byte[] data, int start, int end) {
        long rest = 0;
        for (int i = start; i < end; i++) {
            rest = rest << 8 | data[i] & 0xFF;
        }
        return rest;
    }
}
