// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** Each row of its input as often as two counts behind its columns say together. */
public final class RepeatOperator implements Operator {
    private final Operator input;
    private final Copies copies;
    private final Run run;
    private final Lane[] output;
    private final LaneBatch outputBatch;
    private final int[] numbers = new int[Rows.BATCH_SIZE];
    private @Nullable RowBatch batch;
    private int place;
    /** How many copies of the row at the place are still to come, or -1 if it was not looked at yet. */
    private long remaining = -1;

    /** How many copies of a row there are of its counts among two sets of rows. */
    public interface Copies {
        long of(long left, long right);
    }

    /** @param types of the columns without the counts */
    public RepeatOperator(Operator input, List<LaneType> types, Copies copies, Run run) {
        this.input = input;
        this.copies = copies;
        this.run = run;
        this.output = Lane.ofEach(types);
        this.outputBatch = new LaneBatch(output);
    }

    @Override
    public @Nullable RowBatch next() {
        while (true) {
            run.checkCancelled();
            RowBatch current = batch;
            int count = current == null ? 0 : number(current);
            if (current != null && count > 0) {
                for (int i = 0; i < output.length; i++) {
                    output[i].gather(current.lane(i), numbers, count);
                }
                return outputBatch.begin(count);
            }
            batch = input.next();
            place = 0;
            if (batch == null) {
                return null;
            }
        }
    }

    /** Writes the numbers of the next rows to answer. @return how many */
    private int number(RowBatch current) {
        long[] left = ((LongLane) current.lane(output.length)).values();
        long[] right = ((LongLane) current.lane(output.length + 1)).values();
        int count = 0;
        while (place < current.count() && count < numbers.length) {
            int row = current.rows()[place];
            if (remaining < 0) {
                remaining = Math.max(0, copies.of(left[row], right[row]));
            }
            while (remaining > 0 && count < numbers.length) {
                numbers[count++] = row;
                remaining--;
            }
            if (remaining == 0) {
                remaining = -1;
                place++;
            }
        }
        return count;
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public void close() {
        input.close();
    }
}
