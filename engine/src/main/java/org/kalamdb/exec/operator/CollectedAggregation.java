// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.BytesLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * An aggregate whose accumulators need many values of a group at once. Values are kept as rows, sorted by group, in memory or
 * in files; in the end the accumulator of one group after the other is given its rows.
 */
final class CollectedAggregation implements Aggregation {
    /** Of a value that an accumulator holds, by estimate. */
    private static final int OBJECT_BYTES = 64;

    private static final int ROWS_PER_RESIZE = 256;

    private final Definition definition;
    private final Set<Integer> groupedBy;
    private final Run run;
    private final List<LaneType> types;
    private final List<SortKey> keys;
    private final SortBuffer values;
    private final MemoryAccount account;
    /** The number of the group, and the arguments. */
    private final Lane[] lanes;

    private final LongLane groupLane = new LongLane(LaneType.BIGINT);
    /** How many rows without NULL each group has. */
    private long[] counts = {};

    private @Nullable Operator sorted;
    private @Nullable RowBatch batch;
    private int place;

    /**
     * What is collected, and what is made of it. Immutable.
     *
     * @param types of the arguments
     * @param order of the rows of a group, as a column of the arguments; null for as they come
     * @param accumulators makes what aggregates a group, given the columns that rows are grouped by and the number of rows
     *     without NULL
     * @param columns the arguments
     */
    record Definition(
            List<LaneType> types,
            @Nullable SortKey order,
            BiFunction<Set<Integer>, Long, Accumulator> accumulators,
            List<Integer> columns) {
        /** Of the number of the group and the arguments behind it. @param oneGroup whether there is no other */
        private List<SortKey> keys(boolean oneGroup) {
            List<SortKey> keys = new ArrayList<>();
            if (!oneGroup || order == null) {
                keys.add(new SortKey(0, false, false));
            }
            if (order != null) {
                keys.add(new SortKey(order.column() + 1, order.descending(), order.nullsFirst()));
            }
            return List.copyOf(keys);
        }
    }

    /** @param groupedBy columns that rows are grouped by; if there are none, all are of one group */
    CollectedAggregation(Definition definition, Set<Integer> groupedBy, Run run) {
        this.definition = definition;
        this.groupedBy = groupedBy;
        this.run = run;
        this.keys = definition.keys(groupedBy.isEmpty());
        List<LaneType> all = new ArrayList<>(List.of(LaneType.BIGINT));
        all.addAll(definition.types);
        this.types = List.copyOf(all);
        this.values = new SortBuffer(types, keys, Long.MAX_VALUE, run);
        this.account = run.resources().openAccount();
        this.lanes = new Lane[types.size()];
        this.lanes[0] = groupLane;
    }

    @Override
    public void reserve(int groupCount) {
        if (counts.length < groupCount) {
            counts = Arrays.copyOf(counts, Math.max(groupCount, 2 * counts.length));
        }
    }

    @Override
    public void add(RowBatch rows, int[] numbers, int count, int[] groups) {
        if (count == 0) {
            return;
        }
        int size = numbers[count - 1] + 1;
        groupLane.prepare(size);
        for (int k = 1; k < lanes.length; k++) {
            lanes[k] = rows.lane(definition.columns.get(k - 1));
        }
        for (int i = 0; i < count; i++) {
            groupLane.values()[numbers[i]] = groups[i];
            counts[groups[i]] += hasNull(numbers[i]) ? 0 : 1;
        }
        RowBatch added = new LaneBatch(lanes).begin(size);
        added.select(numbers, count);
        values.add(added);
    }

    private boolean hasNull(int row) {
        for (int k = 1; k < lanes.length; k++) {
            if (lanes[k].isNull(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean release() {
        return values.release();
    }

    @Override
    public void finish(int from, int count, Lane to) {
        if (sorted == null) {
            List<Operator> runs = values.finish();
            sorted = runs.size() == 1 ? runs.get(0) : new MergeOperator(runs, types, keys, run);
        }
        for (int i = 0; i < count; i++) {
            to.set(i, value(from + i));
        }
    }

    private @Nullable Object value(int group) {
        Accumulator accumulator = definition.accumulators.apply(groupedBy, counts[group]);
        boolean holdsValues = accumulator.holdsValues();
        long heldBytes = 0;
        int rows = 0;
        for (RowBatch current = batchOf(group); current != null; current = batchOf(group)) {
            int row = current.rows()[place++];
            @Nullable Object[] arguments = new @Nullable Object[lanes.length - 1];
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = current.lane(k + 1).get(row);
            }
            accumulator.add(arguments);
            heldBytes += holdsValues ? bytes(current, row) : 0;
            if (++rows % ROWS_PER_RESIZE == 0) {
                account.require(heldBytes, "the values that an aggregate needs of one group");
            }
        }
        Object value = accumulator.value(run::checkCancelled);
        account.resize(0);
        return value;
    }

    /** The batch whose next row is of that group, or null if there is no other such row. */
    private @Nullable RowBatch batchOf(int group) {
        RowBatch current = batch;
        if (current == null || place == current.count()) {
            run.checkCancelled();
            current = sorted == null ? null : sorted.next();
            batch = current;
            place = 0;
        }
        return current != null && ((LongLane) current.lane(0)).values()[current.rows()[place]] == group
                ? current
                : null;
    }

    private long bytes(RowBatch rows, int row) {
        long bytes = 0;
        for (int k = 1; k < lanes.length; k++) {
            Lane lane = rows.lane(k);
            bytes += OBJECT_BYTES + (lane instanceof BytesLane texts ? texts.ends()[row] - texts.starts()[row] : 0);
        }
        return bytes;
    }

    @Override
    public long heapBytes(int groupCount) {
        return (long) Long.BYTES * Math.max(groupCount, counts.length);
    }

    @Override
    public void close() {
        Closing.all(List.of(values, account));
    }
}
