// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import java.sql.Time;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Java objects as TEXT and JSON. */
final class JavaText {
    private JavaText() {}

    /** The text of an object of a class that has one stored type, in the form of that type. */
    static String of(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Character character) {
            return requireValid(character.toString());
        }
        String text = datetime(value);
        if (text == null) {
            throw ConversionErrors.noConversion(value, KalamDataType.TEXT, "text");
        }
        return text;
    }

    private static @Nullable String datetime(Object value) {
        if (value instanceof LocalDate || value instanceof java.sql.Date) {
            Integer days = DatetimeConversion.toDays(value);
            return days == null ? null : DatetimeText.formatDate(days);
        }
        if (value instanceof LocalTime || value instanceof Time) {
            Long micros = DatetimeConversion.toMicrosOfDay(value);
            return micros == null ? null : DatetimeText.formatTime(micros);
        }
        if (value instanceof OffsetTime time) {
            // There is no type that has both; as text neither is lost.
            return DatetimeText.formatTime(Datetimes.toMicrosOfDay(time.toLocalTime()))
                    + time.getOffset().getId();
        }
        if (value instanceof OffsetDateTime || value instanceof ZonedDateTime || value instanceof Instant) {
            Long micros = DatetimeConversion.toDatetime(value);
            return micros == null ? null : DatetimeText.formatDatetime(micros);
        }
        Long micros = DatetimeConversion.toTimestamp(value);
        return micros == null ? null : DatetimeText.formatTimestamp(micros);
    }

    /** Numbers, booleans and vectors as JSON text. */
    static String ofJson(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return JsonText.validate(of(value));
        }
        if (value instanceof float[] elements) {
            return EmbeddingConversion.format(EmbeddingConversion.requireFinite(elements));
        }
        throw ConversionErrors.noConversion(value, KalamDataType.JSON, "JSON text");
    }

    /** The text itself; an unpaired surrogate has no UTF-8 form and would come back as a question mark. */
    static String requireValid(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new KalamException(
                            ErrorCode.INVALID_LITERAL, "Invalid text: unpaired surrogate at character " + (i + 1));
                }
                i++;
            }
        }
        return text;
    }
}
