// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/** A column of BIGINT, TIME, TIMESTAMP, DATETIME or DECIMAL of precision 18 or less. Confined to one thread. */
public final class LongVector extends ColumnVector {
    private static final int UNKNOWN = -1;

    private final long[] values;
    /** Found out at the first need; threads may do so at the same time, as all of them find the same. */
    private int bitWidth = UNKNOWN;

    /** @param values owned by this vector from now on */
    public LongVector(KalamDataType type, int size, long[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public long[] values() {
        return values;
    }

    /** A number {@code n}, from 0 to 63, so that all values lie from {@code -2^n} on and below {@code 2^n}. */
    public int bitWidth() {
        int known = bitWidth;
        if (known == UNKNOWN) {
            long bits = 0;
            for (int row = 0; row < size(); row++) {
                // Where the bits of a number are no longer all those of its sign, it differs from its double.
                bits |= values[row] ^ values[row] << 1;
            }
            known = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(bits));
            bitWidth = known;
        }
        return known;
    }

    @Override
    public long getLong(int row) {
        return values[row];
    }

    @Override
    public BigDecimal getDecimal(int row) {
        if (type() instanceof DecimalType decimal) {
            return BigDecimal.valueOf(values[row], decimal.scale());
        }
        return super.getDecimal(row);
    }

    @Override
    Object nonNullValue(int row) {
        if (type() instanceof DecimalType decimal) {
            return BigDecimal.valueOf(values[row], decimal.scale());
        }
        return values[row];
    }
}
