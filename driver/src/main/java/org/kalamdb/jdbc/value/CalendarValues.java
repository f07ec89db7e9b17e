// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.value;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.TypeKind;

/**
 * Dates and times through the time zone of an application's calendar: what {@code java.sql} classes mean by their moment
 * is read in that zone instead of the default one. The calculation is that of {@link GregorianCalendar}, as it is in
 * those classes, so that the calendar of the default zone changes nothing: before 1900 {@code java.time} knows other
 * offsets, before 1582 other days. Immutable.
 *
 * @param local what a clock in the zone shows
 * @param moment the moment of a DATETIME; null for types without a zone
 * @param zone that of the calendar
 */
public record CalendarValues(LocalDateTime local, @Nullable Instant moment, TimeZone zone) {
    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

    /** A row that is not NULL; DATETIME is a moment, the others are what a clock in the zone shows. */
    public static CalendarValues read(ColumnReader reader, int row, Calendar calendar) {
        TimeZone zone = calendar.getTimeZone();
        TypeKind kind = reader.type().kind();
        if (kind == TypeKind.DATETIME) {
            Instant moment = ((OffsetDateTime) reader.convert(row, OffsetDateTime.class)).toInstant();
            LocalDateTime local = local(moment.toEpochMilli(), zone).withNano(moment.getNano());
            return new CalendarValues(local, moment, zone);
        }
        if (kind == TypeKind.DATE) {
            LocalDate date = (LocalDate) reader.convert(row, LocalDate.class);
            return new CalendarValues(date.atStartOfDay(), null, zone);
        }
        if (kind == TypeKind.TIME) {
            LocalTime time = (LocalTime) reader.convert(row, LocalTime.class);
            return new CalendarValues(time.atDate(EPOCH), null, zone);
        }
        return new CalendarValues((LocalDateTime) reader.convert(row, LocalDateTime.class), null, zone);
    }

    /** Midnight of the date in the zone. */
    public Date toDate() {
        return new Date(millis(local.toLocalDate().atStartOfDay(), zone));
    }

    /** The time on 1970-01-01 in the zone. */
    public Time toTime() {
        return new Time(millis(local.toLocalTime().atDate(EPOCH), zone));
    }

    /** The moment, to the microsecond. */
    public Timestamp toTimestamp() {
        Timestamp timestamp = new Timestamp(
                moment == null ? millis(local, zone) : Math.multiplyExact(moment.getEpochSecond(), 1000L));
        timestamp.setNanos(local.getNano());
        return timestamp;
    }

    /** The date that {@code date} is in the calendar's zone. */
    public static LocalDate localDate(Date date, Calendar calendar) {
        return local(date.getTime(), calendar.getTimeZone()).toLocalDate();
    }

    /** The time that {@code time} is in the calendar's zone. */
    public static LocalTime localTime(Time time, Calendar calendar) {
        return local(time.getTime(), calendar.getTimeZone()).toLocalTime();
    }

    /** What a clock in the calendar's zone shows at {@code timestamp}. */
    public static LocalDateTime localDateTime(Timestamp timestamp, Calendar calendar) {
        return local(timestamp.getTime(), calendar.getTimeZone()).withNano(timestamp.getNanos());
    }

    private static LocalDateTime local(long millis, TimeZone zone) {
        GregorianCalendar fields = new GregorianCalendar(zone, Locale.ROOT);
        fields.setTimeInMillis(millis);
        int year = fields.get(Calendar.YEAR);
        return LocalDateTime.of(
                fields.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                fields.get(Calendar.MONTH) + 1,
                fields.get(Calendar.DAY_OF_MONTH),
                fields.get(Calendar.HOUR_OF_DAY),
                fields.get(Calendar.MINUTE),
                fields.get(Calendar.SECOND),
                Math.multiplyExact(fields.get(Calendar.MILLISECOND), 1_000_000));
    }

    /** Whole seconds, as milliseconds since 1970. */
    private static long millis(LocalDateTime local, TimeZone zone) {
        GregorianCalendar fields = new GregorianCalendar(zone, Locale.ROOT);
        fields.clear();
        fields.set(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
        return fields.getTimeInMillis();
    }
}
