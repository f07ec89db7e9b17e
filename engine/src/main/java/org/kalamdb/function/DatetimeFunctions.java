package org.kalamdb.function;

import java.time.DateTimeException;
import java.time.LocalDate;
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

    /** @param month 1 to 12 @param day 1 to the length of the month */
    public static int makeDate(int year, int month, int day) {
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw new KalamException(ErrorCode.INVALID_DATETIME, "Invalid date: " + e.getMessage(), e);
        }
    }
}
