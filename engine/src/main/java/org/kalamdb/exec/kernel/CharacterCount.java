// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** The number of characters of a text: of the bytes of UTF-8 that begin one. */
public final class CharacterCount extends Kernel {
    private static final int LEADING_BITS = 0xC0;
    /** The leading bits of each byte of a character but the first. */
    private static final int CONTINUATION = 0x80;

    private final Kernel operand;
    private final LongLane result = new LongLane(LaneType.INT);

    /** @param operand of TEXT */
    public CharacterCount(Kernel operand) {
        this.operand = operand;
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
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int characters = 0;
            for (int at = starts[row]; at < ends[row]; at++) {
                characters += (data[at] & LEADING_BITS) != CONTINUATION ? 1 : 0;
            }
            values[row] = characters;
        }
        return result;
    }
}
