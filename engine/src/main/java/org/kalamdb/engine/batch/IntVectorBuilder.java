// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link IntVector}. Confined to one thread. */
public final class IntVectorBuilder extends VectorBuilder {
    private int[] values;

    IntVectorBuilder(KalamDataType type, int capacity) {
        super(type, capacity);
        values = new int[capacity];
    }

    /** Appends a value that is not NULL. */
    public void append(int value) {
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
        append((int) storedValue);
    }

    @Override
    void appendFrom(ColumnVector source, int row) {
        append(source.getInt(row));
    }

    @Override
    void appendAll(ColumnVector source, int[] rows, int from, int to) {
        if (!(source instanceof IntVector ints)) {
            super.appendAll(source, rows, from, to);
            return;
        }
        int[] all = ints.values();
        for (int i = from; i < to; i++) {
            append(all[rows[i]]);
        }
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new IntVector(type(), size(), values, nullBits);
    }
}
