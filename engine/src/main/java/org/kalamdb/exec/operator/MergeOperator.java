// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** The rows of inputs that are in order, in order; of equal rows those of earlier inputs come first. */
final class MergeOperator implements Operator {
    private final List<SortKey> keys;
    private final Run run;
    private final List<Head> heads;
    /** Numbers of the inputs that have a row, as a heap by these rows: the first is that of the least one. */
    private final int[] heap;

    private final Lane[] lanes;
    private final LaneBatch output;
    private int[] taken = new int[Rows.BATCH_SIZE];
    private int heapSize;
    private boolean begun;

    MergeOperator(List<Operator> inputs, List<LaneType> types, List<SortKey> keys, Run run) {
        this.keys = keys;
        this.run = run;
        this.heads = inputs.stream().map(Head::new).toList();
        this.heap = new int[inputs.size()];
        this.lanes = Lane.ofEach(types);
        this.output = new LaneBatch(lanes);
    }

    /** The next row of an input. */
    private final class Head {
        private final Operator input;
        private @Nullable RowBatch batch;
        private Lane[] keyLanes = {};
        private int[] rows = {};
        private int place;
        private int count;
        private long prefix;

        Head(Operator input) {
            this.input = input;
        }

        /** Returns false at the end of the batch. */
        boolean advance() {
            place++;
            return place < count && look();
        }

        private boolean look() {
            prefix = RowSorter.prefix(keys.get(0), keyLanes[0], rows[place]);
            return true;
        }

        /** Goes to the first row of the next batch; false at the end of the input. */
        boolean read() {
            RowBatch more = input.next();
            batch = more;
            if (more == null) {
                return false;
            }
            rows = more.rows();
            count = more.count();
            place = 0;
            keyLanes = new Lane[keys.size()];
            for (int k = 0; k < keyLanes.length; k++) {
                keyLanes[k] = more.lane(keys.get(k).column());
            }
            return look();
        }
    }

    @Override
    public @Nullable RowBatch next() {
        run.checkCancelled();
        if (!begun) {
            begun = true;
            for (int i = 0; i < heads.size(); i++) {
                if (heads.get(i).read()) {
                    push(i);
                }
            }
        }
        for (Lane lane : lanes) {
            lane.prepare(Rows.BATCH_SIZE);
        }
        int size = 0;
        while (size < Rows.BATCH_SIZE && heapSize > 0) {
            size += take(size);
        }
        return size == 0 ? null : output.begin(size);
    }

    /** Takes the next row, and those of the same input that come right behind it. @return how many */
    private int take(int at) {
        int number = heap[0];
        Head head = heads.get(number);
        RowBatch batch = java.util.Objects.requireNonNull(head.batch);
        int count = 0;
        boolean more = true;
        do {
            taken[count++] = head.rows[head.place];
            more = head.advance();
        } while (more && at + count < Rows.BATCH_SIZE && staysFirst(number));
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].append(batch.lane(i), taken, count, at);
        }
        if (more || head.read()) {
            sink(0, number);
        } else {
            heapSize--;
            if (heapSize > 0) {
                sink(0, heap[heapSize]);
            }
        }
        return count;
    }

    private boolean staysFirst(int number) {
        return (heapSize < 2 || isBefore(number, heap[1])) && (heapSize < 3 || isBefore(number, heap[2]));
    }

    private void push(int number) {
        int at = heapSize++;
        while (at > 0 && isBefore(number, heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = number;
    }

    private void sink(int from, int number) {
        int at = from;
        for (int child = 2 * at + 1; child < heapSize; child = 2 * at + 1) {
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], number)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = number;
    }

    private boolean isBefore(int a, int b) {
        Head left = heads.get(a);
        Head right = heads.get(b);
        if (left.prefix != right.prefix) {
            return left.prefix < right.prefix;
        }
        for (int k = 0; k < keys.size(); k++) {
            int order = RowSorter.compare(
                    keys.get(k), left.keyLanes[k], left.rows[left.place], right.keyLanes[k], right.rows[right.place]);
            if (order != 0) {
                return order < 0;
            }
        }
        return a < b;
    }

    @Override
    public void close() {
        Closing.all(heads.stream().map(head -> head.input).toList());
    }
}
