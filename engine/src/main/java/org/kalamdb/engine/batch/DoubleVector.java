// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A column of DOUBLE. Confined to one thread. */
public final class DoubleVector extends ColumnVector {
    private final double[] values;

    /** @param values owned by this vector from now on */
    public DoubleVector(KalamDataType type, int size, double[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public double[] values() {
        return values;
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
