// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A column of INT or DATE. Confined to one thread. */
public final class IntVector extends ColumnVector {
    private final int[] values;

    /** @param values owned by this vector from now on */
    public IntVector(KalamDataType type, int size, int[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public int[] values() {
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
