// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.ColumnKernel;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** An aggregate of the rows for which a column is true. */
final class FilteredAggregation implements Aggregation {
    private final Aggregation aggregation;
    private final Kernel filter;
    private int[] selectedRows = {};
    private int[] selectedGroups = {};

    FilteredAggregation(Aggregation aggregation, int filterColumn) {
        this.aggregation = aggregation;
        this.filter = new ColumnKernel(filterColumn);
    }

    @Override
    public void reserve(int groupCount) {
        aggregation.reserve(groupCount);
    }

    @Override
    public void add(RowBatch batch, int[] rows, int count, int[] groups) {
        if (selectedRows.length < count) {
            selectedRows = new int[count];
            selectedGroups = new int[count];
        }
        int found = filter.select(batch, rows, count, selectedRows);
        int next = 0;
        for (int i = 0; i < found; i++) {
            while (rows[next] != selectedRows[i]) {
                next++;
            }
            selectedGroups[i] = groups[next];
        }
        aggregation.add(batch, selectedRows, found, selectedGroups);
    }

    @Override
    public void finish(int from, int count, Lane to) {
        aggregation.finish(from, count, to);
    }

    @Override
    public void complete() {
        aggregation.complete();
    }

    @Override
    public void writePartial(int from, int count, Lane to) {
        aggregation.writePartial(from, count, to);
    }

    @Override
    public long heapBytes(int groupCount) {
        return aggregation.heapBytes(groupCount);
    }

    @Override
    public boolean release() {
        return aggregation.release();
    }

    @Override
    public void freeze() {
        aggregation.freeze();
    }

    @Override
    public void close() {
        aggregation.close();
    }
}
