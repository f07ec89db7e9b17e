// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A column of UUID: two longs a row. Confined to one thread. */
public final class UuidVector extends ColumnVector {
    private final long[] high;
    private final long[] low;

    public UuidVector(int size, long[] high, long[] low, long @Nullable [] nulls) {
        super(KalamDataType.UUID, size, nulls);
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
    public UUID getUuid(int row) {
        return new UUID(high[row], low[row]);
    }

    @Override
    Object nonNullValue(int row) {
        return getUuid(row);
    }
}
