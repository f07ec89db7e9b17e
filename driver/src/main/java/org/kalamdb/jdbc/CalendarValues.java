// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import org.kalamdb.type.TypeKind;

/**
 * Dates and times through the time zone of an application's calendar: what {@code java.sql} classes mean by their moment
 * is read in that zone instead of the default one. Immutable.
 *
 * @param value a value as date and time in the zone
 */
record CalendarValues(ZonedDateTime value) {
    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

    /** A row that is not NULL; DATETIME is a moment, the others are what a clock in the zone shows. */
    static CalendarValues read(ColumnReader reader, int row, Calendar calendar) {
        ZoneId zone = zone(calendar);
        TypeKind kind = reader.type().kind();
        if (kind == TypeKind.DATETIME) {
            OffsetDateTime moment = (OffsetDateTime) reader.convert(row, OffsetDateTime.class);
            return new CalendarValues(moment.atZoneSameInstant(zone));
        }
        if (kind == TypeKind.DATE) {
            LocalDate date = (LocalDate) reader.convert(row, LocalDate.class);
            return new CalendarValues(date.atStartOfDay(zone));
        }
        if (kind == TypeKind.TIME) {
            LocalTime time = (LocalTime) reader.convert(row, LocalTime.class);
            return new CalendarValues(time.atDate(EPOCH).atZone(zone));
        }
        LocalDateTime dateTime = (LocalDateTime) reader.convert(row, LocalDateTime.class);
        return new CalendarValues(dateTime.atZone(zone));
    }

    Date toDate() {
        ZonedDateTime midnight = value.toLocalDate().atStartOfDay(value.getZone());
        return new Date(midnight.toInstant().toEpochMilli());
    }

    Time toTime() {
        ZonedDateTime onEpochDay = value.toLocalTime().atDate(EPOCH).atZone(value.getZone());
        return new Time(onEpochDay.toInstant().toEpochMilli());
    }

    Timestamp toTimestamp() {
        return Timestamp.from(value.toInstant());
    }

    /** The date that {@code date} is in the calendar's zone. */
    static LocalDate localDate(Date date, Calendar calendar) {
        return Instant.ofEpochMilli(date.getTime()).atZone(zone(calendar)).toLocalDate();
    }

    /** The time that {@code time} is in the calendar's zone. */
    static LocalTime localTime(Time time, Calendar calendar) {
        return Instant.ofEpochMilli(time.getTime()).atZone(zone(calendar)).toLocalTime();
    }

    /** The moment of {@code timestamp}, in the calendar's zone. */
    static ZonedDateTime zoned(Timestamp timestamp, Calendar calendar) {
        return timestamp.toInstant().atZone(zone(calendar));
    }

    private static ZoneId zone(Calendar calendar) {
        return calendar.getTimeZone().toZoneId();
    }
}
