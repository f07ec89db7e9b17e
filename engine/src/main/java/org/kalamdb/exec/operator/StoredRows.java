// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;

/** Rows in memory as batches, in an order. Confined to one thread. */
final class StoredRows implements Operator {
    private final RowStore rows;
    private final int[] order;
    private final int end;
    private final Lane[] lanes;
    private final LaneBatch batch;
    private int next;

    /** @param order row numbers, of which those from {@code start} to before {@code end} are answered */
    StoredRows(RowStore rows, int[] order, int start, int end) {
        this.rows = rows;
        this.order = order;
        this.next = start;
        this.end = end;
        List<LaneType> types = rows.types();
        this.lanes = Lane.ofEach(types);
        this.batch = new LaneBatch(lanes);
    }

    /** All rows, as they came. */
    static StoredRows all(RowStore rows) {
        return new StoredRows(rows, Rows.all(rows.size()), 0, rows.size());
    }

    /** Those from one row to before another, as they came. */
    static StoredRows range(RowStore rows, int start, int end) {
        int[] numbers = new int[end - start];
        Arrays.setAll(numbers, i -> start + i);
        return new StoredRows(rows, numbers, 0, numbers.length);
    }

    @Override
    public @Nullable RowBatch next() {
        int count = Math.min(Rows.BATCH_SIZE, end - next);
        if (count <= 0) {
            return null;
        }
        int[] numbers = Arrays.copyOfRange(order, next, next + count);
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].gather(rows.lane(i), numbers, count);
        }
        next += count;
        return batch.begin(count);
    }

    @Override
    public void close() {
        // The rows belong to somebody else.
    }
}
