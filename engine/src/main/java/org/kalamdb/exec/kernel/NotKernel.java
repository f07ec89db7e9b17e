// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** NOT; unknown stays unknown. */
public final class NotKernel extends Kernel {
    private final Kernel operand;
    private final LongLane result = new LongLane(LaneType.BOOLEAN);

    public NotKernel(Kernel operand) {
        this.operand = operand;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        LongLane lane = (LongLane) operand.evaluate(batch, rows, count);
        result.prepare(batch.size());
        result.shareNulls(lane.nulls());
        long[] from = lane.values();
        long[] values = result.values();
        for (int i = 0; i < count; i++) {
            values[rows[i]] = from[rows[i]] ^ 1;
        }
        return result;
    }
}
