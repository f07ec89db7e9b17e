// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Exact arithmetic of dates, times, timestamps and intervals in the proleptic Gregorian calendar. Called by generated
 * code.
 *
 * <p>A date is an int of days since 1970-01-01; a time is a long of microseconds since midnight; a timestamp (TIMESTAMP,
 * and DATETIME in UTC) is a long of microseconds since 1970-01-01T00:00. A day-time interval is a long of microseconds,
 * a year-month interval a long of months.
 */
public final class Datetimes {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
    /** Fractional digits of a second that values hold. */
    static final int MAX_PRECISION = 6;

    /** 0001-01-01 and 9999-12-31, the first and last day of the types. */
    private static final int MIN_DATE = (int) LocalDate.of(1, 1, 1).toEpochDay();

    private static final int MAX_DATE = (int) LocalDate.of(9999, 12, 31).toEpochDay();

    private Datetimes() {}

    // Conversions

    /** Midnight of {@code date}. */
    public static long timestampOf(int date) {
        return date * MICROS_PER_DAY;
    }

    public static int dateOf(long timestamp) {
        return (int) Math.floorDiv(timestamp, MICROS_PER_DAY);
    }

    public static long timeOf(long timestamp) {
        return Math.floorMod(timestamp, MICROS_PER_DAY);
    }

    /** {@code time} on the day on which the statement began. */
    public static long timestampOfTime(StatementContext context, long time) {
        return timestampOf(SessionFunctions.currentDate(context)) + time;
    }

    /** @param precision fractional digits of a second to keep, 0 to 6; rounds half up */
    public static long roundTimestamp(long timestamp, int precision) {
        long unit = unitOfPrecision(precision);
        return Math.floorDiv(addExact(timestamp, unit / 2), unit) * unit;
    }

    /** As {@link #roundTimestamp}; a time that rounds to midnight of the next day stays just before it. */
    public static long roundTime(long time, int precision) {
        long unit = unitOfPrecision(precision);
        long rounded = (time + unit / 2) / unit * unit;
        return rounded < MICROS_PER_DAY ? rounded : MICROS_PER_DAY - unit;
    }

    private static long unitOfPrecision(int precision) {
        long unit = 1;
        for (int i = precision; i < MAX_PRECISION; i++) {
            unit *= 10;
        }
        return unit;
    }

    // Arithmetic

    /** {@code timestamp} and a day-time interval. */
    public static long timestampPlusMicros(long timestamp, long micros) {
        return timestampInRange(addExact(timestamp, micros));
    }

    public static long timestampMinusMicros(long timestamp, long micros) {
        return timestampInRange(subtractExact(timestamp, micros));
    }

    /** {@code date} at midnight and a day-time interval, back to the date; parts of a day are dropped. */
    public static int datePlusMicros(int date, long micros) {
        return dateInRange(Math.floorDiv(addExact(timestampOf(date), micros), MICROS_PER_DAY));
    }

    public static int dateMinusMicros(int date, long micros) {
        return dateInRange(Math.floorDiv(subtractExact(timestampOf(date), micros), MICROS_PER_DAY));
    }

    /** {@code time} and a day-time interval, around the clock. */
    public static long timePlusMicros(long time, long micros) {
        return Math.floorMod(time + micros % MICROS_PER_DAY, MICROS_PER_DAY);
    }

    public static long timeMinusMicros(long time, long micros) {
        return Math.floorMod(time - micros % MICROS_PER_DAY, MICROS_PER_DAY);
    }

    /** The same day {@code months} later, or the last day of that month if it has no such day. */
    public static int datePlusMonths(int date, long months) {
        try {
            return dateInRange(LocalDate.ofEpochDay(date).plusMonths(months).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange(e);
        }
    }

    public static int dateMinusMonths(int date, long months) {
        return datePlusMonths(date, negateExact(months));
    }

    /** As {@link #datePlusMonths}; the time of day stays. */
    public static long timestampPlusMonths(long timestamp, long months) {
        return timestampOf(datePlusMonths(dateOf(timestamp), months)) + timeOf(timestamp);
    }

    public static long timestampMinusMonths(long timestamp, long months) {
        return timestampPlusMonths(timestamp, negateExact(months));
    }

    /** The day-time interval from {@code from} to {@code to}; also that between two times. */
    public static long microsBetween(long to, long from) {
        return subtractExact(to, from);
    }

    /**
     * The year-month interval from {@code from} to {@code to}: the largest number of whole months that does not lead
     * past {@code to}, and its negative if {@code to} is the earlier one.
     */
    public static long monthsBetween(long to, long from) {
        if (to < from) {
            return -monthsBetween(from, to);
        }
        long months = ChronoUnit.MONTHS.between(monthStart(from), monthStart(to));
        return timestampPlusMonths(from, months) > to ? months - 1 : months;
    }

    private static LocalDate monthStart(long timestamp) {
        return LocalDate.ofEpochDay(dateOf(timestamp)).withDayOfMonth(1);
    }

    /** {@code timestamp} and {@code count} units; fractions of a unit below a month count, whole numbers of it above. */
    public static long addToTimestamp(DatetimeField unit, BigDecimal count, long timestamp) {
        long months = monthsIn(unit);
        return months != 0
                ? timestampPlusMonths(timestamp, Numbers.multiplyInterval(months, count))
                : timestampPlusMicros(timestamp, micros(unit, count));
    }

    /** As {@link #addToTimestamp}, for a date; parts of a day are dropped. */
    public static int addToDate(DatetimeField unit, BigDecimal count, int date) {
        return dateOf(addToTimestamp(unit, count, timestampOf(date)));
    }

    /** As {@link #addToTimestamp}, for a time of day, around the clock. */
    public static long addToTime(DatetimeField unit, BigDecimal count, long time) {
        return monthsIn(unit) != 0 ? time : timePlusMicros(time, micros(unit, count));
    }

    /** The number of whole units from {@code from} to {@code to}; negative if {@code to} is earlier. */
    public static long unitsBetween(DatetimeField unit, long from, long to) {
        long months = monthsIn(unit);
        if (months != 0) {
            return monthsBetween(to, from) / months;
        }
        long micros = microsBetween(to, from);
        return unit == DatetimeField.NANOSECOND
                ? Numbers.multiplyInterval(micros, BigDecimal.valueOf(1000))
                : micros / microsIn(unit);
    }

    private static long micros(DatetimeField unit, BigDecimal count) {
        return unit == DatetimeField.NANOSECOND
                ? Numbers.divideInterval(Numbers.multiplyInterval(1, count), BigDecimal.valueOf(1000))
                : Numbers.multiplyInterval(microsIn(unit), count);
    }

    private static long microsIn(DatetimeField unit) {
        return unit == DatetimeField.WEEK ? 7 * MICROS_PER_DAY : fixedWidth(unit);
    }

    /** Months in a unit of calendar length, else 0. */
    private static long monthsIn(DatetimeField unit) {
        return switch (unit) {
            case MILLENNIUM -> 12_000;
            case CENTURY -> 1_200;
            case DECADE -> 120;
            case YEAR, ISOYEAR -> 12;
            case QUARTER -> 3;
            case MONTH -> 1;
            case WEEK, DAY, DOY, DOW, ISODOW, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND, EPOCH -> 0;
        };
    }

    /** Whole units of {@code unit} microseconds, or months, in an interval; the rest is dropped. */
    public static long unitsOf(long interval, long unit) {
        return interval / unit;
    }

    /** The last day of the month of {@code date}. */
    public static int lastDay(int date) {
        LocalDate day = LocalDate.ofEpochDay(date);
        return (int) day.withDayOfMonth(day.lengthOfMonth()).toEpochDay();
    }

    // Fields

    /**
     * A field of a timestamp, which may also be a date at midnight or a time on 1970-01-01.
     *
     * <p>WEEK and ISOYEAR follow ISO 8601; DOW counts from 1 for Sunday, ISODOW from 1 for Monday; MILLISECOND and
     * MICROSECOND include the seconds; EPOCH is in whole seconds.
     */
    public static long extract(DatetimeField field, long timestamp) {
        LocalDate date = LocalDate.ofEpochDay(dateOf(timestamp));
        long time = timeOf(timestamp);
        int year = date.getYear();
        return switch (field) {
            case MILLENNIUM -> yearGroup(year, 1000);
            case CENTURY -> yearGroup(year, 100);
            case DECADE -> Math.floorDiv(year, 10);
            case YEAR -> year;
            case ISOYEAR -> date.get(IsoFields.WEEK_BASED_YEAR);
            case QUARTER -> date.get(IsoFields.QUARTER_OF_YEAR);
            case MONTH -> date.getMonthValue();
            case WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case DAY -> date.getDayOfMonth();
            case DOY -> date.getDayOfYear();
            case DOW -> date.getDayOfWeek().getValue() % 7 + 1;
            case ISODOW -> date.getDayOfWeek().getValue();
            case HOUR -> time / MICROS_PER_HOUR;
            case MINUTE -> time / MICROS_PER_MINUTE % 60;
            case SECOND -> time / MICROS_PER_SECOND % 60;
            case MILLISECOND -> time % MICROS_PER_MINUTE / 1000;
            case MICROSECOND -> time % MICROS_PER_MINUTE;
            case NANOSECOND -> time % MICROS_PER_MINUTE * 1000;
            case EPOCH -> Math.floorDiv(timestamp, MICROS_PER_SECOND);
        };
    }

    /** Centuries and millennia count from the year 1; the year 0, 1 BC, is in the first before it. */
    private static long yearGroup(int year, int size) {
        return year > 0 ? (year + size - 1) / size : -((size - year) / size);
    }

    /** A field of a day-time interval; every field has the interval's sign. */
    public static long extractFromMicros(DatetimeField field, long micros) {
        return switch (field) {
            case DAY -> micros / MICROS_PER_DAY;
            case HOUR -> micros / MICROS_PER_HOUR % 24;
            case MINUTE -> micros / MICROS_PER_MINUTE % 60;
            case SECOND -> micros / MICROS_PER_SECOND % 60;
            case MILLISECOND -> micros % MICROS_PER_MINUTE / 1000;
            case MICROSECOND -> micros % MICROS_PER_MINUTE;
            case NANOSECOND -> micros % MICROS_PER_MINUTE * 1000;
            case EPOCH -> micros / MICROS_PER_SECOND;
            case YEAR, MONTH, QUARTER, DECADE, CENTURY, MILLENNIUM -> 0;
            case ISOYEAR, WEEK, DOY, DOW, ISODOW -> throw noSuchField(field, "a day-time interval");
        };
    }

    /** A field of a year-month interval; every field has the interval's sign. */
    public static long extractFromMonths(DatetimeField field, long months) {
        return switch (field) {
            case MILLENNIUM -> months / 12_000;
            case CENTURY -> months / 1_200;
            case DECADE -> months / 120;
            case YEAR -> months / 12;
            case QUARTER -> months % 12 / 3;
            case MONTH -> months % 12;
            case DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> 0;
            case ISOYEAR, WEEK, DOY, DOW, ISODOW, EPOCH -> throw noSuchField(field, "a year-month interval");
        };
    }

    private static KalamException noSuchField(DatetimeField field, String owner) {
        return new KalamException(
                ErrorCode.NOT_SUPPORTED,
                "Unsupported field " + field + " of " + owner + "; extract it from a TIMESTAMP");
    }

    // Truncation

    /** The latest start of a {@code unit} that is not after {@code timestamp}; weeks start on Monday. */
    public static long floor(DatetimeField unit, long timestamp) {
        long width = fixedWidth(unit);
        if (width != 0) {
            return Math.floorDiv(timestamp, width) * width;
        }
        return timestampOf(floorDate(unit, dateOf(timestamp)));
    }

    /** The earliest start of a {@code unit} that is not before {@code timestamp}. */
    public static long ceil(DatetimeField unit, long timestamp) {
        long floor = floor(unit, timestamp);
        if (floor == timestamp) {
            return timestamp;
        }
        long width = fixedWidth(unit);
        return width != 0 ? addExact(floor, width) : timestampOf(nextDate(unit, dateOf(floor)));
    }

    /** As {@link #floor(DatetimeField, long)} for dates; units below a day leave it as it is. */
    public static int floorDate(DatetimeField unit, int date) {
        LocalDate day = LocalDate.ofEpochDay(date);
        LocalDate start = switch (unit) {
            case MILLENNIUM -> yearStart(day, 1000, 1);
            case CENTURY -> yearStart(day, 100, 1);
            case DECADE -> yearStart(day, 10, 0);
            case YEAR -> day.withDayOfYear(1);
            case ISOYEAR -> isoYearStart(day);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case MONTH -> day.withDayOfMonth(1);
            case WEEK -> weekStart(day);
            case DAY, DOY, DOW, ISODOW, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND, EPOCH -> day;
        };
        return (int) start.toEpochDay();
    }

    /** As {@link #ceil(DatetimeField, long)} for dates. */
    public static int ceilDate(DatetimeField unit, int date) {
        int floor = floorDate(unit, date);
        return floor == date ? date : nextDate(unit, floor);
    }

    /** As {@link #floor(DatetimeField, long)} for times of day; units above an hour give midnight. */
    public static long floorTime(DatetimeField unit, long time) {
        long width = fixedWidth(unit);
        return width == 0 ? 0 : Math.floorDiv(time, width) * width;
    }

    /** As {@link #ceil(DatetimeField, long)} for times of day, around the clock. */
    public static long ceilTime(DatetimeField unit, long time) {
        long floor = floorTime(unit, time);
        long width = fixedWidth(unit);
        return floor == time || width == 0 ? floor : (floor + width) % MICROS_PER_DAY;
    }

    private static int nextDate(DatetimeField unit, int unitStart) {
        LocalDate start = LocalDate.ofEpochDay(unitStart);
        LocalDate next = switch (unit) {
            case MILLENNIUM -> start.plusYears(1000);
            case CENTURY -> start.plusYears(100);
            case DECADE -> start.plusYears(10);
            case YEAR -> start.plusYears(1);
            case ISOYEAR -> isoYearStart(start.plusWeeks(53));
            case QUARTER -> start.plusMonths(3);
            case MONTH -> start.plusMonths(1);
            case WEEK -> start.plusWeeks(1);
            case DAY, DOY, DOW, ISODOW, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND, EPOCH ->
                start.plusDays(1);
        };
        return (int) next.toEpochDay();
    }

    private static LocalDate yearStart(LocalDate day, int size, int first) {
        int year = Math.floorDiv(day.getYear() - first, size) * size + first;
        return LocalDate.of(year, 1, 1);
    }

    private static LocalDate weekStart(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1);
    }

    /** Monday of the week that holds 4 January. */
    private static LocalDate isoYearStart(LocalDate day) {
        return weekStart(LocalDate.of(day.get(IsoFields.WEEK_BASED_YEAR), 1, 4));
    }

    /** Width in microseconds of a unit of at most a day, else 0. */
    private static long fixedWidth(DatetimeField unit) {
        return switch (unit) {
            case NANOSECOND, MICROSECOND -> 1;
            case MILLISECOND -> 1000;
            case SECOND, EPOCH -> MICROS_PER_SECOND;
            case MINUTE -> MICROS_PER_MINUTE;
            case HOUR -> MICROS_PER_HOUR;
            case DAY, DOY, DOW, ISODOW -> MICROS_PER_DAY;
            case MILLENNIUM, CENTURY, DECADE, YEAR, ISOYEAR, QUARTER, MONTH, WEEK -> 0;
        };
    }

    // Overflow

    private static long addExact(long a, long b) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw outOfRange(e);
        }
    }

    private static long subtractExact(long a, long b) {
        try {
            return Math.subtractExact(a, b);
        } catch (ArithmeticException e) {
            throw outOfRange(e);
        }
    }

    private static long negateExact(long months) {
        try {
            return Math.negateExact(months);
        } catch (ArithmeticException e) {
            throw outOfRange(e);
        }
    }

    private static int dateInRange(long days) {
        if (days < MIN_DATE || days > MAX_DATE) {
            throw outOfRange(null);
        }
        return (int) days;
    }

    private static long timestampInRange(long timestamp) {
        dateInRange(Math.floorDiv(timestamp, MICROS_PER_DAY));
        return timestamp;
    }

    private static KalamException outOfRange(@Nullable RuntimeException cause) {
        return new KalamException(
                ErrorCode.INVALID_DATETIME,
                "Invalid date arithmetic: the result is outside of the years 0001 to 9999",
                cause);
    }
}
