// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link DoubleVector}. Confined to one thread. */
public final class DoubleVectorBuilder extends VectorBuilder {
    private double[] values;

    DoubleVectorBuilder(int capacity) {
        super(KalamDataType.DOUBLE, capacity);
        values = new double[capacity];
    }

    /** Appends a value that is not NULL. */
    public void append(double value) {
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
        append((double) storedValue);
    }

    @Override
    void appendFrom(ColumnVector source, int row) {
        append(source.getDouble(row));
    }

    @Override
    void appendAll(ColumnVector source, int[] rows, int from, int to) {
        double[] all = ((DoubleVector) source).values();
        for (int i = from; i < to; i++) {
            append(all[rows[i]]);
        }
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new DoubleVector(type(), size(), values, nullBits);
    }
}
