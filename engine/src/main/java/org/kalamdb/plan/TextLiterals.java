// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Casts;
import org.kalamdb.function.RelTypes;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/** Literals of the values that texts stand for, as in {@code sold > '2020-01-01'}. Confined to one thread. */
final class TextLiterals {
    private static final int MIN_YEAR = 1;
    private static final int MAX_YEAR = 9999;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final RexBuilder rexBuilder;

    TextLiterals(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** What casting the text gives; null if it is no value of the type, which is for the cast to say, or has no literal. */
    @Nullable
    RexLiteral cast(String text, RelDataType to) {
        try {
            KalamDataType type = RelTypes.kalamType(to);
            return switch (type.kind()) {
                case BOOLEAN -> rexBuilder.makeLiteral(Casts.textToBoolean(text));
                case SMALLINT -> exact(BigDecimal.valueOf(Casts.textToSmallint(text)), to);
                case INT -> exact(BigDecimal.valueOf(Casts.textToInt(text)), to);
                case BIGINT -> exact(BigDecimal.valueOf(Casts.textToBigint(text)), to);
                case DECIMAL -> {
                    DecimalType decimal = (DecimalType) type;
                    yield exact(Casts.textToDecimal(text, decimal.precision(), decimal.scale()), to);
                }
                case DATE -> date(LocalDate.ofEpochDay(Casts.textToDate(text)));
                case TIME -> time(LocalTime.ofNanoOfDay(Casts.textToTime(text) * NANOS_PER_MICRO), to);
                case TIMESTAMP -> {
                    TimestampString value = timestamp(Casts.textToTimestamp(text));
                    yield value == null ? null : rexBuilder.makeTimestampLiteral(value, to.getPrecision());
                }
                case DATETIME -> {
                    TimestampString value = timestamp(Casts.textToDatetime(text));
                    yield value == null
                            ? null
                            : rexBuilder.makeTimestampWithLocalTimeZoneLiteral(value, to.getPrecision());
                }
                case FLOAT, DOUBLE, TEXT, JSON, BYTES, UUID, EMBEDDING -> null;
            };
        } catch (KalamException noSuchValue) {
            return null;
        }
    }

    private RexLiteral exact(BigDecimal value, RelDataType type) {
        return rexBuilder.makeExactLiteral(value, rexBuilder.getTypeFactory().createTypeWithNullability(type, false));
    }

    /** A day; null if it has no literal. */
    @Nullable
    RexLiteral date(LocalDate date) {
        return isInRange(date)
                ? rexBuilder.makeDateLiteral(DateString.fromDaysSinceEpoch(Math.toIntExact(date.toEpochDay())))
                : null;
    }

    private RexLiteral time(LocalTime time, RelDataType type) {
        TimeString value = new TimeString(time.getHour(), time.getMinute(), time.getSecond());
        return rexBuilder.makeTimeLiteral(
                time.getNano() == 0 ? value : value.withNanos(time.getNano()), type.getPrecision());
    }

    private static @Nullable TimestampString timestamp(long micros) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                ZoneOffset.UTC);
        if (!isInRange(time.toLocalDate())) {
            return null;
        }
        TimestampString value = new TimestampString(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
        return time.getNano() == 0 ? value : value.withNanos(time.getNano());
    }

    /** Calcite's literals know the years that SQL knows. */
    private static boolean isInRange(LocalDate date) {
        return date.getYear() >= MIN_YEAR && date.getYear() <= MAX_YEAR;
    }
}
