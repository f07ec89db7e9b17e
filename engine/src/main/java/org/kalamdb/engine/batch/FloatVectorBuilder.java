// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link FloatVector}. Confined to one thread. */
public final class FloatVectorBuilder extends VectorBuilder {
    private float[] values;

    FloatVectorBuilder(int capacity) {
        super(KalamDataType.FLOAT, capacity);
        values = new float[capacity];
    }

    /** Appends a value that is not NULL. */
    public void append(float value) {
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
        append((float) storedValue);
    }

    @Override
    void appendFrom(ColumnVector source, int row) {
        append(source.getFloat(row));
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new FloatVector(type(), size(), values, nullBits);
    }
}
