// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * The text forms of dates and times: {@code 2024-01-31}, {@code 12:34:56.5}, {@code 2024-01-31 12:34:56.5} and, for
 * DATETIME, the same in UTC with {@code +00}. Depends on neither default locale nor default time zone.
 */
final class DatetimeText {
    private static final int DATE_CHARACTERS = 10;
    private static final int DATETIME_CHARACTERS = 29;

    private DatetimeText() {}

    static int parseDate(String text) {
        DatetimeParser parser = new DatetimeParser("DATE", text);
        LocalDate date = parser.date();
        parser.requireEnd("expected a date alone");
        return Datetimes.toDays(date);
    }

    static long parseTime(String text) {
        DatetimeParser parser = new DatetimeParser("TIME", text);
        LocalTime time = parser.time();
        parser.requireEnd("expected a time alone");
        return Datetimes.toMicrosOfDay(time);
    }

    static long parseTimestamp(String text) {
        DatetimeParser parser = new DatetimeParser("TIMESTAMP", text);
        LocalDateTime dateTime = parser.dateTime();
        if (parser.zone() != null) {
            throw parser.invalid("TIMESTAMP has no time zone, leave the offset out or use DATETIME");
        }
        return Datetimes.toMicros("TIMESTAMP", dateTime);
    }

    static long parseDatetime(String text) {
        DatetimeParser parser = new DatetimeParser("DATETIME", text);
        LocalDateTime dateTime = parser.dateTime();
        ZoneId zone = parser.zone();
        if (zone == null) {
            return Datetimes.toMicros("DATETIME", dateTime);
        }
        ZoneRules rules = zone.getRules();
        if (rules.getValidOffsets(dateTime).isEmpty()) {
            throw parser.invalid("the time zone's clocks skip this time");
        }
        return Datetimes.toMicros(
                "DATETIME",
                dateTime.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }

    static String formatDate(int days) {
        StringBuilder out = new StringBuilder(DATE_CHARACTERS);
        appendDate(out, Datetimes.toLocalDate(days));
        return out.toString();
    }

    static String formatTime(long microsOfDay) {
        StringBuilder out = new StringBuilder(DATETIME_CHARACTERS);
        appendTime(out, microsOfDay);
        return out.toString();
    }

    static String formatTimestamp(long micros) {
        StringBuilder out = new StringBuilder(DATETIME_CHARACTERS);
        appendTimestamp(out, micros);
        return out.toString();
    }

    static String formatDatetime(long micros) {
        StringBuilder out = new StringBuilder(DATETIME_CHARACTERS);
        appendTimestamp(out, micros);
        return out.append("+00").toString();
    }

    private static void appendTimestamp(StringBuilder out, long micros) {
        appendDate(out, LocalDate.ofEpochDay(Math.floorDiv(micros, Datetimes.MICROS_PER_DAY)));
        out.append(' ');
        appendTime(out, Math.floorMod(micros, Datetimes.MICROS_PER_DAY));
    }

    private static void appendDate(StringBuilder out, LocalDate date) {
        appendPadded(out, date.getYear(), 1000);
        out.append('-');
        appendPadded(out, date.getMonthValue(), 10);
        out.append('-');
        appendPadded(out, date.getDayOfMonth(), 10);
    }

    private static void appendTime(StringBuilder out, long microsOfDay) {
        int seconds = (int) (microsOfDay / Datetimes.MICROS_PER_SECOND);
        int micros = (int) (microsOfDay % Datetimes.MICROS_PER_SECOND);
        appendPadded(out, seconds / 3600, 10);
        out.append(':');
        appendPadded(out, seconds / 60 % 60, 10);
        out.append(':');
        appendPadded(out, seconds % 60, 10);
        if (micros != 0) {
            out.append('.');
            appendPadded(out, micros, 100_000);
            int end = out.length();
            while (out.charAt(end - 1) == '0') {
                end--;
            }
            out.setLength(end);
        }
    }

    /** Writes leading zeros up to the place of {@code highest}, a power of ten. */
    private static void appendPadded(StringBuilder out, int value, int highest) {
        for (int place = highest; place > 1 && value < place; place /= 10) {
            out.append('0');
        }
        out.append(value);
    }
}
