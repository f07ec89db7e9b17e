// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes under construction, little-endian. Confined to one thread. */
public final class BlockWriter {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[1024];
    private int size;

    /** Begins anew. */
    public void clear() {
        size = 0;
    }

    /** What was written is in the first {@link #size()} bytes. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    private int reserve(int count) {
        int at = size;
        long needed = (long) at + count;
        if (needed > bytes.length) {
            // More than fits one array is refused by copyOf, as any array that is too large is.
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_ARRAY_LENGTH, Math.max(needed, 2L * bytes.length)));
        }
        size += count;
        return at;
    }

    void writeByte(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    void writeInt(int value) {
        int at = reserve(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    void writeLong(long value) {
        int at = reserve(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    void writeBytes(byte[] source, int start, int count) {
        int at = reserve(count);
        System.arraycopy(source, start, bytes, at, count);
    }

    void writeFloats(float[] source, int start, int count) {
        int at = reserve(Math.multiplyExact(Float.BYTES, count));
        for (int i = 0; i < count; i++) {
            INTS.set(bytes, at + Float.BYTES * i, Float.floatToRawIntBits(source[start + i]));
        }
    }

    /** Numbers as differences from the least one, in as many bytes each as the greatest difference needs. */
    void writeLongs(long[] values, int[] rows, int count) {
        long least = count == 0 ? 0 : values[rows[0]];
        long greatest = least;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[rows[i]]);
            greatest = Math.max(greatest, values[rows[i]]);
        }
        int width = width(greatest - least);
        writeLong(least);
        writeByte(width);
        int at = reserve(Math.multiplyExact(width, count));
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    bytes[at + i] = (byte) (values[rows[i]] - least);
                }
            }
            case Integer.BYTES -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(bytes, at + Integer.BYTES * i, (int) (values[rows[i]] - least));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    LONGS.set(bytes, at + Long.BYTES * i, values[rows[i]] - least);
                }
            }
        }
    }

    /** @param range as a number without sign */
    private static int width(long range) {
        return range >>> Byte.SIZE == 0 ? 1 : range >>> Integer.SIZE == 0 ? Integer.BYTES : Long.BYTES;
    }

    /** Numbers that fit 32 bits, as the others. */
    void writeInts(int[] values, int count) {
        long[] wide = new long[count];
        for (int i = 0; i < count; i++) {
            wide[i] = values[i];
        }
        writeLongs(wide, Rows.all(count), count);
    }
}
