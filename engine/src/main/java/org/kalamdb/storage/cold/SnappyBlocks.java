// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.util.Arrays;

/** Snappy's block format, without frames: what Parquet calls SNAPPY. */
final class SnappyBlocks {
    private static final int LITERAL = 0;
    private static final int COPY_1_BYTE_OFFSET = 1;
    private static final int COPY_2_BYTE_OFFSET = 2;
    private static final int MAX_COPY = 64;
    /** Literals up to this length have it in their tag. */
    private static final int MAX_SHORT_LITERAL = 60;
    /** A search that finds nothing takes longer and longer steps. */
    private static final int SKIP_SHIFT = 5;

    private SnappyBlocks() {}

    static byte[] compress(byte[] plain) {
        byte[] target = new byte[plain.length + plain.length / 6 + 32];
        int to = varint(target, 0, plain.length);
        Matches matches = new Matches(plain, plain.length);
        int literalStart = 0;
        int at = 0;
        while (at + Matches.MIN_LENGTH <= plain.length) {
            int earlier = matches.find(at);
            if (earlier < 0) {
                at += 1 + (at - literalStart >> SKIP_SHIFT);
                continue;
            }
            int length = matches.length(earlier, at);
            to = literal(plain, literalStart, at, target, to);
            to = copies(target, to, at - earlier, length);
            at += length;
            literalStart = at;
        }
        to = literal(plain, literalStart, plain.length, target, to);
        return Arrays.copyOf(target, to);
    }

    private static int varint(byte[] target, int at, int value) {
        int to = at;
        int rest = value;
        while (rest >= 0x80) {
            target[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[to++] = (byte) rest;
        return to;
    }

    private static int literal(byte[] plain, int from, int end, byte[] target, int at) {
        int length = end - from;
        if (length == 0) {
            return at;
        }
        int to = at;
        int rest = length - 1;
        if (length <= MAX_SHORT_LITERAL) {
            target[to++] = (byte) (rest << 2 | LITERAL);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(rest) + 7) / Byte.SIZE;
            target[to++] = (byte) (MAX_SHORT_LITERAL + bytes - 1 << 2 | LITERAL);
            for (int i = 0; i < bytes; i++) {
                target[to++] = (byte) (rest >>> i * Byte.SIZE);
            }
        }
        System.arraycopy(plain, from, target, to, length);
        return to + length;
    }

    private static int copies(byte[] target, int at, int offset, int length) {
        int to = at;
        for (int rest = length; rest > 0; rest -= MAX_COPY) {
            target[to++] = (byte) (Math.min(MAX_COPY, rest) - 1 << 2 | COPY_2_BYTE_OFFSET);
            target[to++] = (byte) offset;
            target[to++] = (byte) (offset >>> Byte.SIZE);
        }
        return to;
    }

    /** @return how many bytes came out */
    static int decompress(byte[] source, int offset, int length, byte[] plain, int plainLength) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end && source[at] < 0) {
            at++;
        }
        at++;
        int to = 0;
        while (at < end) {
            int tag = source[at++] & 0xff;
            if ((tag & 3) == LITERAL) {
                int count = tag >>> 2;
                if (count >= MAX_SHORT_LITERAL) {
                    int bytes = count - MAX_SHORT_LITERAL + 1;
                    count = number(source, at, end, bytes);
                    at += bytes;
                }
                count++;
                require(count > 0 && count <= end - at && count <= plainLength - to);
                System.arraycopy(source, at, plain, to, count);
                at += count;
                to += count;
            } else {
                boolean near = (tag & 3) == COPY_1_BYTE_OFFSET;
                int bytes = near ? 1 : (tag & 3) == COPY_2_BYTE_OFFSET ? 2 : Integer.BYTES;
                int distance = number(source, at, end, bytes) | (near ? (tag & 0xe0) << 3 : 0);
                int count = near ? (tag >>> 2 & 7) + Matches.MIN_LENGTH : (tag >>> 2) + 1;
                at += bytes;
                require(distance > 0 && distance <= to && count <= plainLength - to);
                Matches.copy(plain, to - distance, to, count);
                to += count;
            }
        }
        return to;
    }

    private static int number(byte[] source, int at, int end, int bytes) throws IOException {
        require(bytes <= end - at);
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (source[at + i] & 0xff) << i * Byte.SIZE;
        }
        return number;
    }

    private static void require(boolean valid) throws IOException {
        if (!valid) {
            throw new IOException("a page cannot be decompressed: it is no Snappy block");
        }
    }
}
