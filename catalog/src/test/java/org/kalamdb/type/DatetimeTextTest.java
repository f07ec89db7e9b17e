// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

@ParameterizedClass
@EnumSource
final class DatetimeTextTest {
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

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2024-02-29, 2024-02-29",
        "' 2024-1-5 ', 2024-01-05",
        "0001-01-01, 0001-01-01",
        "9999-12-31, 9999-12-31",
        "1969-12-31, 1969-12-31",
        "1582-10-10, 1582-10-10"
    })
    void readsAndWritesDates(String text, String canonical) {
        int days = (Integer) StoredValues.parse(KalamDataType.DATE, text);
        assertThat(days).isEqualTo((int) LocalDate.parse(canonical).toEpochDay());
        assertThat(StoredValues.toText(KalamDataType.DATE, days)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "12:34, 12:34:00",
        "12:34:56, 12:34:56",
        "1:02:03, 01:02:03",
        "12:34:56.5, 12:34:56.5",
        "12:34:56.000001, 12:34:56.000001",
        "12:34:56.1234564, 12:34:56.123456",
        "12:34:56.1234565, 12:34:56.123457",
        "12:34:56.999999999, 12:34:57",
        "00:00, 00:00:00",
        "23:59:59.999999, 23:59:59.999999",
        "23:59:59.999999999, 23:59:59.999999"
    })
    void readsAndWritesTimes(String text, String canonical) {
        Object micros = StoredValues.parse(KalamDataType.TIME, text);
        assertThat(StoredValues.toText(KalamDataType.TIME, micros)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2024-01-01 12:34:56.123456, 2024-01-01 12:34:56.123456",
        "2024-01-01T12:34:56, 2024-01-01 12:34:56",
        "2024-01-01t12:34, 2024-01-01 12:34:00",
        "2024-01-01   12:34, 2024-01-01 12:34:00",
        "2024-01-01, 2024-01-01 00:00:00",
        "2024-12-31 23:59:59.9999999, 2025-01-01 00:00:00",
        "0001-01-01 00:00:00, 0001-01-01 00:00:00",
        "9999-12-31 23:59:59.999999999, 9999-12-31 23:59:59.999999",
        "1969-12-31 23:59:59.9, 1969-12-31 23:59:59.9",
        "2024-03-10 02:30:00, 2024-03-10 02:30:00"
    })
    void readsAndWritesTimestamps(String text, String canonical) {
        Object micros = StoredValues.parse(KalamDataType.TIMESTAMP, text);
        assertThat(StoredValues.toText(KalamDataType.TIMESTAMP, micros)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2024-01-01 12:34:56, 2024-01-01 12:34:56+00",
        "2024-01-01, 2024-01-01 00:00:00+00",
        "2024-01-01T12:34:56Z, 2024-01-01 12:34:56+00",
        "2024-01-01 12:34:56z, 2024-01-01 12:34:56+00",
        "2024-01-01 12:34:56+00, 2024-01-01 12:34:56+00",
        "2024-01-01 12:34:56+02, 2024-01-01 10:34:56+00",
        "2024-01-01 12:34:56+5, 2024-01-01 07:34:56+00",
        "2024-01-01 12:34:56 -0530, 2024-01-01 18:04:56+00",
        "2024-01-01 00:34:56.5+05:45, 2023-12-31 18:49:56.5+00",
        "2024-01-01 12:34:56+01:02:03, 2024-01-01 11:32:53+00",
        "2024-07-01 12:00 Europe/Berlin, 2024-07-01 10:00:00+00",
        "2024-07-01 12:00 UTC, 2024-07-01 12:00:00+00",
        "2024-07-01T12:00+02:00[Europe/Berlin], 2024-07-01 10:00:00+00",
        "2024-07-01T12:00Z[UTC], 2024-07-01 12:00:00+00",
        "2024-07-01T12:00[Asia/Kathmandu], 2024-07-01 06:15:00+00"
    })
    void normalisesDatetimesToUtc(String text, String canonical) {
        Object micros = StoredValues.parse(KalamDataType.DATETIME, text);
        assertThat(StoredValues.toText(KalamDataType.DATETIME, micros)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DATE, 2024-02-30",
        "DATE, 2023-02-29",
        "DATE, 2024-13-01",
        "DATE, 2024-00-10",
        "DATE, 2024-01-32",
        "DATE, 0000-01-01",
        "DATE, 10000-01-01",
        "DATE, -2024-01-01",
        "DATE, 24-01-01",
        "DATE, 2024/01/01",
        "DATE, 2024-01-01 00:00:00",
        "DATE, 2024-01-01x",
        "DATE, ''",
        "DATE, tomorrow",
        "DATE, '٢٠٢٤-٠١-٠١'",
        "TIME, 24:00:00",
        "TIME, 23:60:00",
        "TIME, 23:59:60",
        "TIME, 12",
        "TIME, 12:3",
        "TIME, 12:34:5",
        "TIME, 12:34:56.",
        "TIME, 12:34:56.1234567890",
        "TIME, 12:34:56+02",
        "TIME, 2024-01-01 12:34",
        "TIMESTAMP, 2024-02-30 12:00:00",
        "TIMESTAMP, 2024-01-01 24:00:00",
        "TIMESTAMP, 2024-01-0112:00",
        "TIMESTAMP, 2024-01-01T",
        "DATETIME, 2024-01-01 12:00+19",
        "DATETIME, 2024-01-01 12:00+05:60",
        "DATETIME, 2024-01-01 12:00 Mars/Base",
        "DATETIME, 2024-01-01 12:00[Europe/Berlin",
        "DATETIME, 2024-01-01 12:00+01 nonsense",
        "DATETIME, 2024-03-31 02:30 Europe/Berlin",
        "DATETIME, 0001-01-01 00:00+01",
        "DATETIME, 9999-12-31 23:30-01"
    })
    void refusesWhatIsNoDateOrTime(ScalarType type, String text) {
        assertThatThrownBy(() -> StoredValues.parse(type, text))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATETIME))
                .hasMessageStartingWith("Invalid " + type + " '");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2024-01-01 12:00Z", "2024-01-01 12:00+02", "2024-01-01 12:00 Europe/Berlin"})
    void refusesZonesInTimestampsAndSaysWhatToUse(String text) {
        assertThatThrownBy(() -> StoredValues.parse(KalamDataType.TIMESTAMP, text))
                .hasMessage("Invalid TIMESTAMP '" + text
                        + "': TIMESTAMP has no time zone, leave the offset out or use DATETIME");
    }

    @Test
    void readsBackRandomDatesAndTimes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int days = Datetimes.MIN_DAYS + random.nextInt(Datetimes.MAX_DAYS - Datetimes.MIN_DAYS + 1);
            long time = (long) (random.nextDouble() * Datetimes.MICROS_PER_DAY);
            long micros = days * Datetimes.MICROS_PER_DAY + time;
            assertReadsBack(KalamDataType.DATE, days, seed);
            assertReadsBack(KalamDataType.TIME, time, seed);
            assertReadsBack(KalamDataType.TIMESTAMP, micros, seed);
            assertReadsBack(KalamDataType.DATETIME, micros, seed);
            LocalDateTime dateTime = LocalDate.ofEpochDay(days).atTime(LocalTime.ofNanoOfDay(time * 1000));
            // As java.time writes them.
            assertThat(StoredValues.parse(KalamDataType.TIMESTAMP, dateTime.toString()))
                    .isEqualTo(micros);
            assertThat(StoredValues.parse(
                            KalamDataType.DATETIME,
                            dateTime.atOffset(ZoneOffset.UTC).toString()))
                    .isEqualTo(micros);
        }
    }

    @Test
    void answersRandomTextWithAValueOrAnError() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "0123456789-:.+ TZ[]/aé";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("2024-01-31T12:34:56.789+01:30[UTC]");
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.setLength(random.nextInt(text.length() + 1));
            try {
                assertReadsBack(
                        KalamDataType.DATETIME, StoredValues.parse(KalamDataType.DATETIME, text.toString()), seed);
            } catch (KalamException e) {
                assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.INVALID_DATETIME);
            }
        }
    }

    private static void assertReadsBack(KalamDataType type, Object stored, long seed) {
        String text = StoredValues.toText(type, stored);
        assertThat(StoredValues.parse(type, text)).as("seed %d: %s", seed, text).isEqualTo(stored);
        assertThat(text.length()).isLessThanOrEqualTo(TypeMapping.displaySize(type, null));
    }
}
