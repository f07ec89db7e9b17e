// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Stored values as objects of a class the caller asks for. */
final class JavaTargets {
    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);
    private static final Set<Class<?>> NUMBERS = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class);
    private static final IntegerRange JAVA_SHORT = new IntegerRange("Short", Short.MIN_VALUE, Short.MAX_VALUE);
    private static final IntegerRange JAVA_INTEGER = new IntegerRange("Integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final IntegerRange JAVA_LONG = new IntegerRange("Long", Long.MIN_VALUE, Long.MAX_VALUE);

    private JavaTargets() {}

    static Object convert(KalamDataType type, Object stored, Class<?> requested) {
        Class<?> target = BOXES.getOrDefault(requested, requested);
        if (target == Object.class) {
            return defaultObject(type, stored);
        }
        if (target == String.class || target == CharSequence.class) {
            return StoredValues.toText(type, stored);
        }
        Object result = NUMBERS.contains(target) ? toNumber(type, stored, target) : toOther(type, stored, target);
        if (result == null) {
            throw ConversionErrors.noConversion(type, requested);
        }
        return result;
    }

    private static Object defaultObject(KalamDataType type, Object stored) {
        return switch (type.kind()) {
            case BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, TEXT, JSON, UUID -> stored;
            case SMALLINT -> ((Short) stored).intValue();
            case BYTES -> ((byte[]) stored).clone();
            case EMBEDDING -> ((float[]) stored).clone();
            case DATE -> convert(type, stored, java.sql.Date.class);
            case TIME -> convert(type, stored, java.sql.Time.class);
            case TIMESTAMP -> convert(type, stored, java.sql.Timestamp.class);
            case DATETIME -> convert(type, stored, OffsetDateTime.class);
        };
    }

    private static @Nullable Object toNumber(KalamDataType type, Object stored, Class<?> target) {
        boolean readable = switch (type.kind()) {
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, TEXT -> true;
            case JSON, BYTES, UUID, DATE, TIME, TIMESTAMP, DATETIME, EMBEDDING -> false;
        };
        if (!readable) {
            return null;
        }
        if (target == Boolean.class) {
            return NumericConversion.toBoolean(stored);
        }
        if (target == Byte.class) {
            return (byte) NumericConversion.toLong(IntegerRange.BYTE, stored);
        }
        if (target == Short.class) {
            return (short) NumericConversion.toLong(JAVA_SHORT, stored);
        }
        if (target == Integer.class) {
            return (int) NumericConversion.toLong(JAVA_INTEGER, stored);
        }
        if (target == Long.class) {
            return NumericConversion.toLong(JAVA_LONG, stored);
        }
        if (target == Float.class) {
            return NumericConversion.toFloat(stored);
        }
        if (target == Double.class) {
            return NumericConversion.toDouble(stored);
        }
        return target == BigDecimal.class
                ? NumericConversion.toBigDecimal("BigDecimal", stored)
                : NumericConversion.toBigInteger(stored);
    }

    private static @Nullable Object toOther(KalamDataType type, Object stored, Class<?> target) {
        if (target == Number.class) {
            return stored instanceof Number && isNumber(type) ? stored : null;
        }
        return switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, DATETIME -> DatetimeConversion.toJava(type.kind(), stored, target);
            case TEXT -> fromText((String) stored, target);
            case JSON -> target == byte[].class ? ((String) stored).getBytes(StandardCharsets.UTF_8) : null;
            case BYTES -> fromBytes((byte[]) stored, target);
            case UUID -> fromUuid((UUID) stored, target);
            case EMBEDDING -> fromEmbedding((float[]) stored, target);
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL -> null;
        };
    }

    private static boolean isNumber(KalamDataType type) {
        return TypeMapping.of(type).signed();
    }

    private static @Nullable Object fromText(String text, Class<?> target) {
        if (target == byte[].class) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (target == UUID.class) {
            return BinaryText.parseUuid(text);
        }
        if (target == LocalDate.class || target == java.sql.Date.class) {
            return convert(KalamDataType.DATE, DatetimeText.parseDate(text), target);
        }
        if (target == LocalTime.class || target == java.sql.Time.class) {
            return convert(KalamDataType.TIME, DatetimeText.parseTime(text), target);
        }
        if (target == LocalDateTime.class || target == java.sql.Timestamp.class || target == java.util.Date.class) {
            return convert(KalamDataType.TIMESTAMP, DatetimeText.parseTimestamp(text), target);
        }
        if (target == OffsetDateTime.class || target == ZonedDateTime.class || target == Instant.class) {
            return convert(KalamDataType.DATETIME, DatetimeText.parseDatetime(text), target);
        }
        return target == OffsetTime.class ? toOffsetTime(text) : null;
    }

    private static OffsetTime toOffsetTime(String text) {
        try {
            return OffsetTime.parse(text.trim());
        } catch (DateTimeParseException e) {
            throw new KalamException(
                    ErrorCode.INVALID_DATETIME,
                    "Invalid time with offset '" + text + "': expected a time as in 10:30:00+02:00",
                    e);
        }
    }

    private static @Nullable Object fromBytes(byte[] bytes, Class<?> target) {
        if (target == byte[].class) {
            return bytes.clone();
        }
        return target == UUID.class ? BinaryText.uuidFromBytes(bytes) : null;
    }

    private static @Nullable Object fromUuid(UUID uuid, Class<?> target) {
        if (target == UUID.class) {
            return uuid;
        }
        return target == byte[].class ? BinaryText.uuidToBytes(uuid) : null;
    }

    private static @Nullable Object fromEmbedding(float[] elements, Class<?> target) {
        if (target == float[].class) {
            return elements.clone();
        }
        if (target == double[].class) {
            return EmbeddingConversion.toDoubles(elements);
        }
        return target == Float[].class ? EmbeddingConversion.toBoxed(elements) : null;
    }

    /** A date or time in the class of {@code java.time} that means the same. */
    static Object temporal(TypeKind kind, Object stored) {
        if (kind == TypeKind.DATE) {
            return Datetimes.toLocalDate((Integer) stored);
        }
        if (kind == TypeKind.TIME) {
            return Datetimes.toLocalTime((Long) stored);
        }
        LocalDateTime dateTime = Datetimes.toLocalDateTime((Long) stored);
        return kind == TypeKind.DATETIME ? dateTime.atOffset(ZoneOffset.UTC) : dateTime;
    }
}
