// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link UuidVector}. Confined to one thread. */
public final class UuidVectorBuilder extends VectorBuilder {
    private long[] high;
    private long[] low;

    UuidVectorBuilder(int capacity) {
        super(KalamDataType.UUID, capacity);
        high = new long[capacity];
        low = new long[capacity];
    }

    /** Appends a UUID by its most and least significant 64 bits. */
    public void append(long mostSignificantBits, long leastSignificantBits) {
        int row = nextRow();
        high[row] = mostSignificantBits;
        low[row] = leastSignificantBits;
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
        UUID uuid = (UUID) storedValue;
        append(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new UuidVector(size(), high, low, nullBits);
    }
}
