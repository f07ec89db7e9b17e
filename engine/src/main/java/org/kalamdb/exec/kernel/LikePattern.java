// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A LIKE pattern over UTF-8: parts between percent signs, each a run of bytes of which some stand for any one character.
 * Immutable.
 */
public final class LikePattern {
    /** In no UTF-8 text: stands for any one character. */
    private static final byte ANY_CHARACTER = (byte) 0xFF;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private final byte[][] parts;
    private final boolean[] exact;

    private LikePattern(List<byte[]> parts) {
        this.parts = parts.toArray(byte[][]::new);
        this.exact = new boolean[this.parts.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = true;
            for (byte each : this.parts[i]) {
                exact[i] &= each != ANY_CHARACTER;
            }
        }
    }

    /**
     * @param escape the character that takes the meaning of the next one away, or -1 for none
     * @throws IllegalArgumentException if a character follows the escape that has no meaning to take away
     */
    public static LikePattern of(String pattern, int escape) {
        List<byte[]> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escape) {
                i++;
                char next = i < pattern.length() ? pattern.charAt(i) : 0;
                if (i == pattern.length() || next != '%' && next != '_' && next != escape) {
                    throw new IllegalArgumentException("Invalid escape sequence '" + pattern + "', " + (i - 1));
                }
                part.append(next);
            } else if (c == '%') {
                parts.add(bytes(part));
                part.setLength(0);
            } else {
                // No character is a surrogate without its pair; a low one alone stands for the byte of any character.
                part.append(c == '_' ? '\uDC00' : c);
            }
        }
        parts.add(bytes(part));
        return new LikePattern(parts);
    }

    private static byte[] bytes(StringBuilder part) {
        List<byte[]> pieces = new ArrayList<>();
        int length = 0;
        int from = 0;
        for (int i = 0; i <= part.length(); i++) {
            boolean any = i < part.length() && isAnyCharacter(part, i);
            if (i == part.length() || any) {
                byte[] literal = part.substring(from, i).getBytes(StandardCharsets.UTF_8);
                pieces.add(literal);
                length += literal.length;
                from = i + 1;
                if (any) {
                    pieces.add(new byte[] {ANY_CHARACTER});
                    length++;
                }
            }
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    private static boolean isAnyCharacter(StringBuilder part, int index) {
        return part.charAt(index) == '\uDC00' && (index == 0 || !Character.isHighSurrogate(part.charAt(index - 1)));
    }

    /** Whether {@code data[start .. end)} matches. */
    boolean matches(byte[] data, int start, int end) {
        int at = matchAt(0, data, start, end);
        if (at < 0) {
            return false;
        }
        int last = parts.length - 1;
        if (last == 0) {
            return at == end;
        }
        for (int i = 1; i < last; i++) {
            at = find(i, data, at, end);
            if (at < 0) {
                return false;
            }
        }
        return endsWith(last, data, at, end);
    }

    /** Where the part ends if it begins at {@code start}; -1 if it does not. */
    private int matchAt(int part, byte[] data, int start, int end) {
        byte[] wanted = parts[part];
        int at = start;
        for (byte each : wanted) {
            if (at >= end) {
                return -1;
            }
            if (each == ANY_CHARACTER) {
                at++;
                while (at < end && isContinuation(data[at])) {
                    at++;
                }
            } else if (data[at++] != each) {
                return -1;
            }
        }
        return at;
    }

    /** Where the part's first occurrence ends; -1 if there is none. */
    private int find(int part, byte[] data, int start, int end) {
        byte[] wanted = parts[part];
        if (wanted.length == 0) {
            return start;
        }
        if (exact[part]) {
            return findExact(wanted, data, start, end);
        }
        byte first = wanted[0];
        for (int at = start; at < end; at++) {
            boolean possible = first == ANY_CHARACTER ? !isContinuation(data[at]) : data[at] == first;
            if (possible) {
                int matched = matchAt(part, data, at, end);
                if (matched >= 0) {
                    return matched;
                }
            }
        }
        return -1;
    }

    /** As {@link #find}, of bytes that stand for themselves: looks at eight places at once for the first and the last of them. */
    private static int findExact(byte[] wanted, byte[] data, int start, int end) {
        int last = wanted.length - 1;
        long firstBytes = EACH_BYTE * (wanted[0] & 0xFF);
        long lastBytes = EACH_BYTE * (wanted[last] & 0xFF);
        int at = start;
        int endOfWords = Math.min(end, data.length - Long.BYTES + 1) - last;
        for (; at < endOfWords; at += Long.BYTES) {
            long different = (long) LONGS.get(data, at) ^ firstBytes | (long) LONGS.get(data, at + last) ^ lastBytes;
            // The highest bit of the first byte without a difference, and maybe of some behind it.
            long same = different - EACH_BYTE & ~different & HIGHEST_BITS;
            for (; same != 0; same &= same - 1) {
                int place = at + Long.numberOfTrailingZeros(same) / Byte.SIZE;
                if (isAt(place, wanted, data, end)) {
                    return place + wanted.length;
                }
            }
        }
        for (; at + last < end; at++) {
            if (data[at] == wanted[0] && isAt(at, wanted, data, end)) {
                return at + wanted.length;
            }
        }
        return -1;
    }

    private static boolean isAt(int place, byte[] wanted, byte[] data, int end) {
        int placeAfter = place + wanted.length;
        return placeAfter <= end && Arrays.equals(data, place, placeAfter, wanted, 0, wanted.length);
    }

    private boolean endsWith(int part, byte[] data, int start, int end) {
        int length = parts[part].length;
        if (exact[part]) {
            return end - length >= start && matchAt(part, data, end - length, end) == end;
        }
        for (int at = start; at < end; at++) {
            if (!isContinuation(data[at]) && matchAt(part, data, at, end) == end) {
                return true;
            }
        }
        return false;
    }

    private static boolean isContinuation(byte each) {
        return (each & 0xC0) == 0x80;
    }
}
