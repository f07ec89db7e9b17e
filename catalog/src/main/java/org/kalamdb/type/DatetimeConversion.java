// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * Between stored values of dates and times and Java's classes for them.
 *
 * <p>The database has no time zone of its own: where a moment becomes a wall-clock time or the other way round, UTC is
 * meant. Only the classes of {@code java.sql} and {@code java.util.Date}, whose own definition is by the JVM's default
 * time zone, are read and made by that zone. They appear here because JDBC hands them over as values.
 */
final class DatetimeConversion {
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private DatetimeConversion() {}

    /** Days of a DATE, or null if the value holds no date. */
    static @Nullable Integer toDays(Object value) {
        if (value instanceof LocalDate date) {
            return Datetimes.toDays(date);
        }
        if (value instanceof Date date) {
            return Datetimes.toDays(date.toLocalDate());
        }
        LocalDateTime dateTime = wallClock(value);
        return dateTime == null ? null : Datetimes.toDays(dateTime.toLocalDate());
    }

    /** Microseconds of a TIME, or null if the value holds no time of day. */
    static @Nullable Long toMicrosOfDay(Object value) {
        if (value instanceof LocalTime time) {
            return Datetimes.toMicrosOfDay(time);
        }
        if (value instanceof Time time) {
            // toLocalTime() drops the milliseconds.
            int millis = Math.floorMod(time.getTime(), MILLIS_PER_SECOND);
            return Datetimes.toMicrosOfDay(time.toLocalTime().plusNanos((long) millis * NANOS_PER_MILLI));
        }
        LocalDateTime dateTime = value instanceof LocalDate || value instanceof Date ? null : wallClock(value);
        return dateTime == null ? null : Datetimes.toMicrosOfDay(dateTime.toLocalTime());
    }

    /** Microseconds of a TIMESTAMP, or null if the value holds no date. */
    static @Nullable Long toTimestamp(Object value) {
        LocalDateTime dateTime = wallClock(value);
        return dateTime == null ? null : Datetimes.toMicros("TIMESTAMP", dateTime);
    }

    /** Microseconds of a DATETIME, or null if the value holds no date. A {@link Date} is its midnight in the default zone. */
    static @Nullable Long toDatetime(Object value) {
        Instant instant = value instanceof Date date
                ? date.toLocalDate().atStartOfDay(ZoneId.systemDefault()).toInstant()
                : moment(value);
        if (instant != null) {
            return Datetimes.toMicros("DATETIME", instant.getEpochSecond(), instant.getNano(), instant);
        }
        LocalDateTime dateTime = wallClock(value);
        return dateTime == null ? null : Datetimes.toMicros("DATETIME", dateTime);
    }

    private static @Nullable Instant moment(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof ZonedDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof Calendar calendar) {
            return calendar.toInstant();
        }
        if (value instanceof Date || value instanceof Time) {
            return null;
        }
        return value instanceof java.util.Date date ? date.toInstant() : null;
    }

    private static @Nullable LocalDateTime wallClock(Object value) {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof Date date) {
            return date.toLocalDate().atStartOfDay();
        }
        if (value instanceof Time) {
            return null;
        }
        if (value instanceof java.util.Date date) {
            return new Timestamp(date.getTime()).toLocalDateTime();
        }
        if (value instanceof Calendar calendar) {
            return calendar.toInstant()
                    .atZone(calendar.getTimeZone().toZoneId())
                    .toLocalDateTime();
        }
        Instant instant = moment(value);
        return instant == null ? null : Datetimes.wallClockInUtc(instant);
    }

    /** The value of a date or time type in a class of {@code java.time}, {@code java.sql} or {@code java.util}. */
    static @Nullable Object toJava(TypeKind kind, Object stored, Class<?> target) {
        if (kind == TypeKind.TIME) {
            return fromTime(Datetimes.toLocalTime((Long) stored), target);
        }
        if (kind == TypeKind.DATE) {
            LocalDate date = Datetimes.toLocalDate((Integer) stored);
            boolean hasTime = target == LocalTime.class || target == Time.class;
            return hasTime ? null : fromWallClock(date.atStartOfDay(), target);
        }
        LocalDateTime dateTime = Datetimes.toLocalDateTime((Long) stored);
        if (kind == TypeKind.DATETIME) {
            if (target == Timestamp.class) {
                return Timestamp.from(dateTime.toInstant(ZoneOffset.UTC));
            }
            if (target == java.util.Date.class) {
                return java.util.Date.from(dateTime.toInstant(ZoneOffset.UTC));
            }
            if (target == Date.class || target == Time.class) {
                dateTime = LocalDateTime.ofInstant(dateTime.toInstant(ZoneOffset.UTC), ZoneId.systemDefault());
            }
        }
        return fromWallClock(dateTime, target);
    }

    private static @Nullable Object fromWallClock(LocalDateTime dateTime, Class<?> target) {
        if (target == LocalDateTime.class) {
            return dateTime;
        }
        if (target == LocalDate.class) {
            return dateTime.toLocalDate();
        }
        if (target == OffsetDateTime.class) {
            return dateTime.atOffset(ZoneOffset.UTC);
        }
        if (target == ZonedDateTime.class) {
            return dateTime.atZone(ZoneOffset.UTC);
        }
        if (target == Instant.class) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (target == Timestamp.class) {
            return Timestamp.valueOf(dateTime);
        }
        if (target == java.util.Date.class) {
            return new java.util.Date(Timestamp.valueOf(dateTime).getTime());
        }
        if (target == Date.class) {
            return Date.valueOf(dateTime.toLocalDate());
        }
        return fromTime(dateTime.toLocalTime(), target);
    }

    private static @Nullable Object fromTime(LocalTime time, Class<?> target) {
        if (target == LocalTime.class) {
            return time;
        }
        if (target == Time.class) {
            // valueOf() drops the fraction; a Time can hold milliseconds.
            return new Time(Time.valueOf(time).getTime() + time.getNano() / NANOS_PER_MILLI);
        }
        if (target == Timestamp.class) {
            return Timestamp.valueOf(LocalDate.EPOCH.atTime(time));
        }
        return target == LocalDateTime.class ? LocalDate.EPOCH.atTime(time) : null;
    }
}
