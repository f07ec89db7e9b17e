// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** SUM: what all kinds of sums have in common is that rows with NULL do not count. */
abstract sealed class SumAggregation implements Aggregation permits LongSum, DoubleSum, DecimalSum {
    private final int column;
    private final boolean zeroIfEmpty;
    private final Presence presence = new Presence();
    private int[] presentRows = {};
    private int[] presentGroups = {};

    SumAggregation(int column, boolean zeroIfEmpty) {
        this.column = column;
        this.zeroIfEmpty = zeroIfEmpty;
    }

    @Override
    public final void reserve(int groupCount) {
        presence.reserve(groupCount);
        reserveSums(groupCount);
    }

    @Override
    public final void add(RowBatch batch, int[] rows, int count, int[] groups) {
        Lane lane = batch.lane(column);
        boolean[] nulls = lane.nulls();
        if (nulls == null) {
            addPresent(lane, rows, count, groups);
            presence.mark(groups, count);
            return;
        }
        if (presentRows.length < count) {
            presentRows = new int[count];
            presentGroups = new int[count];
        }
        int present = 0;
        for (int i = 0; i < count; i++) {
            presentRows[present] = rows[i];
            presentGroups[present] = groups[i];
            present += nulls[rows[i]] ? 0 : 1;
        }
        addPresent(lane, presentRows, present, presentGroups);
        presence.mark(presentGroups, present);
    }

    @Override
    public final void finish(int from, int count, Lane to) {
        writeSums(from, count, to);
        writeNulls(from, count, to);
    }

    @Override
    public final void writePartial(int from, int count, Lane to) {
        writeExactSums(from, count, to);
        writeNulls(from, count, to);
    }

    private void writeNulls(int from, int count, Lane to) {
        for (int i = 0; i < count && !zeroIfEmpty; i++) {
            if (!presence.has(from + i)) {
                to.setNull(i);
            }
        }
    }

    @Override
    public final long heapBytes(int groupCount) {
        return presence.heapBytes(groupCount) + sumBytes(groupCount);
    }

    abstract void reserveSums(int groupCount);

    /** Adds rows that are not NULL. */
    abstract void addPresent(Lane lane, int[] rows, int count, int[] groups);

    /** Writes the sums, 0 for groups without a value. */
    abstract void writeSums(int from, int count, Lane to);

    /** As {@link #writeSums}, as they are before they are made to fit the type of the result. */
    void writeExactSums(int from, int count, Lane to) {
        writeSums(from, count, to);
    }

    abstract long sumBytes(int groupCount);
}
