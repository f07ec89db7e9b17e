// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;
import org.kalamdb.function.Characters;

/** SUBSTRING of TEXT, as {@link Characters} says it: the result is a part of the same array of bytes. */
public final class SubstringKernel extends Kernel {
    private static final int LEADING_BITS = 0xC0;
    /** The leading bits of each byte of a character but the first. */
    private static final int CONTINUATION = 0x80;

    private final Kernel text;
    private final Kernel from;
    private final @Nullable Kernel length;
    private final BytesLane result = new BytesLane(LaneType.TEXT);

    /**
     * @param text of TEXT
     * @param from of BIGINT, the place of the first character, counted from 1
     * @param length of BIGINT, how many characters, or null for all up to the end
     */
    public SubstringKernel(Kernel text, Kernel from, @Nullable Kernel length) {
        this.text = text;
        this.from = from;
        this.length = length;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        BytesLane texts = (BytesLane) text.evaluate(batch, rows, count);
        LongLane places = (LongLane) from.evaluate(batch, rows, count);
        LongLane lengths = length == null ? null : (LongLane) length.evaluate(batch, rows, count);
        byte[] data = texts.data();
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        result.share(data, batch.size());
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (texts.isNull(row) || places.isNull(row) || lengths != null && lengths.isNull(row)) {
                result.setNull(row);
                continue;
            }
            long first = places.values()[row];
            long end = lengths == null ? Long.MAX_VALUE : Characters.endOfSubstring(first, lengths.values()[row]);
            long begin = Math.max(first, 1);
            int start = behind(data, starts[row], ends[row], begin - 1);
            result.starts()[row] = start;
            result.ends()[row] = end <= begin ? start : behind(data, start, ends[row], end - begin);
        }
        return result;
    }

    /** Where the first characters end, or the text does. */
    private static int behind(byte[] data, int start, int end, long characters) {
        int at = start;
        for (long i = 0; i < characters && at < end; i++) {
            at++;
            while (at < end && (data[at] & LEADING_BITS) == CONTINUATION) {
                at++;
            }
        }
        return at;
    }
}
