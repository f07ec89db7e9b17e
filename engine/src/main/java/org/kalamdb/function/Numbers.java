// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Arithmetic that Calcite's runtime does not do as SQL wants it. Called by generated code. */
public final class Numbers {
    private Numbers() {}

    /** The order of comparisons: what is not a number is equal to itself and greater than all numbers; both zeros are equal. */
    public static int compare(double a, double b) {
        if (a == b) {
            return 0;
        }
        return a < b ? -1 : a > b ? 1 : Double.compare(a, b);
    }

    public static BigDecimal ofLong(long value) {
        return BigDecimal.valueOf(value);
    }

    public static BigDecimal ofDouble(double value) {
        if (!Double.isFinite(value)) {
            throw new KalamException(ErrorCode.NUMERIC_OUT_OF_RANGE, "Value " + value + " is out of range for DECIMAL");
        }
        return BigDecimal.valueOf(value);
    }

    public static BigDecimal add(BigDecimal a, BigDecimal b, int precision, int scale) {
        return fit(a.add(b), precision, scale);
    }

    public static BigDecimal subtract(BigDecimal a, BigDecimal b, int precision, int scale) {
        return fit(a.subtract(b), precision, scale);
    }

    public static BigDecimal multiply(BigDecimal a, BigDecimal b, int precision, int scale) {
        return fit(a.multiply(b), precision, scale);
    }

    /** The quotient, rounded half away from zero. */
    public static BigDecimal divide(BigDecimal a, BigDecimal b, int precision, int scale) {
        if (b.signum() == 0) {
            throw divisionByZero();
        }
        return fit(a.divide(b, scale, RoundingMode.HALF_UP), precision, scale);
    }

    public static double divideDouble(double a, double b) {
        if (b == 0) {
            throw divisionByZero();
        }
        return a / b;
    }

    public static float divideFloat(float a, float b) {
        if (b == 0) {
            throw divisionByZero();
        }
        return a / b;
    }

    /** -1, 0 or 1. */
    public static int sign(Object number) {
        return number instanceof BigDecimal decimal
                ? decimal.signum()
                : (int) Math.signum(((Number) number).doubleValue());
    }

    /** @param digits behind the point, or if negative in front of it that become 0 */
    public static BigDecimal roundDecimal(BigDecimal value, int digits, RoundingMode mode, int precision, int scale) {
        return fit(digits < value.scale() ? rounded(value, digits, mode) : value, precision, scale);
    }

    /** @param digits behind the point, or if negative in front of it that become 0 */
    public static double roundDouble(double value, int digits, RoundingMode mode) {
        return Double.isFinite(value)
                ? rounded(BigDecimal.valueOf(value), digits, mode).doubleValue()
                : value;
    }

    /** @param digits negative for digits in front of the point that become 0; others change nothing */
    public static long roundLong(long value, int digits, RoundingMode mode) {
        if (digits >= 0) {
            return value;
        }
        BigInteger rounded = rounded(BigDecimal.valueOf(value), digits, mode).toBigInteger();
        if (rounded.bitLength() > Long.SIZE - 1) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE, "Value " + rounded + " is out of range for BIGINT");
        }
        return rounded.longValue();
    }

    private static BigDecimal rounded(BigDecimal value, int digits, RoundingMode mode) {
        // Beyond its digits a value is not changed, or is 0; there is no need to write down so many zeros.
        int lowest = value.precision() - value.scale();
        if (digits >= value.scale()) {
            return value;
        }
        return digits < -lowest - 1 ? BigDecimal.ZERO : value.setScale(digits, mode);
    }

    public static int absoluteInt(int value) {
        return Math.absExact(value);
    }

    public static long absoluteLong(long value) {
        return Math.absExact(value);
    }

    /** {@code value} with exactly {@code scale} digits after the point, rounded half away from zero. */
    private static BigDecimal fit(BigDecimal value, int precision, int scale) {
        BigDecimal scaled = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (scaled.precision() > precision) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "Value " + scaled + " is out of range for DECIMAL(" + precision + ", " + scale + ")");
        }
        return scaled;
    }

    /** A day-time interval in microseconds, or a year-month interval in months, times a number. */
    public static long multiplyInterval(long interval, BigDecimal factor) {
        BigInteger product = BigDecimal.valueOf(interval)
                .multiply(factor)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        if (product.bitLength() > Long.SIZE - 1) {
            throw new KalamException(ErrorCode.NUMERIC_OUT_OF_RANGE, "Interval is out of range: " + product);
        }
        return product.longValue();
    }

    public static long divideInterval(long interval, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw divisionByZero();
        }
        return BigDecimal.valueOf(interval)
                .divide(divisor, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** An interval in units of {@code unit} microseconds or months, with up to six digits after the point. */
    public static BigDecimal intervalToDecimal(long interval, long unit) {
        return BigDecimal.valueOf(interval)
                .divide(BigDecimal.valueOf(unit), Datetimes.MAX_PRECISION, RoundingMode.HALF_UP);
    }

    private static KalamException divisionByZero() {
        return new KalamException(ErrorCode.DIVISION_BY_ZERO, "Division by zero");
    }
}
