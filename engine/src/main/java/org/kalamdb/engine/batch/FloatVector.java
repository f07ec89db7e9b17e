// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A column of FLOAT. Confined to one thread. */
public final class FloatVector extends ColumnVector {
    private final float[] values;

    /** @param values owned by this vector from now on */
    public FloatVector(KalamDataType type, int size, float[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public float[] values() {
        return values;
    }

    @Override
    public float getFloat(int row) {
        return values[row];
    }

    @Override
    public double getDouble(int row) {
        return values[row];
    }

    @Override
    Object nonNullValue(int row) {
        return values[row];
    }
}
