// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Exact numbers with a fixed number of fractional digits. Immutable.
 *
 * @param precision number of decimal digits, 1 to {@value #MAX_PRECISION}
 * @param scale digits after the point, 0 to {@code precision}
 */
public record DecimalType(int precision, int scale) implements KalamDataType {
    public static final int MAX_PRECISION = 38;
    /** Largest precision whose unscaled value always fits a long. */
    public static final int MAX_LONG_PRECISION = 18;

    public DecimalType {
        if (precision < 1 || precision > MAX_PRECISION) {
            throw new KalamException(
                    ErrorCode.INVALID_TYPE,
                    "Invalid DECIMAL precision: must be between 1 and " + MAX_PRECISION + ", got: " + precision);
        }
        if (scale < 0 || scale > precision) {
            throw new KalamException(
                    ErrorCode.INVALID_TYPE,
                    "Invalid DECIMAL scale: must be between 0 and the precision " + precision + ", got: " + scale);
        }
    }

    /** Whether there is a DECIMAL of this precision and scale. */
    public static boolean isValid(int precision, int scale) {
        return precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision;
    }

    /** Whether every unscaled value fits a long. */
    public boolean fitsLong() {
        return precision <= MAX_LONG_PRECISION;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.DECIMAL;
    }

    @Override
    public String sqlName() {
        return "DECIMAL(" + precision + ", " + scale + ")";
    }

    @Override
    public String toString() {
        return sqlName();
    }
}
