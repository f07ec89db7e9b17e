// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** LIKE with a pattern that is the same in all rows. */
public final class LikeKernel extends Kernel {
    private static final int BYTES_PER_CHECK = 1 << 20;

    private final Kernel operand;
    private final Run run;
    private final LikePattern pattern;
    private final LongLane result = new LongLane(LaneType.BOOLEAN);

    /** @param operand of TEXT */
    public LikeKernel(Kernel operand, LikePattern pattern, Run run) {
        this.run = run;
        this.operand = operand;
        this.pattern = pattern;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        BytesLane lane = (BytesLane) operand.evaluate(batch, rows, count);
        result.prepare(batch.size());
        result.shareNulls(lane.nulls());
        byte[] data = lane.data();
        int[] starts = lane.starts();
        int[] ends = lane.ends();
        long[] values = result.values();
        long unchecked = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            unchecked += ends[row] - starts[row];
            if (unchecked > BYTES_PER_CHECK) {
                run.checkCancelled();
                unchecked = 0;
            }
            values[row] = !lane.isNull(row) && pattern.matches(data, starts[row], ends[row]) ? 1 : 0;
        }
        return result;
    }
}
