// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as SQL writes them: ASCII digits, an optional sign, point and exponent, blanks around. The JDK's own
 * parsers also take other alphabets' digits, hexadecimal floats and Java suffixes.
 */
final class NumberText {
    /** Longest number read, leading and trailing zeros included: parsing grows with the square of the length. */
    private static final int MAX_CHARACTERS = 4096;

    private NumberText() {}

    /** A finite number. */
    static BigDecimal parseDecimal(String target, String text) {
        String number = text.strip();
        if (!isNumber(number)) {
            throw ConversionErrors.invalidLiteral(target, text, "a number");
        }
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) {
            // Well formed, so only an exponent beyond BigDecimal's 32 bits can be the reason.
            throw ConversionErrors.invalidLiteral(target, text, "a number with a smaller exponent", e);
        }
    }

    /** A number, {@code NaN}, {@code Infinity} or {@code -Infinity}; infinite also if too large for a double. */
    static double parseDouble(String target, String text) {
        String number = text.strip();
        Double special = special(number);
        return special != null ? special : Double.parseDouble(requireNumber(target, text, number));
    }

    /** As {@link #parseDouble}, rounded once. */
    static float parseFloat(String target, String text) {
        String number = text.strip();
        Double special = special(number);
        return special != null ? special.floatValue() : Float.parseFloat(requireNumber(target, text, number));
    }

    /** Whether the text says infinity, rather than being a number too large. */
    static boolean isSpecial(String text) {
        return special(text.strip()) != null;
    }

    private static String requireNumber(String target, String text, String number) {
        if (!isNumber(number)) {
            throw ConversionErrors.invalidLiteral(target, text, "a number, NaN, Infinity or -Infinity");
        }
        return number;
    }

    private static @Nullable Double special(String number) {
        if (number.equalsIgnoreCase("NaN")) {
            return Double.NaN;
        }
        boolean signed = number.startsWith("-") || number.startsWith("+");
        String magnitude = signed ? number.substring(1) : number;
        if (magnitude.equalsIgnoreCase("Infinity") || magnitude.equalsIgnoreCase("inf")) {
            return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return null;
    }

    private static boolean isNumber(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_CHARACTERS) {
            return false;
        }
        int start = isSign(text.charAt(0)) ? 1 : 0;
        int point = skipDigits(text, start);
        int digits = point - start;
        int end = point;
        if (end < length && text.charAt(end) == '.') {
            end = skipDigits(text, point + 1);
            digits += end - point - 1;
        }
        return digits > 0 && (end == length || isExponent(text, end));
    }

    private static boolean isExponent(String text, int at) {
        char letter = text.charAt(at);
        if (letter != 'e' && letter != 'E') {
            return false;
        }
        int start = at + 1;
        if (start < text.length() && isSign(text.charAt(start))) {
            start++;
        }
        return start < text.length() && skipDigits(text, start) == text.length();
    }

    private static int skipDigits(String text, int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }
}
