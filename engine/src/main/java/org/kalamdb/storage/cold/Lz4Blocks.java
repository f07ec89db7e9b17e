// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.util.Arrays;

/** LZ4's block format, without frames: what Parquet calls LZ4_RAW. */
final class Lz4Blocks {
    /** The last bytes of a block are literals, and no match begins so close to its end. */
    private static final int LAST_LITERALS = 5;

    private static final int MATCH_FREE_END = 12;
    /** A length from which on more bytes of it follow. */
    private static final int LONG = 15;
    /** A search that finds nothing takes longer and longer steps. */
    private static final int SKIP_SHIFT = 6;

    private Lz4Blocks() {}

    static byte[] compress(byte[] plain) {
        byte[] target = new byte[plain.length + plain.length / 255 + 16];
        Matches matches = new Matches(plain, plain.length - LAST_LITERALS);
        int to = 0;
        int literalStart = 0;
        int at = 0;
        while (at < plain.length - MATCH_FREE_END) {
            int earlier = matches.find(at);
            if (earlier < 0) {
                at += 1 + (at - literalStart >> SKIP_SHIFT);
                continue;
            }
            int length = matches.length(earlier, at);
            int extra = length - Matches.MIN_LENGTH;
            to = literals(plain, literalStart, at, Math.min(extra, LONG), target, to);
            target[to++] = (byte) (at - earlier);
            target[to++] = (byte) (at - earlier >>> Byte.SIZE);
            to = moreLength(target, to, extra);
            at += length;
            literalStart = at;
        }
        to = literals(plain, literalStart, plain.length, 0, target, to);
        return Arrays.copyOf(target, to);
    }

    private static int literals(byte[] plain, int from, int end, int matchLength, byte[] target, int at) {
        int length = end - from;
        int to = at;
        target[to++] = (byte) (Math.min(length, LONG) << 4 | matchLength);
        to = moreLength(target, to, length);
        System.arraycopy(plain, from, target, to, length);
        return to + length;
    }

    private static int moreLength(byte[] target, int at, int length) {
        int to = at;
        if (length >= LONG) {
            int rest = length - LONG;
            for (; rest >= 255; rest -= 255) {
                target[to++] = (byte) 255;
            }
            target[to++] = (byte) rest;
        }
        return to;
    }

    /** @return how many bytes came out */
    static int decompress(byte[] source, int offset, int length, byte[] plain, int plainLength) throws IOException {
        Input in = new Input(source, offset, offset + length);
        int to = 0;
        while (true) {
            int token = in.next();
            int literals = in.length(token >>> 4);
            require(literals <= in.end - in.at && literals <= plainLength - to);
            System.arraycopy(source, in.at, plain, to, literals);
            in.at += literals;
            to += literals;
            if (in.at == in.end) {
                return to;
            }
            int distance = in.next() | in.next() << Byte.SIZE;
            int count = in.length(token & LONG) + Matches.MIN_LENGTH;
            require(distance > 0 && distance <= to && count > 0 && count <= plainLength - to);
            Matches.copy(plain, to - distance, to, count);
            to += count;
        }
    }

    private static void require(boolean valid) throws IOException {
        if (!valid) {
            throw new IOException("a page cannot be decompressed: it is no LZ4 block");
        }
    }

    /** The bytes of a block, read one after the other. */
    private static final class Input {
        private final byte[] source;
        private final int end;
        private int at;

        Input(byte[] source, int at, int end) {
            this.source = source;
            this.at = at;
            this.end = end;
        }

        int next() throws IOException {
            require(at < end);
            return source[at++] & 0xff;
        }

        int length(int short4) throws IOException {
            int length = short4;
            if (short4 == LONG) {
                int more;
                do {
                    more = next();
                    length += more;
                    require(length >= 0);
                } while (more == 255);
            }
            return length;
        }
    }
}
