// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Locale;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** PostgreSQL's functions of dates and times. A date or time comes as a timestamp. Called by generated code. */
public final class DatetimeFunctions {
    private DatetimeFunctions() {}

    /** The start of the year, month, day and so on; weeks start on Monday. */
    public static long dateTrunc(String unit, long timestamp) {
        return Datetimes.floor(DatetimeField.parse(unit), timestamp);
    }

    /** A field with its fraction; unlike in EXTRACT, days of the week count from 0 for Sunday, as in PostgreSQL. */
    public static double datePart(String field, long timestamp) {
        DatetimeField parsed = DatetimeField.parse(field);
        return switch (parsed) {
            case SECOND -> Datetimes.extract(DatetimeField.MICROSECOND, timestamp) / 1e6;
            case MILLISECOND -> Datetimes.extract(DatetimeField.MICROSECOND, timestamp) / 1e3;
            case EPOCH -> timestamp / 1e6;
            case DOW -> Datetimes.extract(parsed, timestamp) - 1;
            case MILLENNIUM,
                    CENTURY,
                    DECADE,
                    YEAR,
                    ISOYEAR,
                    QUARTER,
                    MONTH,
                    WEEK,
                    DAY,
                    DOY,
                    ISODOW,
                    HOUR,
                    MINUTE,
                    MICROSECOND,
                    NANOSECOND -> Datetimes.extract(parsed, timestamp);
        };
    }

    /** Text by a pattern such as {@code YYYY-MM-DD HH24:MI:SS}. */
    public static String toChar(long timestamp, String pattern) {
        return DatetimePattern.of(pattern).format(timestamp);
    }

    public static int toDate(String text, String pattern) {
        return Datetimes.dateOf(DatetimePattern.of(pattern).parse(text));
    }

    public static long toTimestamp(String text, String pattern) {
        return DatetimePattern.of(pattern).parse(text);
    }

    /** @param seconds since 1970-01-01T00:00 */
    public static long secondsToTimestamp(BigDecimal seconds) {
        return Datetimes.timestampPlusMicros(0, Numbers.multiplyInterval(Datetimes.MICROS_PER_SECOND, seconds));
    }

    /** The English name of the day of the week. */
    public static String dayName(long timestamp) {
        return LocalDate.ofEpochDay(Datetimes.dateOf(timestamp))
                .getDayOfWeek()
                .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** The English name of the month. */
    public static String monthName(long timestamp) {
        return LocalDate.ofEpochDay(Datetimes.dateOf(timestamp))
                .getMonth()
                .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** @param second with its fraction, rounded to microseconds */
    public static long makeTimestamp(int year, int month, int day, int hour, int minute, BigDecimal second) {
        try {
            long time = LocalTime.of(hour, minute).toSecondOfDay() * Datetimes.MICROS_PER_SECOND;
            long micros = Numbers.multiplyInterval(Datetimes.MICROS_PER_SECOND, second);
            if (micros < 0 || micros >= Datetimes.MICROS_PER_MINUTE) {
                throw new DateTimeException("second " + second + " is not between 0 and 59");
            }
            return Datetimes.timestampOf(makeDate(year, month, day)) + time + micros;
        } catch (DateTimeException e) {
            throw new KalamException(ErrorCode.INVALID_DATETIME, "Invalid time: " + e.getMessage(), e);
        }
    }

    /** @param month 1 to 12 @param day 1 to the length of the month */
    public static int makeDate(int year, int month, int day) {
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw new KalamException(ErrorCode.INVALID_DATETIME, "Invalid date: " + e.getMessage(), e);
        }
    }

    /** Days from {@code from} to {@code to}. */
    public static int daysBetween(int to, int from) {
        return to - from;
    }

    /** The date so many days later. */
    public static int plusDays(int date, long days) {
        return Datetimes.addToDate(DatetimeField.DAY, BigDecimal.valueOf(days), date);
    }

    /** The date so many days earlier. */
    public static int minusDays(int date, long days) {
        return Datetimes.addToDate(DatetimeField.DAY, BigDecimal.valueOf(days).negate(), date);
    }
}
