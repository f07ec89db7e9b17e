// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link BooleanVector}. Confined to one thread. */
public final class BooleanVectorBuilder extends VectorBuilder {
    private byte[] values;

    BooleanVectorBuilder(int capacity) {
        super(KalamDataType.BOOLEAN, capacity);
        values = new byte[capacity];
    }

    /** Appends a value that is not NULL. */
    public void append(boolean value) {
        int row = nextRow();
        values[row] = (byte) (value ? 1 : 0);
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
        append((boolean) storedValue);
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new BooleanVector(type(), size(), values, nullBits);
    }
}
