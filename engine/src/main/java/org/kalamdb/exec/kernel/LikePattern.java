// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A LIKE pattern over UTF-8: parts between percent signs, each a run of bytes of which some stand for any one character.
 * Immutable.
 */
public final class LikePattern {
    /** In no UTF-8 text: stands for any one character. */
    private static final byte ANY_CHARACTER = (byte) 0xFF;

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
