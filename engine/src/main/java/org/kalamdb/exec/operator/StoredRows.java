// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;

/** Rows in memory as batches, whose columns are copied when they are asked for. Confined to one thread. */
final class StoredRows implements Operator {
    private final RowStore rows;
    /** The numbers of the rows, in the order in which they are answered; null if these are the places themselves. */
    private final int @Nullable [] order;

    private final int end;
    private final Batch batch;
    private int next;

    private StoredRows(RowStore rows, int @Nullable [] order, int start, int end) {
        this.rows = rows;
        this.order = order;
        this.next = start;
        this.end = end;
        this.batch = new Batch(rows.types());
    }

    /** Rows in an order. @param order row numbers, of which those from {@code start} to before {@code end} are answered */
    static StoredRows ordered(RowStore rows, int[] order, int start, int end) {
        return new StoredRows(rows, order, start, end);
    }

    /** All rows, as they came. */
    static StoredRows all(RowStore rows) {
        return range(rows, 0, rows.size());
    }

    /** Those from one row to before another, as they came. */
    static StoredRows range(RowStore rows, int start, int end) {
        return new StoredRows(rows, null, start, end);
    }

    private final class Batch extends RowBatch {
        private final Lane[] lanes;
        private final boolean[] gathered;
        private final int[] numbers = new int[Rows.BATCH_SIZE];

        Batch(List<LaneType> types) {
            this.lanes = Lane.ofEach(types);
            this.gathered = new boolean[lanes.length];
        }

        Batch begin(int count) {
            for (int i = 0; i < count; i++) {
                numbers[i] = order == null ? next + i : order[next + i];
            }
            Arrays.fill(gathered, false);
            reset(count);
            return this;
        }

        @Override
        public Lane lane(int column) {
            Lane lane = lanes[column];
            if (!gathered[column]) {
                gathered[column] = true;
                lane.gather(rows.lane(column), numbers, size());
            }
            return lane;
        }
    }

    @Override
    public @Nullable RowBatch next() {
        int count = Math.min(Rows.BATCH_SIZE, end - next);
        if (count <= 0) {
            return null;
        }
        batch.begin(count);
        next += count;
        return batch;
    }

    @Override
    public void close() {
        // The rows belong to somebody else.
    }
}
