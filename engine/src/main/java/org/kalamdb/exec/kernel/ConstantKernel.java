// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The same value in every row. */
public final class ConstantKernel extends Kernel {
    private final Lane lane;
    private final @Nullable Object value;
    private int filled;

    /** @param value an internal value, null for NULL */
    public ConstantKernel(LaneType type, @Nullable Object value) {
        this.lane = Lane.of(type);
        this.value = value;
    }

    /** The same number with more digits behind the point, if it is a decimal that has fewer. */
    ConstantKernel withScale(int scale) {
        return value instanceof BigDecimal decimal
                        && decimal.scale() < scale
                        && decimal.precision() - decimal.scale() + scale <= PowersOfTen.MAX_DIGITS
                ? new ConstantKernel(lane.type(), decimal.setScale(scale))
                : this;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        if (filled < batch.size()) {
            Lane one = Lane.of(lane.type());
            one.prepare(1);
            one.set(0, value);
            int[] first = new int[batch.size()];
            lane.gather(one, first, first.length);
            filled = first.length;
            if (lane instanceof DecimalLane decimals) {
                decimals.rememberBitWidth(filled);
            }
        }
        return lane;
    }
}
