// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * An aggregate of the different values of each group. Values for which there is no room go to a file, and are looked at one
 * part after the other in the end.
 */
final class DistinctAggregation implements Aggregation {
    private final Aggregation aggregation;
    private final int[] columns;
    private final List<LaneType> types;
    private final int level;
    private final Run run;
    /** The number of the group, unless there is only one, and the arguments. */
    private final Lane[] lanes;

    /** The place of the first argument. */
    private final int argumentsFrom;

    private final LongLane groupLane = new LongLane(LaneType.BIGINT);
    private final KeyTable table;
    private final CodedKeys codedKeys;
    private @Nullable Partitions spilled;
    private int[] numbers = {};
    private int[] newRows = {};
    private int[] newGroups = {};
    private long[] hashes = {};

    /**
     * @param aggregation of the columns from 0 on, which are the arguments
     * @param isOfOneGroup whether all rows are of group 0
     */
    DistinctAggregation(
            Aggregation aggregation, boolean isOfOneGroup, int[] columns, List<LaneType> argumentTypes, Run run) {
        this(aggregation, columns, isOfOneGroup ? argumentTypes : withGroup(argumentTypes), 0, run);
    }

    private DistinctAggregation(Aggregation aggregation, int[] columns, List<LaneType> types, int level, Run run) {
        this.aggregation = aggregation;
        this.columns = columns;
        this.types = types;
        this.level = level;
        this.run = run;
        this.lanes = new Lane[types.size()];
        this.argumentsFrom = types.size() - columns.length;
        this.table = new KeyTable(types, run);
        this.codedKeys = new CodedKeys(table, types.size());
    }

    private static List<LaneType> withGroup(List<LaneType> argumentTypes) {
        List<LaneType> types = new ArrayList<>();
        types.add(LaneType.BIGINT);
        types.addAll(argumentTypes);
        return List.copyOf(types);
    }

    @Override
    public void reserve(int groupCount) {
        aggregation.reserve(groupCount);
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        if (numbers.length < count) {
            numbers = new int[count];
            newRows = new int[count];
            newGroups = new int[count];
            hashes = new long[count];
        }
        if (argumentsFrom > 0) {
            readGroups(batch.size(), rows, count, groups);
        }
        for (int i = 0; i < columns.length; i++) {
            lanes[argumentsFrom + i] = batch.lane(columns[i]);
        }
        if (spilled == null) {
            addNew(rows, count, groups);
        } else {
            spill(spilled, batch.size(), rows, count);
        }
    }

    private void readGroups(int size, int[] rows, int count, int[] groups) {
        groupLane.prepare(size);
        long[] values = groupLane.values();
        for (int i = 0; i < count; i++) {
            values[rows[i]] = groups[i];
        }
        lanes[0] = groupLane;
    }

    private void addNew(int[] rows, int count, int[] groups) {
        int known = table.size();
        if (!codedKeys.add(lanes, rows, count, numbers)) {
            table.add(lanes, rows, count, numbers);
        }
        if (table.size() == known) {
            return;
        }
        boolean[] seen = new boolean[table.size() - known];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int number = numbers[i] - known;
            if (number >= 0 && !seen[number]) {
                seen[number] = true;
                newRows[found] = rows[i];
                newGroups[found++] = groups[i];
            }
        }
        Lane[] arguments = Arrays.copyOfRange(lanes, argumentsFrom, lanes.length);
        aggregation.add(new LaneBatch(arguments), newRows, found, newGroups);
    }

    private void spill(Partitions to, int size, int[] rows, int count) {
        KeyTable.hash(lanes, rows, count, hashes);
        table.find(lanes, rows, count, hashes, numbers);
        int unknown = 0;
        for (int i = 0; i < count; i++) {
            newRows[unknown] = rows[i];
            hashes[unknown] = hashes[i];
            unknown += numbers[i] < 0 ? 1 : 0;
        }
        to.add(new LaneBatch(lanes).begin(size), newRows, unknown, hashes);
    }

    @Override
    public boolean release() {
        return aggregation.release();
    }

    @Override
    public void freeze() {
        if (spilled == null && table.size() > 0) {
            spilled = new Partitions(types, level, run);
        }
    }

    @Override
    public void complete() {
        completeParts();
        aggregation.complete();
    }

    private void completeParts() {
        Partitions from = spilled;
        if (from != null) {
            table.clear();
            for (SpilledRows part : from.parts()) {
                completePart(part);
            }
        }
    }

    private void completePart(SpilledRows part) {
        int[] arguments = new int[columns.length];
        Arrays.setAll(arguments, i -> argumentsFrom + i);
        try (DistinctAggregation rest = new DistinctAggregation(aggregation, arguments, types, level + 1, run);
                MemoryAccount account = run.resources().openAccount()) {
            int[] groups = {};
            Operator rows = part.read(run);
            for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
                if (!account.resize(rest.table.heapBytes(batch.count()))) {
                    rest.freeze();
                }
                if (groups.length < batch.count()) {
                    groups = new int[batch.count()];
                }
                if (argumentsFrom > 0) {
                    long[] values = ((LongLane) batch.lane(0)).values();
                    for (int i = 0; i < batch.count(); i++) {
                        groups[i] = (int) values[i];
                    }
                }
                rest.add(batch, batch.rows(), batch.count(), groups);
            }
            account.resize(0);
            rest.completeParts();
        }
    }

    @Override
    public void finish(int from, int count, Lane to) {
        aggregation.finish(from, count, to);
    }

    @Override
    public long heapBytes(int groupCount) {
        return table.heapBytes(spilled == null ? Rows.BATCH_SIZE : 0) + aggregation.heapBytes(groupCount);
    }

    @Override
    public void close() {
        Partitions.close(spilled);
        if (level == 0) {
            // What looks at parts of the values shares the aggregate.
            aggregation.close();
        }
    }
}
