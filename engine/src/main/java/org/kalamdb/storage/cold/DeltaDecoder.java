// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parquet's differences of whole numbers (DELTA_BINARY_PACKED): blocks of a least difference and, in parts of a block, the bits
 * by which each difference is greater. Sums overflow as the writer's differences did. Confined to one thread.
 */
final class DeltaDecoder {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The widest numbers of which each lies in the eight bytes from its first one on. */
    private static final int MAX_BITS_IN_WORD = Long.SIZE - 7;

    private final byte[] in;
    private final int end;
    private int at;

    /** @param in with {@link HybridDecoder#PADDING} readable bytes behind {@code end} */
    DeltaDecoder(byte[] in, int start, int end) {
        this.in = in;
        this.at = start;
        this.end = end;
    }

    /** Decodes {@code count} numbers, which must be all there are. @param out with room for them */
    void decode(long[] out, int count) throws IOException {
        long blockSize = varint();
        long partCount = varint();
        if (varint() != count) {
            throw new IOException("a page has another number of values than its header says");
        }
        long value = zigzag();
        if (count == 0) {
            return;
        }
        if (partCount < 1 || partCount > blockSize || blockSize > Integer.MAX_VALUE || blockSize % partCount != 0) {
            throw new IOException("a page has blocks of " + blockSize + " values in " + partCount + " parts");
        }
        int partSize = (int) (blockSize / partCount);
        out[0] = value;
        for (int filled = 1; filled < count; ) {
            long least = zigzag();
            int widths = at;
            requireInside(widths + partCount);
            at += (int) partCount;
            for (int part = 0; part < partCount && filled < count; part++) {
                int to = (int) Math.min(count, (long) filled + partSize);
                int width = in[widths + part];
                add(out, filled, to, least, width);
                // The last part is there as a whole, though some writers end it with the last value.
                at = (int) Math.min(end, at + bytes(partSize, width));
                filled = to;
            }
        }
    }

    /** Makes numbers of their differences from the one before. */
    private void add(long[] out, int from, int to, long least, int width) throws IOException {
        if (width < 0 || width > Long.SIZE) {
            throw new IOException("a page has numbers of " + width + " bits");
        }
        requireInside(at + bytes(to - from, width));
        long value = out[from - 1];
        if (width == 0) {
            for (int i = from; i < to; i++) {
                value += least;
                out[i] = value;
            }
        } else if (width <= MAX_BITS_IN_WORD) {
            long mask = -1L >>> Long.SIZE - width;
            for (int i = from, bit = 0; i < to; i++, bit += width) {
                value += least + ((long) LONGS.get(in, at + (bit >> 3)) >>> (bit & 7) & mask);
                out[i] = value;
            }
        } else {
            for (int i = from, bit = 0; i < to; i++, bit += width) {
                value += least + wide(bit, width);
                out[i] = value;
            }
        }
    }

    private static long bytes(long count, int width) {
        return count * width + 7 >> 3;
    }

    /** A number that may begin in one word and end in the next. */
    private long wide(int bit, int width) {
        int first = at + (bit >> 3);
        int shift = bit & 7;
        long low = (long) LONGS.get(in, first) >>> shift;
        long high = shift == 0 ? 0 : (long) LONGS.get(in, first + Long.BYTES) << Long.SIZE - shift;
        return (low | high) & -1L >>> Long.SIZE - width;
    }

    private long zigzag() throws IOException {
        long number = varint();
        return number >>> 1 ^ -(number & 1);
    }

    private long varint() throws IOException {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            if (at >= end || shift >= Long.SIZE) {
                throw new IOException("a page ends too early");
            }
            byte b = in[at++];
            number |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return number;
            }
        }
    }

    private void requireInside(long position) throws IOException {
        if (position > end) {
            throw new IOException("a page ends too early");
        }
    }
}
