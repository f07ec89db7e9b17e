// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what a {@link BlockWriter} has written. Confined to one thread. */
public final class BlockReader {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int at;

    public BlockReader(byte[] bytes) {
        this.bytes = bytes;
    }

    byte readByte() {
        return bytes[at++];
    }

    int readInt() {
        at += Integer.BYTES;
        return (int) INTS.get(bytes, at - Integer.BYTES);
    }

    long readLong() {
        at += Long.BYTES;
        return (long) LONGS.get(bytes, at - Long.BYTES);
    }

    void readBytes(byte[] target, int start, int count) {
        System.arraycopy(bytes, at, target, start, count);
        at += count;
    }

    void readFloats(float[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = Float.intBitsToFloat((int) INTS.get(bytes, at + Float.BYTES * i));
        }
        at += Float.BYTES * count;
    }

    void readLongs(long[] values, int count) {
        long least = readLong();
        int width = readByte();
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = least + (bytes[at + i] & 0xFF);
                }
            }
            case Integer.BYTES -> {
                for (int i = 0; i < count; i++) {
                    values[i] = least + Integer.toUnsignedLong((int) INTS.get(bytes, at + Integer.BYTES * i));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    values[i] = least + (long) LONGS.get(bytes, at + Long.BYTES * i);
                }
            }
        }
        at += width * count;
    }

    void readInts(int[] values, int count) {
        long[] wide = new long[count];
        readLongs(wide, count);
        for (int i = 0; i < count; i++) {
            values[i] = (int) wide[i];
        }
    }
}
