// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.Extremes;
import org.kalamdb.exec.filter.KeySet;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.storage.BatchCursor;
import org.kalamdb.storage.ScanBatch;
import org.kalamdb.storage.ScanParts;
import org.kalamdb.storage.ValueRange;

/**
 * The filters that joins above have given to a scan. The one that leaves out most is tested first, and one that leaves out next
 * to nothing is not tested for a while. Confined to one thread.
 */
final class ScanFilters {
    private static final int ROWS_OF_SAMPLE = 1 << 14;

    /** How many batches a filter that is of no use is left alone. */
    private static final int BATCHES_OF_PAUSE = 64;

    private final List<ColumnFilter> filters = new ArrayList<>();
    private long filteredRows;
    private int[] selected = {};
    private long[] hashes = {};

    /** A filter of one column, and what it has been good for. */
    private static final class ColumnFilter {
        private final int column;
        private final RuntimeFilter filter;
        private long seen;
        private long passed;
        private int pause;

        ColumnFilter(int column, RuntimeFilter filter) {
            this.column = column;
            this.filter = filter;
        }

        /** The keys if they are to be tested on the next batch. */
        @Nullable
        KeySet keys() {
            if (pause > 0) {
                pause--;
                return null;
            }
            return filter.keys();
        }

        void note(int count, int found) {
            seen += count;
            passed += found;
            if (seen >= ROWS_OF_SAMPLE) {
                pause = passed > seen - seen / 8 ? BATCHES_OF_PAUSE : 0;
                seen /= 2;
                passed /= 2;
            }
        }

        /** Whether it has left out more of its rows than another. */
        boolean isStricterThan(ColumnFilter other) {
            return passed * (double) other.seen < other.passed * (double) seen;
        }
    }

    void add(int column, RuntimeFilter filter) {
        filters.add(new ColumnFilter(column, filter));
    }

    /** The rows that pass, and perhaps others, by a key; null if there is no such way or it is not worth it. */
    @Nullable
    ScanParts lookUp(KeyLookup lookup, long segmentRowCount) {
        Map<Integer, List<Object>> values = new HashMap<>();
        for (ColumnFilter each : filters) {
            List<Object> few = each.filter.fewValues();
            if (few != null) {
                values.merge(each.column, few, (one, other) -> one.size() <= other.size() ? one : other);
            }
        }
        return values.isEmpty() ? null : lookup.open(values, segmentRowCount);
    }

    /** The parts of a scan in the order in which they are to be read: first those that may have what is looked for. */
    List<BatchCursor> arranged(List<BatchCursor> parts) {
        for (ColumnFilter each : filters) {
            Extremes sought = each.filter.sought();
            if (sought != null) {
                return FurthestParts.first(parts, each.column, sought);
            }
        }
        return parts;
    }

    /** Whether no row passes, whatever it is. */
    boolean excludeAll() {
        for (ColumnFilter each : filters) {
            KeySet keys = each.filter.keys();
            if (keys != null && keys.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** False if no row of a batch passes, as far as the bounds of its columns tell. */
    boolean mayMatch(ScanBatch columns) {
        for (ColumnFilter each : filters) {
            KeySet keys = each.filter.keys();
            ValueRange range = keys == null ? null : columns.range(each.column);
            if (keys != null
                    && range != null
                    && !keys.mayHoldBetween(range.least(), range.greatest())
                    && !(range.hasNulls() && keys.hasNull())) {
                filteredRows += columns.count();
                return false;
            }
        }
        return true;
    }

    /** Selects the rows that pass. @return whether there are any */
    boolean select(RowBatch batch) {
        int before = batch.count();
        for (int i = 0; i < filters.size() && batch.count() > 0; i++) {
            ColumnFilter each = filters.get(i);
            KeySet keys = each.keys();
            if (keys != null) {
                select(batch, each, keys);
            }
            if (i > 0 && each.isStricterThan(filters.get(i - 1))) {
                filters.set(i, filters.set(i - 1, each));
            }
        }
        filteredRows += before - batch.count();
        return batch.count() > 0;
    }

    private void select(RowBatch batch, ColumnFilter each, KeySet keys) {
        if (selected.length < batch.size()) {
            selected = new int[batch.size()];
            hashes = new long[batch.size()];
        }
        int count = batch.count();
        int found = keys.select(batch.lane(each.column), batch.rows(), count, selected, hashes);
        each.note(count, found);
        if (found < count) {
            batch.select(selected, found);
        }
    }

    /** How many rows have not passed so far. */
    long filteredRows() {
        return filteredRows;
    }
}
