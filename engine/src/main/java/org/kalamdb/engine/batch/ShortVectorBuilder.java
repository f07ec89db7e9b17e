// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link ShortVector}. Confined to one thread. */
public final class ShortVectorBuilder extends VectorBuilder {
    private short[] values;

    ShortVectorBuilder(int capacity) {
        super(KalamDataType.SMALLINT, capacity);
        values = new short[capacity];
    }

    /** Appends a value that is not NULL. */
    public void append(short value) {
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
        append((short) storedValue);
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new ShortVector(type(), size(), values, nullBits);
    }
}
