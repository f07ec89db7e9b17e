// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

@ParameterizedClass
@EnumSource
final class DatetimeConversionTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2024, 7, 1, 12, 0, 0, 123_456_000);
    private static final String NOON_TEXT = "2024-07-01 12:00:00.123456";

    @Parameter
    JvmDefaults defaults;

    private JvmDefaults.Restore restore;

    @BeforeEach
    void setDefaults() {
        restore = defaults.set();
    }

    @AfterEach
    void restoreDefaults() {
        restore.close();
    }

    @Test
    void keepsWallClockTimesInTimestamps() {
        assertThat(text(KalamDataType.TIMESTAMP, NOON)).isEqualTo(NOON_TEXT);
        assertThat(text(KalamDataType.TIMESTAMP, Timestamp.valueOf(NOON))).isEqualTo(NOON_TEXT);
        assertThat(text(KalamDataType.TIMESTAMP, NOON.toLocalDate())).isEqualTo("2024-07-01 00:00:00");
        assertThat(text(KalamDataType.TIMESTAMP, Date.valueOf(NOON.toLocalDate())))
                .isEqualTo("2024-07-01 00:00:00");
        assertThat(text(
                        KalamDataType.TIMESTAMP,
                        new java.util.Date(Timestamp.valueOf(NOON).getTime())))
                .isEqualTo("2024-07-01 12:00:00.123");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(text(KalamDataType.TIMESTAMP, GregorianCalendar.from(NOON.atZone(berlin))))
                .isEqualTo("2024-07-01 12:00:00.123");
    }

    @Test
    void takesMomentsAtUtc() {
        Instant moment = NOON.toInstant(ZoneOffset.UTC);
        Object[] sameMoment = {
            moment,
            moment.atOffset(ZoneOffset.ofHours(5)),
            moment.atZone(ZoneId.of("Europe/Berlin")),
            Timestamp.from(moment),
            NOON
        };
        for (Object value : sameMoment) {
            assertThat(text(KalamDataType.DATETIME, value)).isEqualTo(NOON_TEXT + "+00");
            if (!(value instanceof Timestamp)) {
                assertThat(text(KalamDataType.TIMESTAMP, value)).isEqualTo(NOON_TEXT);
                assertThat(text(KalamDataType.TIME, value)).isEqualTo("12:00:00.123456");
                assertThat(text(KalamDataType.DATE, value)).isEqualTo("2024-07-01");
            }
        }
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
        calendar.setTimeInMillis(moment.toEpochMilli());
        assertThat(text(KalamDataType.DATETIME, calendar)).isEqualTo("2024-07-01 12:00:00.123+00");
        assertThat(text(KalamDataType.DATETIME, java.util.Date.from(moment))).isEqualTo("2024-07-01 12:00:00.123+00");
    }

    @Test
    void takesDatesAndTimes() {
        assertThat(text(KalamDataType.DATE, LocalDate.of(1, 1, 1))).isEqualTo("0001-01-01");
        assertThat(text(KalamDataType.DATE, Date.valueOf("1999-12-31"))).isEqualTo("1999-12-31");
        assertThat(text(KalamDataType.TIME, LocalTime.of(1, 2, 3, 4_000))).isEqualTo("01:02:03.000004");
        assertThat(text(KalamDataType.TIME, LocalTime.MAX)).isEqualTo("23:59:59.999999");
        assertThat(text(KalamDataType.TIME, Time.valueOf("01:02:03"))).isEqualTo("01:02:03");
        Time withMillis = new Time(Time.valueOf("01:02:03").getTime() + 45);
        assertThat(text(KalamDataType.TIME, withMillis)).isEqualTo("01:02:03.045");
    }

    @Test
    void givesTheClassAskedFor() {
        Object micros = StoredValues.fromJava(KalamDataType.TIMESTAMP, NOON);
        assertThat(timestamp(micros, LocalDateTime.class)).isEqualTo(NOON);
        assertThat(timestamp(micros, Timestamp.class)).isEqualTo(Timestamp.valueOf(NOON));
        assertThat(timestamp(micros, java.util.Date.class))
                .isEqualTo(new java.util.Date(Timestamp.valueOf(NOON).getTime()));
        assertThat(timestamp(micros, LocalDate.class)).isEqualTo(NOON.toLocalDate());
        assertThat(timestamp(micros, LocalTime.class)).isEqualTo(NOON.toLocalTime());
        assertThat(timestamp(micros, Date.class)).isEqualTo(Date.valueOf(NOON.toLocalDate()));
        assertThat(timestamp(micros, Time.class).toString()).isEqualTo("12:00:00");
        assertThat(timestamp(micros, Instant.class)).isEqualTo(NOON.toInstant(ZoneOffset.UTC));
        assertThat(timestamp(micros, OffsetDateTime.class)).isEqualTo(NOON.atOffset(ZoneOffset.UTC));
        assertThat(timestamp(micros, ZonedDateTime.class)).isEqualTo(NOON.atZone(ZoneOffset.UTC));
        assertThat(timestamp(micros, String.class)).isEqualTo(NOON_TEXT);
        assertThat(timestamp(micros, Object.class)).isEqualTo(Timestamp.valueOf(NOON));
        assertThat(StoredValues.toJava(KalamDataType.DATETIME, micros, Timestamp.class))
                .isEqualTo(Timestamp.from(NOON.toInstant(ZoneOffset.UTC)));
        assertThat(StoredValues.toJava(KalamDataType.DATETIME, micros, Object.class))
                .isEqualTo(NOON.atOffset(ZoneOffset.UTC));
        Object time = StoredValues.parse(KalamDataType.TIME, "01:02:03.456789");
        assertThat(StoredValues.toJava(KalamDataType.TIME, time, Time.class))
                .isEqualTo(new Time(Time.valueOf("01:02:03").getTime() + 456));
        assertThat(StoredValues.toJava(KalamDataType.TIME, time, Timestamp.class))
                .isEqualTo(Timestamp.valueOf("1970-01-01 01:02:03.456789"));
        Object date = StoredValues.parse(KalamDataType.DATE, "2024-07-01");
        assertThat(StoredValues.toJava(KalamDataType.DATE, date, Timestamp.class))
                .isEqualTo(Timestamp.valueOf("2024-07-01 00:00:00"));
    }

    @Test
    void readsDatesAndTimesOutOfText() {
        assertThat(StoredValues.toJava(KalamDataType.TEXT, "2024-07-01", LocalDate.class))
                .isEqualTo(LocalDate.of(2024, 7, 1));
        assertThat(StoredValues.toJava(KalamDataType.TEXT, "12:30", LocalTime.class))
                .isEqualTo(LocalTime.of(12, 30));
        assertThat(StoredValues.toJava(KalamDataType.TEXT, NOON_TEXT, Timestamp.class))
                .isEqualTo(Timestamp.valueOf(NOON));
        assertThat(StoredValues.toJava(KalamDataType.TEXT, NOON_TEXT + "+02", Instant.class))
                .isEqualTo(NOON.toInstant(ZoneOffset.ofHours(2)));
    }

    @Test
    void refusesWhatHasNoDateOrNoTime() {
        assertNoConversion(KalamDataType.TIME, LocalDate.EPOCH);
        assertNoConversion(KalamDataType.TIME, new Date(0));
        assertNoConversion(KalamDataType.DATE, LocalTime.NOON);
        assertNoConversion(KalamDataType.DATE, new Time(0));
        assertNoConversion(KalamDataType.TIMESTAMP, LocalTime.NOON);
        assertNoConversion(KalamDataType.DATETIME, new Time(0));
        assertNoConversion(KalamDataType.DATE, 1);
        assertNoConversion(KalamDataType.TIMESTAMP, true);
        assertThatThrownBy(() -> StoredValues.toJava(KalamDataType.DATE, 0, LocalTime.class))
                .hasMessage("Cannot convert a value of type DATE to class LocalTime");
        assertThatThrownBy(() -> StoredValues.toJava(KalamDataType.TIME, 0L, LocalDate.class))
                .hasMessage("Cannot convert a value of type TIME to class LocalDate");
        assertThatThrownBy(() -> StoredValues.toJava(KalamDataType.DATE, 0, Integer.class))
                .hasMessage("Cannot convert a value of type DATE to class Integer");
    }

    @Test
    void refusesYearsOutOfRange() {
        assertOutOfRange(KalamDataType.DATE, LocalDate.of(10000, 1, 1));
        assertOutOfRange(KalamDataType.DATE, LocalDate.of(0, 12, 31));
        assertOutOfRange(KalamDataType.DATE, LocalDate.MAX);
        assertOutOfRange(KalamDataType.TIMESTAMP, LocalDateTime.MIN);
        assertOutOfRange(KalamDataType.TIMESTAMP, LocalDateTime.MAX);
        assertOutOfRange(KalamDataType.TIMESTAMP, Instant.MAX);
        assertOutOfRange(KalamDataType.DATETIME, Instant.MIN);
        assertOutOfRange(KalamDataType.DATETIME, Instant.MAX);
        assertOutOfRange(KalamDataType.DATETIME, OffsetDateTime.MAX);
        assertOutOfRange(KalamDataType.TIMESTAMP, OffsetDateTime.MIN);
        assertOutOfRange(KalamDataType.DATETIME, new java.util.Date(Long.MAX_VALUE));
    }

    private static String text(KalamDataType type, Object value) {
        return StoredValues.toText(type, StoredValues.fromJava(type, value));
    }

    private static Object timestamp(Object micros, Class<?> target) {
        return StoredValues.toJava(KalamDataType.TIMESTAMP, micros, target);
    }

    private static void assertNoConversion(KalamDataType type, Object value) {
        assertThatThrownBy(() -> StoredValues.fromJava(type, value))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CAST))
                .hasMessageStartingWith(
                        "Cannot convert a value of class " + value.getClass().getSimpleName() + " to " + type);
    }

    private static void assertOutOfRange(KalamDataType type, Object value) {
        assertThatThrownBy(() -> StoredValues.fromJava(type, value))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATETIME))
                .hasMessageContaining("the year must be between 0001 and 9999");
    }
}
