// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** The errors of value conversion, worded in one place. */
final class ConversionErrors {
    private static final int MAX_SHOWN_CHARACTERS = 64;

    private ConversionErrors() {}

    /** The value is of the right sort but does not fit. */
    static KalamException outOfRange(Object value, String target, String range) {
        return new KalamException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "Value " + shorten(value.toString()) + " is out of range for " + target + " (" + range + ")");
    }

    /** The text does not read as the type. */
    static KalamException invalidLiteral(String target, CharSequence text, String expected) {
        return invalidLiteral(target, text, expected, null);
    }

    static KalamException invalidLiteral(String target, CharSequence text, String expected, @Nullable Throwable cause) {
        return new KalamException(
                ErrorCode.INVALID_LITERAL,
                "Invalid " + target + " literal '" + shorten(text) + "': expected " + expected,
                cause);
    }

    /** The text does not read as a date or time, or names one that does not exist. */
    static KalamException invalidDatetime(String target, CharSequence text, String reason) {
        return new KalamException(
                ErrorCode.INVALID_DATETIME, "Invalid " + target + " '" + shorten(text) + "': " + reason);
    }

    /** No conversion leads from the value's class to the type. */
    static KalamException noConversion(Object value, KalamDataType target, String expected) {
        return new KalamException(
                ErrorCode.INVALID_CAST,
                "Cannot convert a value of class " + value.getClass().getSimpleName() + " to " + target.sqlName()
                        + ": expected " + expected);
    }

    /** No conversion leads from the type to the class. */
    static KalamException noConversion(KalamDataType source, Class<?> target) {
        return new KalamException(
                ErrorCode.INVALID_CAST,
                "Cannot convert a value of type " + source.sqlName() + " to class " + target.getSimpleName());
    }

    /** Text for a message: shortened, so that a document of megabytes does not become one. */
    static String shorten(CharSequence text) {
        if (text.length() <= MAX_SHOWN_CHARACTERS) {
            return text.toString();
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN_CHARACTERS - 1))
                ? MAX_SHOWN_CHARACTERS - 1
                : MAX_SHOWN_CHARACTERS;
        return text.subSequence(0, end) + "... (" + text.length() + " characters)";
    }
}
