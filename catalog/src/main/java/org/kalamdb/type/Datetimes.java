// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.kalamdb.error.KalamException;

/**
 * Between stored values of dates and times and {@code java.time}. Dates are those of the years 0001 to 9999 in the
 * proleptic Gregorian calendar. Nanoseconds are rounded to microseconds, halves up, but never past the last microsecond
 * of the day (TIME) or of the range (TIMESTAMP, DATETIME), so that {@link LocalTime#MAX} stays within its day.
 */
final class Datetimes {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    static final int MIN_DAYS = (int) LocalDate.of(1, 1, 1).toEpochDay();
    static final int MAX_DAYS = (int) LocalDate.of(9999, 12, 31).toEpochDay();
    static final long MIN_MICROS = MIN_DAYS * MICROS_PER_DAY;
    static final long MAX_MICROS = (MAX_DAYS + 1) * MICROS_PER_DAY - 1;

    private static final int NANOS_PER_MICRO = 1000;

    private Datetimes() {}

    static int toDays(LocalDate date) {
        long days = date.toEpochDay();
        if (days < MIN_DAYS || days > MAX_DAYS) {
            throw outOfRange("DATE", date);
        }
        return (int) days;
    }

    static long toMicrosOfDay(LocalTime time) {
        return Math.min(roundToMicros(time.toNanoOfDay()), MICROS_PER_DAY - 1);
    }

    /** @param target name of the type, for messages */
    static long toMicros(String target, LocalDateTime dateTime) {
        return toMicros(target, dateTime.toEpochSecond(ZoneOffset.UTC), dateTime.getNano(), dateTime);
    }

    /** @param shown what to show in a message */
    static long toMicros(String target, long epochSecond, int nanos, Object shown) {
        requireRange(target, epochSecond, shown);
        return Math.min(epochSecond * MICROS_PER_SECOND + roundToMicros(nanos), MAX_MICROS);
    }

    /** Instants reach further than {@link LocalDateTime} does, so their range is checked first. */
    static LocalDateTime wallClockInUtc(Instant instant) {
        requireRange("date", instant.getEpochSecond(), instant);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static void requireRange(String target, long epochSecond, Object shown) {
        if (epochSecond < MIN_DAYS * 86_400L || epochSecond > MAX_MICROS / MICROS_PER_SECOND) {
            throw outOfRange(target, shown);
        }
    }

    private static long roundToMicros(long nanos) {
        return (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    }

    static LocalDate toLocalDate(int days) {
        return LocalDate.ofEpochDay(days);
    }

    static LocalTime toLocalTime(long microsOfDay) {
        return LocalTime.ofNanoOfDay(microsOfDay * NANOS_PER_MICRO);
    }

    /** The wall clock in UTC for DATETIME. */
    static LocalDateTime toLocalDateTime(long micros) {
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), nanos, ZoneOffset.UTC);
    }

    private static KalamException outOfRange(String target, Object value) {
        return ConversionErrors.invalidDatetime(target, value.toString(), "the year must be between 0001 and 9999");
    }
}
