// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A column of BOOLEAN, one byte a row, 0 or 1. Confined to one thread. */
public final class BooleanVector extends ColumnVector {
    private final byte[] values;

    /** @param values owned by this vector from now on */
    public BooleanVector(KalamDataType type, int size, byte[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public byte[] values() {
        return values;
    }

    @Override
    public boolean getBoolean(int row) {
        return values[row] != 0;
    }

    @Override
    Object nonNullValue(int row) {
        return values[row] != 0;
    }
}
