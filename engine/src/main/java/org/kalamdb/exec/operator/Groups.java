// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** The groups of rows in memory. Confined to one thread at a time. */
final class Groups implements AutoCloseable {
    private final int[] columns;
    private final Lane[] keys;
    private final KeyTable table;
    private final CodedKeys codedKeys;
    private final List<Aggregation> aggregations = new ArrayList<>();
    private int[] numbers = {};
    private long[] hashes = {};
    private int[] selected = {};

    Groups(Grouping grouping, Run run) {
        columns = new int[grouping.keys().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = grouping.keys().get(i);
        }
        keys = new Lane[columns.length];
        table = new KeyTable(grouping.keyTypes(), run);
        codedKeys = new CodedKeys(table, columns.length);
        for (AggregateFunction function : grouping.functions()) {
            aggregations.add(function.open(grouping.groupedBy(), run));
        }
        if (columns.length == 0) {
            // The group of everything is there even if there are no rows.
            aggregations.forEach(aggregation -> aggregation.reserve(1));
        }
    }

    int size() {
        return columns.length == 0 ? 1 : table.size();
    }

    /** Bytes of the heap that they would hold with so many more groups. */
    long heapBytes(int moreGroups) {
        long bytes = columns.length == 0 ? 0 : table.heapBytes(moreGroups);
        int wanted = size() + (columns.length == 0 ? 0 : moreGroups);
        for (Aggregation aggregation : aggregations) {
            bytes += aggregation.heapBytes(wanted);
        }
        return bytes;
    }

    void add(RowBatch rows) {
        int count = rows.count();
        if (numbers.length < count) {
            numbers = new int[count];
        }
        if (columns.length > 0) {
            readKeys(rows);
            if (!codedKeys.add(keys, rows.rows(), count, numbers)) {
                table.add(keys, rows.rows(), count, numbers);
            }
        }
        aggregate(rows, rows.rows(), count);
    }

    private void readKeys(RowBatch rows) {
        for (int i = 0; i < columns.length; i++) {
            keys[i] = rows.lane(columns[i]);
        }
    }

    private void aggregate(RowBatch rows, int[] selectedRows, int count) {
        for (Aggregation aggregation : aggregations) {
            aggregation.reserve(size());
            aggregation.add(rows, selectedRows, count, numbers);
        }
    }

    /** Adds the rows whose groups are there, and passes the others on. */
    void addKnown(RowBatch rows, Partitions others) {
        if (columns.length == 0) {
            add(rows);
            return;
        }
        int count = rows.count();
        if (selected.length < count || hashes.length < count) {
            selected = new int[count];
            hashes = new long[count];
        }
        if (numbers.length < count) {
            numbers = new int[count];
        }
        readKeys(rows);
        KeyTable.hash(keys, rows.rows(), count, hashes);
        table.find(keys, rows.rows(), count, hashes, numbers);
        int known = 0;
        int unknown = 0;
        int[] unknownRows = new int[count];
        for (int i = 0; i < count; i++) {
            if (numbers[i] < 0) {
                hashes[unknown] = hashes[i];
                unknownRows[unknown++] = rows.rows()[i];
            } else {
                numbers[known] = numbers[i];
                selected[known++] = rows.rows()[i];
            }
        }
        others.add(rows, unknownRows, unknown, hashes);
        aggregate(rows, selected, known);
    }

    /** Gives back what aggregates can do without for now. @return whether there was something */
    boolean release() {
        boolean released = false;
        for (Aggregation aggregation : aggregations) {
            released |= aggregation.release();
        }
        return released;
    }

    /** Holds no more than needed: there will be no new groups. */
    void freeze() {
        aggregations.forEach(Aggregation::freeze);
    }

    /** To be called once, when all rows are there. */
    void complete() {
        aggregations.forEach(Aggregation::complete);
    }

    /** Writes keys and results of some groups. */
    void finish(int from, int count, Lane[] output) {
        writeKeys(from, count, output);
        for (int i = 0; i < aggregations.size(); i++) {
            Lane to = output[columns.length + i];
            to.prepare(count);
            aggregations.get(i).finish(from, count, to);
        }
    }

    /** Writes keys and partial results of some groups. */
    void writePartial(int from, int count, Lane[] output) {
        writeKeys(from, count, output);
        for (int i = 0; i < aggregations.size(); i++) {
            Lane to = output[columns.length + i];
            to.prepare(count);
            aggregations.get(i).writePartial(from, count, to);
        }
    }

    private void writeKeys(int from, int count, Lane[] output) {
        int[] groups = Rows.range(from, from + count);
        for (int i = 0; i < columns.length; i++) {
            output[i].gather(table.key(i), groups, count);
        }
    }

    @Override
    public void close() {
        Closing.all(aggregations);
    }
}
