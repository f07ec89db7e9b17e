// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Parquet's hybrid of run lengths and packed bits, which holds dictionary indexes and levels. Confined to one thread. */
final class HybridDecoder {
    /** Bytes behind the data that may be read, but do not matter. */
    static final int PADDING = 2 * Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Packed bits come in groups of so many numbers. */
    private static final int GROUP = 8;

    private final byte[] in;
    private final int end;
    private final int bitWidth;
    private int at;

    /**
     * @param in with {@link #PADDING} readable bytes behind {@code end}
     * @param bitWidth bits of a number, 0 to 32
     */
    HybridDecoder(byte[] in, int start, int end, int bitWidth) throws IOException {
        if (bitWidth < 0 || bitWidth > Integer.SIZE) {
            throw new IOException("a page has numbers of " + bitWidth + " bits");
        }
        this.in = in;
        this.end = end;
        this.bitWidth = bitWidth;
        this.at = start;
    }

    /** Whether the first {@code count} numbers are one run of a value. Reads nothing. */
    boolean isRunOf(int value, int count) throws IOException {
        int start = at;
        int header = header();
        boolean answer = (header & 1) == 0 && header >>> 1 >= count && runValue() == value;
        at = start;
        return answer;
    }

    /** Decodes {@code count} numbers. */
    int[] decode(int count) throws IOException {
        int[] out = new int[count];
        decode(out, count);
        return out;
    }

    /** Decodes {@code count} numbers. @param out with room for them */
    void decode(int[] out, int count) throws IOException {
        int filled = 0;
        while (filled < count) {
            int header = header();
            int run = header >>> 1;
            if ((header & 1) == 0) {
                int to = (int) Math.min(count, (long) filled + run);
                Arrays.fill(out, filled, to, runValue());
                at += runBytes();
                filled = to;
            } else {
                int to = (int) Math.min(count, filled + (long) run * GROUP);
                requireInside(at + (long) run * bitWidth);
                unpack(out, filled, to);
                at += run * bitWidth;
                filled = to;
            }
            requireInside(at);
        }
    }

    private int header() throws IOException {
        int header = 0;
        for (int shift = 0; ; shift += 7) {
            if (at >= end || shift > 28) {
                throw new IOException("a page ends too early");
            }
            byte b = in[at++];
            header |= (b & 0x7f) << shift;
            if (b >= 0) {
                return header;
            }
        }
    }

    private int runBytes() {
        return (bitWidth + 7) >> 3;
    }

    private int runValue() {
        return bitWidth == 0 ? 0 : (int) (word(at) & -1L >>> (Long.SIZE - runBytes() * Byte.SIZE));
    }

    private long word(int position) {
        return (long) LONGS.get(in, position);
    }

    private void unpack(int[] out, int from, int to) {
        int whole = from + (to - from) / GROUP * GROUP;
        if (bitWidth <= 8) {
            unpackBytes(out, from, whole);
        } else if (bitWidth <= 16) {
            unpackShorts(out, from, whole);
        } else {
            whole = from;
        }
        unpackOneByOne(out, from, whole, to);
    }

    /** Eight numbers of one word. */
    private void unpackBytes(int[] out, int from, int to) {
        int width = bitWidth;
        int mask = (1 << width) - 1;
        int position = at;
        for (int i = from; i < to; i += GROUP) {
            long word = word(position);
            out[i] = (int) word & mask;
            out[i + 1] = (int) (word >>> width) & mask;
            out[i + 2] = (int) (word >>> 2 * width) & mask;
            out[i + 3] = (int) (word >>> 3 * width) & mask;
            out[i + 4] = (int) (word >>> 4 * width) & mask;
            out[i + 5] = (int) (word >>> 5 * width) & mask;
            out[i + 6] = (int) (word >>> 6 * width) & mask;
            out[i + 7] = (int) (word >>> 7 * width) & mask;
            position += width;
        }
    }

    /** Four numbers of one word, twice; the second word begins inside of a byte if the width is odd. */
    private void unpackShorts(int[] out, int from, int to) {
        int width = bitWidth;
        int mask = (1 << width) - 1;
        int second = width >> 1;
        int shift = (width & 1) << 2;
        int position = at;
        for (int i = from; i < to; i += GROUP) {
            long low = word(position);
            long high = word(position + second) >>> shift;
            out[i] = (int) low & mask;
            out[i + 1] = (int) (low >>> width) & mask;
            out[i + 2] = (int) (low >>> 2 * width) & mask;
            out[i + 3] = (int) (low >>> 3 * width) & mask;
            out[i + 4] = (int) high & mask;
            out[i + 5] = (int) (high >>> width) & mask;
            out[i + 6] = (int) (high >>> 2 * width) & mask;
            out[i + 7] = (int) (high >>> 3 * width) & mask;
            position += width;
        }
    }

    /** Numbers of any width, or those that do not fill a group. */
    private void unpackOneByOne(int[] out, int first, int from, int to) {
        long mask = (1L << bitWidth) - 1;
        long bit = ((long) at << 3) + (long) (from - first) * bitWidth;
        for (int i = from; i < to; i++) {
            out[i] = (int) (word((int) (bit >> 3)) >>> (bit & 7) & mask);
            bit += bitWidth;
        }
    }

    private void requireInside(long position) throws IOException {
        if (position > end) {
            throw new IOException("a page ends too early");
        }
    }
}
