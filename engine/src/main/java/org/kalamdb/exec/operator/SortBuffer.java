// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.BlockWriter;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.resource.SpillFile;

/**
 * Takes rows and gives the first of them back in order. What has no place in memory goes to a file, sorted. With a limit, the
 * rows are sorted, and all but the first left out, whenever twice as many are held. Confined to one thread at a time.
 */
final class SortBuffer implements AutoCloseable {
    /** Sorting fewer at a time would sort too often. */
    private static final int MIN_CAPACITY = 1 << 13;

    /** How many sorted runs are merged at a time. */
    private static final int MERGE_WIDTH = 32;

    private final List<LaneType> types;
    private final List<SortKey> keys;
    private final long limit;
    private final long capacity;
    private final Run run;
    private final MemoryAccount account;
    private final List<SpillFile> files = new ArrayList<>();
    private @Nullable BlockWriter writer;
    private List<SpilledRows> runs = new ArrayList<>();
    private RowStore rows;
    /** The row in the store behind which no other is wanted, or -1. */
    private int last = -1;

    private int[] candidates = {};

    /** @param limit how many rows are wanted, at least 1 */
    SortBuffer(List<LaneType> types, List<SortKey> keys, long limit, Run run) {
        this.types = types;
        this.keys = keys;
        this.limit = limit;
        this.capacity = limit > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : Math.max(MIN_CAPACITY, 2 * limit);
        this.run = run;
        this.account = run.resources().openAccount();
        this.rows = new RowStore(types);
    }

    void add(RowBatch added) {
        int[] wanted = added.rows();
        int count = added.count();
        if (last >= 0) {
            if (candidates.length < count) {
                candidates = new int[added.size()];
            }
            count = beforeLast(added);
            wanted = candidates;
        }
        makeRoom(count);
        rows.add(added, wanted, count);
        if (rows.size() >= capacity) {
            int first = (int) limit;
            rows = rows.copy(new RowSorter(keys, rows, run).sorted(), first);
            last = first - 1;
        }
    }

    private void makeRoom(int count) {
        int wanted = rows.size() + count;
        if (!account.resize(rows.heapBytes(wanted) + (long) RowSorter.BYTES_PER_ROW * wanted)) {
            release();
        }
    }

    /** Writes what is held to a file, so that others have room. @return whether there was something */
    boolean release() {
        if (rows.size() == 0) {
            return false;
        }
        spill();
        account.resize(0);
        return true;
    }

    private void spill() {
        SpilledRows sorted = newRun();
        int count = (int) Math.min(limit, rows.size());
        sorted.write(rows, new RowSorter(keys, rows, run).sorted(), count, requireNonNull(writer), run);
        runs.add(sorted);
        rows.clear();
        last = -1;
    }

    private SpilledRows newRun() {
        if (writer == null) {
            writer = new BlockWriter();
            files.add(run.resources().newFile());
        }
        return new SpilledRows(types, files.get(files.size() - 1));
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

    /** The rows as one or several runs that are in order; to be called once, when all have been added. */
    List<Operator> finish() {
        if (!runs.isEmpty() && rows.size() > 0) {
            spill();
            account.resize(0);
        }
        while (runs.size() > MERGE_WIDTH) {
            runs = merged(runs);
        }
        if (!runs.isEmpty()) {
            return runs.stream().map(each -> each.read(run)).toList();
        }
        int[] order = new RowSorter(keys, rows, run).sorted();
        return List.of(StoredRows.ordered(rows, order, 0, (int) Math.min(limit, order.length)));
    }

    /** Fewer runs of the same rows; neighbours are merged, so that equal rows stay as they came. */
    private List<SpilledRows> merged(List<SpilledRows> narrow) {
        SpillFile old = files.remove(files.size() - 1);
        try {
            files.add(run.resources().newFile());
            List<SpilledRows> wide = new ArrayList<>();
            for (int start = 0; start < narrow.size(); start += MERGE_WIDTH) {
                List<SpilledRows> some = narrow.subList(start, Math.min(narrow.size(), start + MERGE_WIDTH));
                SpilledRows target = newRun();
                Operator source = new LimitOperator(
                        new MergeOperator(
                                some.stream().map(each -> each.read(run)).toList(), types, keys, run),
                        0,
                        limit);
                for (RowBatch batch = source.next(); batch != null; batch = source.next()) {
                    target.write(batch, requireNonNull(writer));
                }
                wide.add(target);
            }
            return wide;
        } finally {
            old.close();
        }
    }

    @Override
    public void close() {
        account.close();
        Closing.all(files);
    }
}
