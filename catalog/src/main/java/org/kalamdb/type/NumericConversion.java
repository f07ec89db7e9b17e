// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Conversions to numbers from numbers, booleans (0 and 1) and text. A fraction that does not fit is rounded half away
 * from zero, as PostgreSQL rounds NUMERIC; a magnitude that does not fit is an error.
 */
final class NumericConversion {
    private static final int MAX_LONG_DIGITS = 19;
    private static final int MAX_BIG_INTEGER_DIGITS = 4096;

    private NumericConversion() {}

    /** Whether the value is one that the methods of this class take. */
    static boolean accepts(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof CharSequence;
    }

    static long toLong(IntegerRange range, Object value) {
        long result = wholeNumber(range, value);
        if (!range.contains(result)) {
            throw ConversionErrors.outOfRange(value, range.name(), range.toString());
        }
        return result;
    }

    private static long wholeNumber(IntegerRange range, Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Double || value instanceof Float) {
            return round(range, ((Number) value).doubleValue());
        }
        BigDecimal number = toBigDecimal(range.name(), value);
        if (digitsBeforePoint(number) > MAX_LONG_DIGITS) {
            throw ConversionErrors.outOfRange(value, range.name(), range.toString());
        }
        BigInteger whole = setScale(number, 0).unscaledValue();
        if (whole.bitLength() >= Long.SIZE) {
            throw ConversionErrors.outOfRange(value, range.name(), range.toString());
        }
        return whole.longValue();
    }

    private static long round(IntegerRange range, double value) {
        // Truncation and the remainder are exact; adding 0.5 is not (0.49999999999999994, odd numbers from 2^52).
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        if (Math.abs(value - whole) >= 0.5) {
            whole += Math.signum(value);
        }
        if (!(whole >= -0x1p63 && whole < 0x1p63)) {
            throw ConversionErrors.outOfRange(value, range.name(), range.toString());
        }
        return (long) whole;
    }

    static double toDouble(Object value) {
        double result;
        if (value instanceof CharSequence text) {
            result = NumberText.parseDouble("DOUBLE", text.toString());
        } else if (value instanceof Boolean flag) {
            result = flag ? 1 : 0;
        } else if (value instanceof Float single) {
            result = single;
        } else {
            result = ((Number) value).doubleValue();
        }
        if (Double.isInfinite(result) && isFinite(value)) {
            throw ConversionErrors.outOfRange(value, "DOUBLE", "-1.8E308 to 1.8E308");
        }
        return result;
    }

    static float toFloat(Object value) {
        float result;
        if (value instanceof CharSequence text) {
            result = NumberText.parseFloat("FLOAT", text.toString());
        } else if (value instanceof Boolean flag) {
            result = flag ? 1 : 0;
        } else {
            result = ((Number) value).floatValue();
        }
        if (Float.isInfinite(result) && isFinite(value)) {
            throw ConversionErrors.outOfRange(value, "FLOAT", "-3.4E38 to 3.4E38");
        }
        return result;
    }

    private static boolean isFinite(Object value) {
        if (value instanceof CharSequence text) {
            return !NumberText.isSpecial(text.toString());
        }
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    /** The number with exactly the type's scale. */
    static BigDecimal toDecimal(DecimalType type, Object value) {
        BigDecimal number = toBigDecimal(type.sqlName(), value);
        if (digitsBeforePoint(number) > type.precision() - type.scale()) {
            throw outOfRange(type, value);
        }
        BigDecimal result = setScale(number, type.scale());
        if (result.precision() > type.precision()) {
            throw outOfRange(type, value);
        }
        return result;
    }

    /** The exact value; of a binary fraction, its shortest decimal form. */
    static BigDecimal toBigDecimal(String target, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw ConversionErrors.outOfRange(value, target, "finite numbers");
            }
            return new BigDecimal(value.toString());
        }
        return NumberText.parseDecimal(target, value.toString());
    }

    static BigInteger toBigInteger(Object value) {
        BigDecimal number = toBigDecimal("BigInteger", value);
        if (digitsBeforePoint(number) > MAX_BIG_INTEGER_DIGITS) {
            throw ConversionErrors.outOfRange(value, "BigInteger", "up to " + MAX_BIG_INTEGER_DIGITS + " digits");
        }
        return setScale(number, 0).unscaledValue();
    }

    /** Whether the number differs from zero; text by the words for truth values. */
    static boolean toBoolean(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof CharSequence text) {
            return BooleanText.parse(text.toString());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number)) {
                throw new KalamException(ErrorCode.INVALID_CAST, "Cannot convert NaN to BOOLEAN");
            }
            return number != 0;
        }
        return toBigDecimal("BOOLEAN", value).signum() != 0;
    }

    /** Digits before the point; 0 or less for a fraction with that many zeros behind the point. */
    private static long digitsBeforePoint(BigDecimal number) {
        return number.signum() == 0 ? 0 : (long) number.precision() - number.scale();
    }

    /** Rounds; of a number with an exponent of any size, in time that does not depend on the exponent. */
    private static BigDecimal setScale(BigDecimal number, int scale) {
        if (number.signum() == 0 || digitsBeforePoint(number) < -scale) {
            return BigDecimal.ZERO.setScale(scale);
        }
        return number.setScale(scale, RoundingMode.HALF_UP);
    }

    private static KalamException outOfRange(DecimalType type, Object value) {
        int digits = type.precision() - type.scale();
        return ConversionErrors.outOfRange(
                value, type.sqlName(), "up to " + digits + (digits == 1 ? " digit" : " digits") + " before the point");
    }
}
