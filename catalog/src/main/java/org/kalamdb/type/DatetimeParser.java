// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/**
 * Reads one date or time literal from left to right. Fractions of up to nine digits are kept; rounding is the caller's.
 * Confined to one thread.
 */
final class DatetimeParser {
    private static final int MAX_OFFSET_HOURS = 18;

    private final String target;
    private final String text;
    private final String literal;
    private int position;

    /** @param target name of the type, for messages */
    DatetimeParser(String target, String text) {
        this.target = target;
        this.text = text;
        this.literal = text.strip();
    }

    /** {@code 2024-01-31}, months and days also of one digit. */
    LocalDate date() {
        String expected = "expected a date as in 2024-01-31";
        int year = digits(4, 4, expected);
        expect('-', expected);
        int month = digits(1, 2, expected);
        expect('-', expected);
        int day = digits(1, 2, expected);
        if (year == 0) {
            throw invalid("the year must be between 0001 and 9999");
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw invalid("there is no such day in the calendar");
        }
    }

    /** {@code 12:34}, {@code 12:34:56} or {@code 12:34:56.123456789}. */
    LocalTime time() {
        String expected = "expected a time as in 12:34:56.5";
        int hour = digits(1, 2, expected);
        expect(':', expected);
        int minute = digits(2, 2, expected);
        int second = 0;
        int nanos = 0;
        if (skip(':')) {
            second = digits(2, 2, expected);
            if (skip('.')) {
                int start = position;
                int fraction = digits(1, 9, "expected one to nine digits of a second's fraction");
                nanos = fraction;
                for (int i = position - start; i < 9; i++) {
                    nanos *= 10;
                }
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw invalid("a time is from 00:00:00 to 23:59:59.999999");
        }
        return LocalTime.of(hour, minute, second, nanos);
    }

    /** A date, and after {@code T} or blanks a time; without it, midnight. */
    LocalDateTime dateTime() {
        LocalDate date = date();
        if (atEnd()) {
            return date.atStartOfDay();
        }
        boolean separated = skip('T') || skip('t') || skipBlanks();
        if (!separated) {
            throw invalid("expected a blank or T between date and time");
        }
        return date.atTime(time());
    }

    /**
     * What is left: nothing, an offset ({@code Z}, {@code +05}, {@code +0530}, {@code +05:30}), a region
     * ({@code Europe/Berlin}, also in brackets), or an offset and then a region in brackets, of which the offset counts.
     *
     * @return null if there was nothing
     */
    @Nullable
    ZoneId zone() {
        skipBlanks();
        if (atEnd()) {
            return null;
        }
        ZoneId zone = offset();
        if (zone == null || peek() == '[') {
            ZoneId region = region();
            zone = zone == null ? region : zone;
        }
        requireEnd("expected an offset or a time zone at the end, as in +05:30");
        return zone;
    }

    private @Nullable ZoneOffset offset() {
        char first = peek();
        if ((first == 'Z' || first == 'z')
                && (position + 1 == literal.length() || literal.charAt(position + 1) == '[')) {
            position++;
            return ZoneOffset.UTC;
        }
        if (first != '+' && first != '-') {
            return null;
        }
        position++;
        String expected = "expected an offset as in +05:30";
        int hours = digits(1, 2, expected);
        int minutes = 0;
        int seconds = 0;
        if (skip(':') || isDigit(peek())) {
            minutes = digits(2, 2, expected);
            if (skip(':') || isDigit(peek())) {
                seconds = digits(2, 2, expected);
            }
        }
        int total = hours * 3600 + minutes * 60 + seconds;
        if (minutes > 59 || seconds > 59 || total > MAX_OFFSET_HOURS * 3600) {
            throw invalid("an offset is from -18:00 to +18:00");
        }
        return ZoneOffset.ofTotalSeconds(first == '-' ? -total : total);
    }

    private ZoneId region() {
        boolean bracket = skip('[');
        int end = bracket ? literal.indexOf(']', position) : literal.length();
        if (end < 0) {
            throw invalid("the bracket around the time zone is not closed");
        }
        String name = literal.substring(position, end);
        position = bracket ? end + 1 : end;
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw invalid("there is no time zone " + ConversionErrors.shorten(name));
        }
    }

    void requireEnd(String expected) {
        if (!atEnd()) {
            throw invalid(expected);
        }
    }

    KalamException invalid(String reason) {
        return ConversionErrors.invalidDatetime(target, text, reason);
    }

    private int digits(int min, int max, String expected) {
        int value = 0;
        int count = 0;
        while (count < max && isDigit(peek())) {
            value = value * 10 + (peek() - '0');
            position++;
            count++;
        }
        if (count < min) {
            throw invalid(expected);
        }
        return value;
    }

    private void expect(char c, String expected) {
        if (!skip(c)) {
            throw invalid(expected);
        }
    }

    private boolean skip(char c) {
        if (peek() == c) {
            position++;
            return true;
        }
        return false;
    }

    private boolean skipBlanks() {
        int start = position;
        while (Character.isWhitespace(peek())) {
            position++;
        }
        return position > start;
    }

    private boolean atEnd() {
        return position == literal.length();
    }

    /** The next character, or NUL at the end, which no part of a literal begins with. */
    private char peek() {
        return position < literal.length() ? literal.charAt(position) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
