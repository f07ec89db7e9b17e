// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Parquet's hybrid of run lengths and packed bits, which holds dictionary indexes and levels. */
final class HybridDecoder {
    /** Bytes behind the data that may be read, but do not matter. */
    static final int PADDING = Long.BYTES;

    private HybridDecoder() {}

    /**
     * Decodes {@code count} numbers.
     *
     * @param in little-endian, with {@link #PADDING} readable bytes behind {@code end}
     * @param bitWidth bits of a number, 0 to 32
     */
    static int[] decode(ByteBuffer in, int start, int end, int bitWidth, int count) throws IOException {
        if (bitWidth < 0 || bitWidth > Integer.SIZE) {
            throw new IOException("a page has numbers of " + bitWidth + " bits");
        }
        int[] out = new int[count];
        int filled = 0;
        int at = start;
        int valueBytes = (bitWidth + 7) >> 3;
        while (filled < count) {
            int header = 0;
            for (int shift = 0; ; shift += 7) {
                if (at >= end || shift > 28) {
                    throw new IOException("a page ends too early");
                }
                byte b = in.get(at++);
                header |= (b & 0x7f) << shift;
                if (b >= 0) {
                    break;
                }
            }
            int run = header >>> 1;
            if ((header & 1) == 0) {
                int value = (int) (in.getLong(at) & mask(bitWidth, valueBytes));
                at += valueBytes;
                int to = (int) Math.min(count, (long) filled + run);
                Arrays.fill(out, filled, to, value);
                filled = to;
            } else {
                int to = (int) Math.min(count, filled + run * 8L);
                requireInside((long) at + (long) run * bitWidth, end);
                unpack(in, at, bitWidth, out, filled, to);
                at += run * bitWidth;
                filled = to;
            }
            requireInside(at, end);
        }
        return out;
    }

    private static long mask(int bitWidth, int valueBytes) {
        return bitWidth == 0 ? 0 : -1L >>> (Long.SIZE - valueBytes * Byte.SIZE);
    }

    private static void unpack(ByteBuffer in, int start, int bitWidth, int[] out, int from, int to) {
        long mask = (1L << bitWidth) - 1;
        long bit = (long) start << 3;
        for (int i = from; i < to; i++) {
            out[i] = (int) (in.getLong((int) (bit >> 3)) >>> (bit & 7) & mask);
            bit += bitWidth;
        }
    }

    private static void requireInside(long position, int end) throws IOException {
        if (position > end) {
            throw new IOException("a page ends too early");
        }
    }
}
