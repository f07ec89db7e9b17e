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
import org.kalamdb.exec.kernel.Run;

/** The rows of its input in order, equal ones as they came, or some of the first of them. */
public final class SortOperator implements Operator {
    private final Operator input;
    private final List<SortKey> keys;
    private final long offset;
    private final long limit;
    private final Run run;
    private final Lane[] output;
    private final LaneBatch batch;
    private final FirstRows first;
    private int @Nullable [] order;
    private int next;
    private int end;

    /**
     * @param keys at least one
     * @param offset how many rows to leave out
     * @param fetch how many rows to answer behind them
     */
    public SortOperator(Operator input, List<LaneType> types, List<SortKey> keys, long offset, long fetch, Run run) {
        this.input = input;
        this.keys = keys;
        this.offset = offset;
        this.limit = fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
        this.run = run;
        this.output = types.stream().map(Lane::of).toArray(Lane[]::new);
        this.batch = new LaneBatch(output);
        this.first = new FirstRows(new RowStore(types));
    }

    @Override
    public @Nullable RowBatch next() {
        run.checkCancelled();
        int[] sorted = order;
        if (sorted == null) {
            sorted = read();
            order = sorted;
        }
        int count = Math.min(Rows.BATCH_SIZE, end - next);
        if (count <= 0) {
            return null;
        }
        int[] rows = Arrays.copyOfRange(sorted, next, next + count);
        for (int i = 0; i < output.length; i++) {
            output[i].gather(first.rows.lane(i), rows, count);
        }
        next += count;
        return batch.begin(count);
    }

    private int[] read() {
        if (limit == 0) {
            return new int[0];
        }
        for (RowBatch rows = input.next(); rows != null; rows = input.next()) {
            first.add(rows);
        }
        int[] sorted = new RowSorter(keys, first.rows).sorted();
        end = (int) Math.min(limit, sorted.length);
        next = (int) Math.min(offset, end);
        return sorted;
    }

    @Override
    public void close() {
        input.close();
    }

    /** The rows so far that may be among the first; sorted, and all but the first left out, whenever twice as many are held. */
    private final class FirstRows {
        /** Sorting fewer at a time would sort too often. */
        private static final int MIN_CAPACITY = 4 * Rows.BATCH_SIZE;

        private final long capacity = limit > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : Math.max(MIN_CAPACITY, 2 * limit);
        private RowStore rows;
        private int last = -1;
        private int[] candidates = {};

        FirstRows(RowStore rows) {
            this.rows = rows;
        }

        void add(RowBatch added) {
            if (last < 0) {
                rows.add(added, added.rows(), added.count());
            } else {
                if (candidates.length < added.count()) {
                    candidates = new int[added.size()];
                }
                rows.add(added, candidates, beforeLast(added));
            }
            if (rows.size() >= capacity) {
                int count = (int) limit;
                rows = rows.copy(new RowSorter(keys, rows).sorted(), count);
                last = count - 1;
            }
        }

        /** Of rows that are equal to the last one, that which came first stays. */
        private int beforeLast(RowBatch added) {
            Lane[] lanes = new Lane[keys.size()];
            for (int k = 0; k < lanes.length; k++) {
                lanes[k] = added.lane(keys.get(k).column());
            }
            int found = 0;
            for (int i = 0; i < added.count(); i++) {
                int row = added.rows()[i];
                candidates[found] = row;
                found += isBeforeLast(lanes, row) ? 1 : 0;
            }
            return found;
        }

        private boolean isBeforeLast(Lane[] lanes, int row) {
            for (int k = 0; k < lanes.length; k++) {
                SortKey key = keys.get(k);
                int order = RowSorter.compare(key, lanes[k], row, rows.lane(key.column()), last);
                if (order != 0) {
                    return order < 0;
                }
            }
            return false;
        }
    }
}
