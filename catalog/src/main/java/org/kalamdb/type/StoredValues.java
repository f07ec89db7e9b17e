// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/**
 * The one in-memory form of a value of each type, the <em>stored value</em>, and its conversions from and to Java
 * objects and text. Safe for use by several threads.
 *
 * <table>
 * <caption>Stored values</caption>
 * <tr><th>Type</th><th>Class</th><th>Meaning</th></tr>
 * <tr><td>BOOLEAN</td><td>Boolean</td><td></td></tr>
 * <tr><td>SMALLINT, INT, BIGINT</td><td>Short, Integer, Long</td><td></td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>Float, Double</td><td>NaN and infinities included</td></tr>
 * <tr><td>DECIMAL(p, s)</td><td>BigDecimal</td><td>of scale s exactly and at most p digits</td></tr>
 * <tr><td>TEXT, JSON</td><td>String</td><td>without unpaired surrogates; JSON as it was written</td></tr>
 * <tr><td>BYTES</td><td>byte[]</td><td></td></tr>
 * <tr><td>UUID</td><td>java.util.UUID</td><td></td></tr>
 * <tr><td>DATE</td><td>Integer</td><td>days since 1970-01-01, years 0001 to 9999</td></tr>
 * <tr><td>TIME</td><td>Long</td><td>microseconds since midnight, less than a day</td></tr>
 * <tr><td>TIMESTAMP</td><td>Long</td><td>microseconds since 1970-01-01 00:00 on a clock of no time zone</td></tr>
 * <tr><td>DATETIME</td><td>Long</td><td>microseconds since 1970-01-01 00:00 UTC</td></tr>
 * <tr><td>EMBEDDING(n)</td><td>float[]</td><td>of n finite elements</td></tr>
 * </table>
 *
 * <p>Conversions lose nothing silently but fractions: those are rounded half away from zero to what the type holds.
 * NULL is the caller's. No conversion depends on the default locale, and none but those of {@code java.sql.Date},
 * {@code Time}, {@code Timestamp} and {@code java.util.Date} on the default time zone.
 */
public final class StoredValues {
    private StoredValues() {}

    /**
     * The stored value of a Java object: any number, boolean, text, {@code java.time}, {@code java.sql} or
     * {@code java.util} date, UUID, byte array, or array or collection of numbers. Arrays are copied. A moment becomes
     * TIMESTAMP, DATE or TIME by UTC, and a time without zone becomes DATETIME by UTC.
     *
     * @throws KalamException NUMERIC_OUT_OF_RANGE, INVALID_LITERAL, INVALID_DATETIME, INVALID_JSON, DIMENSION_MISMATCH or
     *     DATA_EXCEPTION if the value does not fit, INVALID_CAST if its class does not
     */
    public static Object fromJava(KalamDataType type, Object javaValue) {
        if (javaValue instanceof CharSequence text) {
            return parse(type, text.toString());
        }
        return switch (type.kind()) {
            case BOOLEAN -> NumericConversion.toBoolean(number(type, javaValue));
            case SMALLINT -> (short) NumericConversion.toLong(IntegerRange.SMALLINT, number(type, javaValue));
            case INT -> (int) NumericConversion.toLong(IntegerRange.INT, number(type, javaValue));
            case BIGINT -> NumericConversion.toLong(IntegerRange.BIGINT, number(type, javaValue));
            case FLOAT -> NumericConversion.toFloat(number(type, javaValue));
            case DOUBLE -> NumericConversion.toDouble(number(type, javaValue));
            case DECIMAL -> NumericConversion.toDecimal((DecimalType) type, number(type, javaValue));
            case TEXT -> JavaText.of(javaValue);
            case JSON -> JavaText.ofJson(javaValue);
            case BYTES -> bytes(javaValue);
            case UUID -> uuid(javaValue);
            case DATE -> orNoConversion(DatetimeConversion.toDays(javaValue), type, javaValue, "a date");
            case TIME -> orNoConversion(DatetimeConversion.toMicrosOfDay(javaValue), type, javaValue, "a time");
            case TIMESTAMP ->
                orNoConversion(DatetimeConversion.toTimestamp(javaValue), type, javaValue, "a date and time");
            case DATETIME ->
                orNoConversion(DatetimeConversion.toDatetime(javaValue), type, javaValue, "a date and time");
            case EMBEDDING ->
                orNoConversion(
                        EmbeddingConversion.fromJava((EmbeddingType) type, javaValue), type, javaValue, "numbers");
        };
    }

    /**
     * A stored value as an object of a class: the boxed or primitive numbers, BigDecimal, BigInteger, Boolean, String,
     * byte[], UUID, float[], double[], Float[], the classes of {@code java.time}, {@code java.sql} and
     * {@code java.util.Date}. For {@link Object}, the class of {@link TypeMapping#javaClassName()}, except that EMBEDDING
     * gives float[]. Arrays are copies.
     *
     * @throws KalamException INVALID_CAST if no conversion leads to the class, NUMERIC_OUT_OF_RANGE and so on if this
     *     value does not fit it
     */
    public static Object toJava(KalamDataType type, Object stored, Class<?> target) {
        return JavaTargets.convert(type, stored, target);
    }

    /**
     * The stored value of one type as that of another, as CAST and assignment convert it.
     *
     * @throws KalamException INVALID_CAST if there is no such conversion, other codes if this value does not fit
     */
    public static Object cast(KalamDataType from, Object stored, KalamDataType to) {
        if (from.equals(to)) {
            return stored;
        }
        if (to.kind() == TypeKind.TEXT) {
            return toText(from, stored);
        }
        return switch (from.kind()) {
            case DATE, TIME, TIMESTAMP, DATETIME -> fromJava(to, JavaTargets.temporal(from.kind(), stored));
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, TEXT, JSON, BYTES, UUID, EMBEDDING ->
                fromJava(to, stored);
        };
    }

    /** The text form of a stored value; {@link #parse} reads it back to an equal value. */
    public static String toText(KalamDataType type, Object stored) {
        return switch (type.kind()) {
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, TEXT, JSON, UUID -> stored.toString();
            case DECIMAL -> ((BigDecimal) stored).toPlainString();
            case BYTES -> BinaryText.formatBytes((byte[]) stored);
            case DATE -> DatetimeText.formatDate((Integer) stored);
            case TIME -> DatetimeText.formatTime((Long) stored);
            case TIMESTAMP -> DatetimeText.formatTimestamp((Long) stored);
            case DATETIME -> DatetimeText.formatDatetime((Long) stored);
            case EMBEDDING -> EmbeddingConversion.format((float[]) stored);
        };
    }

    /**
     * The stored value that text says. Blanks around it do not count except for TEXT and JSON.
     *
     * @throws KalamException INVALID_LITERAL, INVALID_DATETIME, INVALID_JSON, NUMERIC_OUT_OF_RANGE, DIMENSION_MISMATCH or
     *     DATA_EXCEPTION if the text is not a value of the type
     */
    public static Object parse(KalamDataType type, String text) {
        return switch (type.kind()) {
            case BOOLEAN -> BooleanText.parse(text);
            case SMALLINT -> (short) NumericConversion.toLong(IntegerRange.SMALLINT, text);
            case INT -> (int) NumericConversion.toLong(IntegerRange.INT, text);
            case BIGINT -> NumericConversion.toLong(IntegerRange.BIGINT, text);
            case FLOAT -> NumericConversion.toFloat(text);
            case DOUBLE -> NumericConversion.toDouble(text);
            case DECIMAL -> NumericConversion.toDecimal((DecimalType) type, text);
            case TEXT -> JavaText.requireValid(text);
            case JSON -> JsonText.validate(JavaText.requireValid(text));
            case BYTES -> BinaryText.parseBytes(text);
            case UUID -> BinaryText.parseUuid(text);
            case DATE -> DatetimeText.parseDate(text);
            case TIME -> DatetimeText.parseTime(text);
            case TIMESTAMP -> DatetimeText.parseTimestamp(text);
            case DATETIME -> DatetimeText.parseDatetime(text);
            case EMBEDDING -> EmbeddingConversion.parse((EmbeddingType) type, text);
        };
    }

    private static <T> T orNoConversion(@Nullable T converted, KalamDataType type, Object value, String expected) {
        if (converted == null) {
            throw ConversionErrors.noConversion(value, type, expected);
        }
        return converted;
    }

    private static Object number(KalamDataType type, Object value) {
        if (!NumericConversion.accepts(value)) {
            throw ConversionErrors.noConversion(
                    value, type, type.kind() == TypeKind.BOOLEAN ? "a boolean" : "a number");
        }
        return value;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof UUID uuid) {
            return BinaryText.uuidToBytes(uuid);
        }
        throw ConversionErrors.noConversion(value, KalamDataType.BYTES, "byte[]");
    }

    private static UUID uuid(Object value) {
        if (value instanceof UUID uuid) {
            return uuid;
        }
        if (value instanceof byte[] bytes) {
            return BinaryText.uuidFromBytes(bytes);
        }
        throw ConversionErrors.noConversion(value, KalamDataType.UUID, "a UUID");
    }
}
