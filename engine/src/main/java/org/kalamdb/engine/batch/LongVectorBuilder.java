// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/** Fills a {@link LongVector}. Confined to one thread. */
public final class LongVectorBuilder extends VectorBuilder {
    private long[] values;

    LongVectorBuilder(KalamDataType type, int capacity) {
        super(type, capacity);
        values = new long[capacity];
    }

    /** Appends a value that is not NULL; the unscaled value for a DECIMAL. */
    public void append(long value) {
        int row = nextRow();
        values[row] = value;
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    void fillNull(int row) {
        values[row] = 0;
    }

    @Override
    void appendNonNull(Object storedValue) {
        if (type().kind() == TypeKind.DECIMAL) {
            append(((BigDecimal) storedValue).unscaledValue().longValueExact());
        } else {
            append((long) storedValue);
        }
    }

    @Override
    void appendFrom(ColumnVector source, int row) {
        append(source.getLong(row));
    }

    @Override
    void appendAll(ColumnVector source, int[] rows, int from, int to) {
        if (!(source instanceof LongVector longs)) {
            super.appendAll(source, rows, from, to);
            return;
        }
        long[] all = longs.values();
        for (int i = from; i < to; i++) {
            append(all[rows[i]]);
        }
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new LongVector(type(), size(), values, nullBits);
    }
}
