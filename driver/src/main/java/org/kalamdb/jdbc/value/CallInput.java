// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.type.KalamDataType;

/**
 * A value for a parameter of a function, whose type says which function of its name is meant. Immutable as its value is.
 *
 * @param value as the engine takes it; null for NULL
 * @param type its type; null for a NULL of any type
 */
public record CallInput(@Nullable Object value, @Nullable KalamDataType type) {
    private static final int MAX_DIGITS = 38;

    /** @throws SQLException NOT_SUPPORTED if no type has values of the class */
    public static CallInput of(@Nullable Object value) throws SQLException {
        return new CallInput(value, value == null ? null : typeOf(value));
    }

    /** What stands for it in the text of a statement. */
    public String placeholder() {
        return type == null ? "NULL" : "CAST(? AS " + type.sqlName() + ")";
    }

    private static KalamDataType typeOf(Object value) throws SQLException {
        if (value instanceof String || value instanceof Character) {
            return KalamDataType.TEXT;
        }
        if (value instanceof Boolean) {
            return KalamDataType.BOOLEAN;
        }
        if (value instanceof byte[]) {
            return KalamDataType.BYTES;
        }
        if (value instanceof UUID) {
            return KalamDataType.UUID;
        }
        if (value instanceof float[] elements) {
            return KalamDataType.embedding(elements.length);
        }
        KalamDataType known = value instanceof Number number ? typeOfNumber(number) : typeOfTime(value);
        if (known == null) {
            throw SqlExceptions.notSupported("Unsupported class of a parameter, use setObject with a type, got: "
                    + value.getClass().getName());
        }
        return known;
    }

    private static @Nullable KalamDataType typeOfNumber(Number value) {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return KalamDataType.INT;
        }
        if (value instanceof Long) {
            return KalamDataType.BIGINT;
        }
        if (value instanceof Float) {
            return KalamDataType.FLOAT;
        }
        if (value instanceof Double) {
            return KalamDataType.DOUBLE;
        }
        if (value instanceof BigInteger) {
            return KalamDataType.decimal(MAX_DIGITS, 0);
        }
        return value instanceof BigDecimal decimal
                ? KalamDataType.decimal(MAX_DIGITS, Math.max(0, Math.min(MAX_DIGITS, decimal.scale())))
                : null;
    }

    private static @Nullable KalamDataType typeOfTime(Object value) {
        if (value instanceof LocalDate || value instanceof Date) {
            return KalamDataType.DATE;
        }
        if (value instanceof LocalTime || value instanceof Time) {
            return KalamDataType.TIME;
        }
        if (value instanceof LocalDateTime || value instanceof Timestamp) {
            return KalamDataType.TIMESTAMP;
        }
        return value instanceof OffsetDateTime || value instanceof ZonedDateTime || value instanceof Instant
                ? KalamDataType.DATETIME
                : null;
    }
}
