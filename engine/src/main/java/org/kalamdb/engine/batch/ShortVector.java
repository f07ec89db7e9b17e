// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A column of SMALLINT. Confined to one thread. */
public final class ShortVector extends ColumnVector {
    private final short[] values;

    /** @param values owned by this vector from now on */
    public ShortVector(KalamDataType type, int size, short[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public short[] values() {
        return values;
    }

    @Override
    public int getInt(int row) {
        return values[row];
    }

    @Override
    public long getLong(int row) {
        return values[row];
    }

    @Override
    Object nonNullValue(int row) {
        return values[row];
    }
}
