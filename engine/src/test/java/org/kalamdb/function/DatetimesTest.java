// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DatetimesTest {
    private static final long SEED = 20_240_229L;

    private static long micros(LocalDateTime value) {
        return value.toEpochSecond(ZoneOffset.UTC) * Datetimes.MICROS_PER_SECOND + value.getNano() / 1000;
    }

    private static LocalDateTime random(Random random) {
        return LocalDateTime.of(1800, 1, 1, 0, 0)
                .plusDays(random.nextInt(200_000))
                .plusNanos(random.nextLong(86_400_000_000L) * 1000);
    }

    @Test
    void agreesWithJavaTimeOnArithmetic() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            LocalDateTime value = random(random);
            int months = random.nextInt(2_000) - 1_000;
            assertThat(Datetimes.timestampPlusMonths(micros(value), months))
                    .as("%s plus %s months, seed %s", value, months, SEED)
                    .isEqualTo(micros(value.plusMonths(months)));
            long step = random.nextLong(1_000_000_000_000_000L) - 500_000_000_000_000L;
            assertThat(Datetimes.timestampPlusMicros(micros(value), step))
                    .isEqualTo(micros(value.plus(step, ChronoUnit.MICROS)));
        }
    }

    @Test
    void findsTheLargestNumberOfMonthsThatFits() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long from = micros(random(random));
            long to = micros(random(random));
            long months = Datetimes.monthsBetween(to, from);
            long earlier = Math.min(from, to);
            long later = Math.max(from, to);
            assertThat(months < 0).isEqualTo(months != 0 && to < from);
            assertThat(Datetimes.timestampPlusMonths(earlier, Math.abs(months)))
                    .as("seed %s", SEED)
                    .isLessThanOrEqualTo(later);
            assertThat(Datetimes.timestampPlusMonths(earlier, Math.abs(months) + 1))
                    .isGreaterThan(later);
        }
    }

    @Test
    void putsEveryMomentBetweenFloorAndCeiling() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long value = micros(random(random));
            for (DatetimeField unit : DatetimeField.values()) {
                long floor = Datetimes.floor(unit, value);
                long ceiling = Datetimes.ceil(unit, value);
                assertThat(floor).as("%s of %s, seed %s", unit, value, SEED).isLessThanOrEqualTo(value);
                assertThat(ceiling).isGreaterThanOrEqualTo(value);
                assertThat(Datetimes.floor(unit, floor)).isEqualTo(floor);
                assertThat(Datetimes.ceil(unit, ceiling)).isEqualTo(ceiling);
                assertThat(Datetimes.floor(unit, ceiling)).isEqualTo(ceiling);
            }
        }
    }

    @Test
    void roundsToPrecision() {
        assertThat(Datetimes.roundTimestamp(-1, 3)).isZero();
        assertThat(Datetimes.roundTimestamp(1_500, 3)).isEqualTo(2_000);
        assertThat(Datetimes.roundTime(Datetimes.MICROS_PER_DAY - 1, 0))
                .isEqualTo(Datetimes.MICROS_PER_DAY - 1_000_000);
    }

    @Test
    void countsCenturiesWithoutAYearZero() {
        long year2000 = micros(LocalDate.of(2000, 12, 31).atStartOfDay());
        long year2001 = micros(LocalDate.of(2001, 1, 1).atStartOfDay());
        assertThat(Datetimes.extract(DatetimeField.CENTURY, year2000)).isEqualTo(20);
        assertThat(Datetimes.extract(DatetimeField.CENTURY, year2001)).isEqualTo(21);
        assertThat(Datetimes.floor(DatetimeField.CENTURY, year2001)).isEqualTo(year2001);
    }
}
