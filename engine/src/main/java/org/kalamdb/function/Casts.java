// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Conversions between the values of different types, by the rules of {@link StoredValues}: text is parsed strictly,
 * fractions are rounded half away from zero, and what does not fit is an error. Called by generated code.
 */
public final class Casts {
    private static final EmbeddingCache EMBEDDINGS = new EmbeddingCache();

    private Casts() {}

    // From text

    public static boolean textToBoolean(String text) {
        return (Boolean) StoredValues.parse(KalamDataType.BOOLEAN, text);
    }

    public static short textToSmallint(String text) {
        return (Short) StoredValues.parse(KalamDataType.SMALLINT, text);
    }

    public static int textToInt(String text) {
        return (Integer) StoredValues.parse(KalamDataType.INT, text);
    }

    public static long textToBigint(String text) {
        return (Long) StoredValues.parse(KalamDataType.BIGINT, text);
    }

    public static float textToFloat(String text) {
        return (Float) StoredValues.parse(KalamDataType.FLOAT, text);
    }

    public static double textToDouble(String text) {
        return (Double) StoredValues.parse(KalamDataType.DOUBLE, text);
    }

    public static BigDecimal textToDecimal(String text, int precision, int scale) {
        return (BigDecimal) StoredValues.parse(KalamDataType.decimal(precision, scale), text);
    }

    public static String textToJson(String text) {
        return (String) StoredValues.parse(KalamDataType.JSON, text);
    }

    /** {@code text} itself: JSON is text already. */
    public static String jsonToText(String text) {
        return text;
    }

    public static ByteString textToBytes(String text) {
        return new ByteString((byte[]) StoredValues.parse(KalamDataType.BYTES, text));
    }

    public static UUID textToUuid(String text) {
        return (UUID) StoredValues.parse(KalamDataType.UUID, text);
    }

    public static int textToDate(String text) {
        return (Integer) StoredValues.parse(KalamDataType.DATE, text);
    }

    public static long textToTime(String text) {
        return (Long) StoredValues.parse(KalamDataType.TIME, text);
    }

    public static long textToTimestamp(String text) {
        return (Long) StoredValues.parse(KalamDataType.TIMESTAMP, text);
    }

    public static long textToDatetime(String text) {
        return (Long) StoredValues.parse(KalamDataType.DATETIME, text);
    }

    /** The vector that text such as {@code [1, 2.5]} says. */
    public static Embedding textToEmbedding(String text, int dimension) {
        return EMBEDDINGS.parse(text, dimension);
    }

    /** As {@link #textToEmbedding}, of whatever dimension the text has. */
    public static Embedding textToAnyEmbedding(String text) {
        return EMBEDDINGS.parse(text, EmbeddingCache.ANY_DIMENSION);
    }

    /** {@code embedding} if it has that many elements, else DIMENSION_MISMATCH. */
    public static Embedding embeddingToEmbedding(Embedding embedding, int dimension) {
        VectorFunctions.requireDimension(embedding, dimension);
        return embedding;
    }

    // To text

    public static String booleanToText(boolean value) {
        return Boolean.toString(value);
    }

    public static String integerToText(long value) {
        return Long.toString(value);
    }

    public static String floatToText(float value) {
        return StoredValues.toText(KalamDataType.FLOAT, value);
    }

    public static String doubleToText(double value) {
        return StoredValues.toText(KalamDataType.DOUBLE, value);
    }

    public static String decimalToText(BigDecimal value) {
        return value.toPlainString();
    }

    public static String bytesToText(ByteString value) {
        return StoredValues.toText(KalamDataType.BYTES, value.getBytes());
    }

    public static String uuidToText(UUID value) {
        return value.toString();
    }

    public static String dateToText(int value) {
        return StoredValues.toText(KalamDataType.DATE, value);
    }

    public static String timeToText(long value) {
        return StoredValues.toText(KalamDataType.TIME, value);
    }

    public static String timestampToText(long value) {
        return StoredValues.toText(KalamDataType.TIMESTAMP, value);
    }

    public static String datetimeToText(long value) {
        return StoredValues.toText(KalamDataType.DATETIME, value);
    }

    /** A day-time interval in the fields of its type, such as {@code +1 02:03:04}; milliseconds are its finest. */
    public static String microsToText(long micros, TimeUnitRange fields) {
        return DateTimeUtils.intervalDayTimeToString(micros / 1000, fields, micros / 1000 % 1000 == 0 ? 0 : 3);
    }

    /** A year-month interval in the fields of its type, such as {@code +1-02}. */
    public static String monthsToText(long months, TimeUnitRange fields) {
        return DateTimeUtils.intervalYearMonthToString(Math.toIntExact(months), fields);
    }

    public static String embeddingToText(Embedding value) {
        return StoredValues.toText(KalamDataType.embedding(value.dimension()), value.values());
    }

    // Between numbers and booleans; a number is any of Short, Integer, Long, Float, Double, BigDecimal or Boolean

    public static boolean toBoolean(Object value) {
        return (Boolean) StoredValues.fromJava(KalamDataType.BOOLEAN, value);
    }

    public static short toSmallint(Object value) {
        return (Short) StoredValues.fromJava(KalamDataType.SMALLINT, value);
    }

    public static int toInt(Object value) {
        return (Integer) StoredValues.fromJava(KalamDataType.INT, value);
    }

    public static long toBigint(Object value) {
        return (Long) StoredValues.fromJava(KalamDataType.BIGINT, value);
    }

    public static float toFloat(Object value) {
        return (Float) StoredValues.fromJava(KalamDataType.FLOAT, value);
    }

    public static double toDouble(Object value) {
        return (Double) StoredValues.fromJava(KalamDataType.DOUBLE, value);
    }

    public static BigDecimal toDecimal(Object value, int precision, int scale) {
        return (BigDecimal) StoredValues.fromJava(KalamDataType.decimal(precision, scale), value);
    }

    // Between UUID and BYTES

    public static ByteString uuidToBytes(UUID value) {
        return new ByteString((byte[]) StoredValues.toJava(KalamDataType.UUID, value, byte[].class));
    }

    public static UUID bytesToUuid(ByteString value) {
        return (UUID) StoredValues.fromJava(KalamDataType.UUID, value.getBytes());
    }
}
