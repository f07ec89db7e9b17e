// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/** Values that stand in a statement, as values of the type they are compared with. */
final class WrittenValues {
    private static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** So many, or a sign and one less, are no more than a long holds. */
    private static final int MAX_DIGITS_OF_LONG = 18;

    private WrittenValues() {}

    /** The stored value of the type that compares as the literal does; null if there is none. */
    static @Nullable Object stored(KalamDataType type, Value value) {
        try {
            if (value instanceof Value.Number number) {
                return number(type, number);
            }
            if (value instanceof Value.Text text) {
                return type.kind() == TypeKind.TEXT ? text.value() : null;
            }
            return value instanceof Value.Truth truth && type.kind() == TypeKind.BOOLEAN ? truth.value() : null;
        } catch (KalamException outOfRange) {
            return null;
        }
    }

    /** The stored value of a day that is written as {@code yyyy-mm-dd}; null if there is no such day, or no value of the type. */
    static @Nullable Object day(KalamDataType type, Value.Text written) {
        if (type.kind() != TypeKind.DATE || !ISO_DAY.matcher(written.value()).matches()) {
            return null;
        }
        try {
            return StoredValues.fromJava(type, LocalDate.parse(written.value()));
        } catch (DateTimeParseException | KalamException noDay) {
            return null;
        }
    }

    private static @Nullable Object whole(KalamDataType type, long value) {
        return switch (type.kind()) {
            case SMALLINT, INT, BIGINT, DECIMAL, DOUBLE -> StoredValues.fromJava(type, value);
            default -> null;
        };
    }

    private static @Nullable Object number(KalamDataType type, Value.Number number) {
        if (number.isInteger() && number.digits().length() <= MAX_DIGITS_OF_LONG) {
            return whole(type, Long.parseLong(number.digits()));
        }
        BigDecimal value = new BigDecimal(number.digits());
        boolean isValue = switch (type.kind()) {
            case SMALLINT, INT, BIGINT -> number.isInteger();
            case DECIMAL -> value.scale() <= ((DecimalType) type).scale();
            case DOUBLE -> true;
            default -> false;
        };
        if (!isValue) {
            return null;
        }
        return type.kind() == TypeKind.DOUBLE ? (Object) value.doubleValue() : StoredValues.fromJava(type, value);
    }
}
