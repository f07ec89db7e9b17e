// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.math.BigDecimal;
import org.kalamdb.function.Casts;

/** A DECIMAL as one of another precision and scale: rounded half away from zero, and an error if it does not fit. */
public final class DecimalCast extends Kernel {
    private final int precision;
    private final int scale;
    private final Kernel operand;
    private final DecimalLane result = new DecimalLane();

    /** @param operand of DECIMAL */
    public DecimalCast(int precision, int scale, Kernel operand) {
        this.precision = precision;
        this.scale = scale;
        this.operand = operand;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        DecimalLane source = (DecimalLane) operand.evaluate(batch, rows, count);
        if (source.isWide() || !rescale(source, batch.size(), rows, count)) {
            result.prepare(batch.size());
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                result.set(row, source.isNull(row) ? null : cast(source.decimal(row)));
            }
        }
        return result;
    }

    private BigDecimal cast(BigDecimal value) {
        return Casts.toDecimal(value, precision, scale);
    }

    /** Returns false, with nothing of use written, if a value does not fit or has to be rounded. */
    private boolean rescale(DecimalLane source, int size, int[] rows, int count) {
        int digits = scale - source.scale();
        int integerDigits = precision - scale;
        if (digits < 0 || digits > PowersOfTen.MAX_DIGITS || integerDigits < 0) {
            return false;
        }
        result.prepare(size, scale);
        result.shareNulls(source.nulls());
        long factor = PowersOfTen.of(digits);
        long limit = precision > PowersOfTen.MAX_DIGITS ? Long.MAX_VALUE : PowersOfTen.of(precision);
        long[] from = source.unscaled();
        long[] to = result.unscaled();
        boolean fit = true;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long product = from[row] * factor;
            fit &= source.isNull(row)
                    || Math.multiplyHigh(from[row], factor) == product >> 63 && product < limit && product > -limit;
            to[row] = product;
        }
        return fit;
    }
}
