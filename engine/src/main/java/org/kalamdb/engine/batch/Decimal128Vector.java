// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;

/** A column of DECIMAL of precision 19 or more: the unscaled value as two longs a row. Confined to one thread. */
public final class Decimal128Vector extends ColumnVector {
    private final DecimalType decimal;
    private final long[] high;
    private final long[] low;

    public Decimal128Vector(DecimalType type, int size, long[] high, long[] low, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.decimal = type;
        this.high = high;
        this.low = low;
    }

    /** The upper halves of the values; read only. */
    public long[] high() {
        return high;
    }

    /** The lower halves of the values; read only. */
    public long[] low() {
        return low;
    }

    @Override
    public BigDecimal getDecimal(int row) {
        if (high[row] == low[row] >> 63) {
            return BigDecimal.valueOf(low[row], decimal.scale());
        }
        byte[] bytes =
                ByteBuffer.allocate(16).putLong(high[row]).putLong(low[row]).array();
        return new BigDecimal(new BigInteger(bytes), decimal.scale());
    }

    @Override
    Object nonNullValue(int row) {
        return getDecimal(row);
    }
}
