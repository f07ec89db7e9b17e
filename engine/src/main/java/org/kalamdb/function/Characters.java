// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Functions that count the characters of TEXT: Unicode code points, as SQL does, of which Java may need two {@code char}s for
 * one. Places begin with 1. Called by lowered plans. What is said nowhere is as in PostgreSQL.
 */
public final class Characters {
    private static final int MAX_LENGTH = 1 << 28;

    private Characters() {}

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text from a place on; a place before the first character is that of characters that are not there. */
    public static String substringFrom(String text, long from) {
        return from <= 1 ? text : text.substring(charIndex(text, from - 1));
    }

    /** {@code count} characters from a place on, of those that are there. */
    public static String substring(String text, long from, long count) {
        long end = endOfSubstring(from, count);
        if (end <= 1) {
            return "";
        }
        int start = charIndex(text, Math.max(from, 1) - 1);
        return text.substring(start, charIndex(text, start, end - Math.max(from, 1)));
    }

    /** The place behind {@code count} characters from a place on, whether or not there are so many. */
    public static long endOfSubstring(long from, long count) {
        if (count < 0) {
            throw new KalamException(
                    ErrorCode.INVALID_SUBSTRING, "Invalid length of SUBSTRING: use one from 0 on, got: " + count);
        }
        // From + count cannot overflow to something below from: a negative from is safe, and a great one is past the
        // end.
        return from > 0 && count > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + count;
    }

    /** The first characters; all but the last {@code -count} if the count is negative. */
    public static String left(String text, long count) {
        return text.substring(0, count >= 0 ? charIndex(text, count) : charIndexFromEnd(text, count));
    }

    /** The last characters; all but the first {@code -count} if the count is negative. */
    public static String right(String text, long count) {
        return text.substring(count >= 0 ? charIndexFromEnd(text, -count) : charIndex(text, negated(count)));
    }

    /** The text with as much of {@code fill} before it as makes it {@code length} characters; cut if it has more. */
    public static String padLeft(String text, long length, String fill) {
        return pad(text, length, fill, true);
    }

    /** The text with as much of {@code fill} behind it as makes it {@code length} characters; cut if it has more. */
    public static String padRight(String text, long length, String fill) {
        return pad(text, length, fill, false);
    }

    private static String pad(String text, long length, String fill, boolean before) {
        if (length > MAX_LENGTH) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot pad a text to " + length + " characters: " + MAX_LENGTH + " is the most");
        }
        long missing = length - length(text);
        if (missing <= 0) {
            return left(text, Math.max(length, 0));
        }
        if (fill.isEmpty()) {
            return text;
        }
        int fillLength = length(fill);
        String filling = fill.repeat((int) (missing / fillLength)) + left(fill, missing % fillLength);
        return before ? filling + text : text + filling;
    }

    /** The text so many times; empty for less than once. */
    public static String repeat(String text, long times) {
        // Both are checked: their product may overflow.
        if (times > MAX_LENGTH || text.length() * times > MAX_LENGTH) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot repeat a text of " + text.length() + " characters " + times + " times: " + MAX_LENGTH
                            + " characters are the most");
        }
        return text.repeat((int) Math.max(times, 0));
    }

    /** Where {@code part} is first found, 0 if nowhere. */
    public static int position(String part, String text) {
        return positionFrom(part, text, 1);
    }

    /** Where {@code part} is first found at or after a place, 0 if nowhere, or if the place is not in the text. */
    public static int positionFrom(String part, String text, long from) {
        if (from < 1 || from > text.length() + 1L) {
            return 0;
        }
        int found = text.indexOf(part, charIndex(text, from - 1));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    /** The text with as many characters from a place on as {@code replacement} has replaced by it. */
    public static String overlay(String text, String replacement, long from) {
        return overlayCount(text, replacement, from, length(replacement));
    }

    /** The text with {@code count} characters from a place on replaced. */
    public static String overlayCount(String text, String replacement, long from, long count) {
        if (from < 1) {
            throw new KalamException(
                    ErrorCode.INVALID_SUBSTRING, "Invalid place of OVERLAY: use one from 1 on, got: " + from);
        }
        return substring(text, 1, from - 1) + replacement + substringFrom(text, saturatedSum(from, count));
    }

    /**
     * The text with each character of {@code characters} replaced by the one at the same place of {@code replacements}, and
     * removed if there is none.
     */
    public static String translate(String text, String characters, String replacements) {
        int[] from = characters.codePoints().toArray();
        int[] to = replacements.codePoints().toArray();
        StringBuilder translated = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int at = 0;
            while (at < from.length && from[at] != character) {
                at++;
            }
            if (at == from.length) {
                translated.appendCodePoint(character);
            } else if (at < to.length) {
                translated.appendCodePoint(to[at]);
            }
        });
        return translated.toString();
    }

    /** Where the {@code count}-th character behind the first begins, or the end of the text. */
    private static int charIndex(String text, long count) {
        return charIndex(text, 0, count);
    }

    private static int charIndex(String text, int start, long count) {
        int index = start;
        for (long i = 0; i < count && index < text.length(); i++) {
            index += Character.charCount(text.codePointAt(index));
        }
        return index;
    }

    /** @param count of characters from the end on, negated */
    private static int charIndexFromEnd(String text, long count) {
        int index = text.length();
        for (long i = count; i < 0 && index > 0; i++) {
            index -= Character.charCount(text.codePointBefore(index));
        }
        return index;
    }

    private static long negated(long count) {
        return count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
    }

    private static long saturatedSum(long from, long count) {
        return count > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + count;
    }
}
