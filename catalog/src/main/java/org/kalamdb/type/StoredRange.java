// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigInteger;

/**
 * The stored values of a type that are whole numbers, as {@link StoredValues} describes them. Immutable.
 *
 * @param least the least of them
 * @param greatest the greatest of them
 */
public record StoredRange(long least, long greatest) {
    /**
     * The range of SMALLINT, INT, BIGINT, DATE, TIME, TIMESTAMP, DATETIME, and of the unscaled values of DECIMAL of precision 18 or
     * less.
     *
     * @throws IllegalArgumentException for any other type
     */
    public static StoredRange of(KalamDataType type) {
        return switch (type.kind()) {
            case SMALLINT -> new StoredRange(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> new StoredRange(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> new StoredRange(Long.MIN_VALUE, Long.MAX_VALUE);
            case DATE -> new StoredRange(Datetimes.MIN_DAYS, Datetimes.MAX_DAYS);
            case TIME -> new StoredRange(0, Datetimes.MICROS_PER_DAY - 1);
            case TIMESTAMP, DATETIME -> new StoredRange(Datetimes.MIN_MICROS, Datetimes.MAX_MICROS);
            case DECIMAL -> ofDigits((DecimalType) type);
            case BOOLEAN, FLOAT, DOUBLE, TEXT, JSON, BYTES, UUID, EMBEDDING -> throw noWholeNumbers(type);
        };
    }

    private static StoredRange ofDigits(DecimalType type) {
        if (!type.fitsLong()) {
            throw noWholeNumbers(type);
        }
        long greatest = BigInteger.TEN.pow(type.precision()).longValueExact() - 1;
        return new StoredRange(-greatest, greatest);
    }

    private static IllegalArgumentException noWholeNumbers(KalamDataType type) {
        return new IllegalArgumentException("Not stored as whole numbers: " + type.sqlName());
    }

    /** Whether a value is one of them. */
    public boolean contains(long value) {
        return value >= least && value <= greatest;
    }
}
