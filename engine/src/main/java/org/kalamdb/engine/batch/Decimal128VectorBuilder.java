// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;

/** Fills a {@link Decimal128Vector}. Confined to one thread. */
public final class Decimal128VectorBuilder extends VectorBuilder {
    private final DecimalType decimal;
    private long[] high;
    private long[] low;

    Decimal128VectorBuilder(DecimalType type, int capacity) {
        super(type, capacity);
        this.decimal = type;
        high = new long[capacity];
        low = new long[capacity];
    }

    /** Appends an unscaled value as a 128-bit two's complement number. */
    public void append(long highBits, long lowBits) {
        int row = nextRow();
        high[row] = highBits;
        low[row] = lowBits;
    }

    @Override
    void grow(int newCapacity) {
        high = Arrays.copyOf(high, newCapacity);
        low = Arrays.copyOf(low, newCapacity);
    }

    @Override
    void fillNull(int row) {
        high[row] = 0;
        low[row] = 0;
    }

    @Override
    void appendNonNull(Object storedValue) {
        BigInteger unscaled = ((BigDecimal) storedValue).unscaledValue();
        append(unscaled.shiftRight(Long.SIZE).longValueExact(), unscaled.longValue());
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new Decimal128Vector(decimal, size(), high, low, nullBits);
    }
}
