// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/** A column of BIGINT, TIME, TIMESTAMP, DATETIME or DECIMAL of precision 18 or less. Confined to one thread. */
public final class LongVector extends ColumnVector {
    private final long[] values;

    /** @param values owned by this vector from now on */
    public LongVector(KalamDataType type, int size, long[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.values = values;
    }

    /** The array behind the vector; read only. */
    public long[] values() {
        return values;
    }

    @Override
    public long getLong(int row) {
        return values[row];
    }

    @Override
    public BigDecimal getDecimal(int row) {
        if (type() instanceof DecimalType decimal) {
            return BigDecimal.valueOf(values[row], decimal.scale());
        }
        return super.getDecimal(row);
    }

    @Override
    Object nonNullValue(int row) {
        if (type() instanceof DecimalType decimal) {
            return BigDecimal.valueOf(values[row], decimal.scale());
        }
        return values[row];
    }
}
