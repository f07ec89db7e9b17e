// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.kernel.StoredBatch;
import org.kalamdb.storage.BatchCursor;
import org.kalamdb.storage.ScanBatch;
import org.kalamdb.storage.ScanParts;

/** The rows of a stored table, or of those parts of a scan that others which read it have not taken. */
public final class ScanOperator implements Operator {
    /** With fewer rows, a second thread costs more than it saves. */
    private static final long MIN_ROWS = 100_000;

    private final SharedScan scan;
    private final StoredBatch batch;
    private final Run run;
    private final ScanFilters filters = new ScanFilters();
    private @Nullable BatchCursor rows;
    private boolean begun;
    private boolean closed;

    /** A scan whose parts are taken one by one by those that read it. Safe for use by several threads. */
    private static final class SharedScan {
        private final KeyLookup lookup;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger open;
        /** Guarded by this until somebody has begun to read, and the same from then on. */
        private ScanParts scan;

        private List<BatchCursor> parts;
        private boolean begun;

        SharedScan(ScanParts scan, KeyLookup lookup, int readers) {
            this.scan = scan;
            this.parts = scan.parts();
            this.lookup = lookup;
            this.open = new AtomicInteger(readers);
        }

        /** Looks the rows up instead if filters leave few, or reads first what they look for. All readers have filters that say the same. */
        synchronized void begin(ScanFilters filters) {
            if (!begun) {
                begun = true;
                ScanParts narrowed = filters.lookUp(lookup, scan.segmentRowCount());
                if (narrowed != null) {
                    scan.close();
                    scan = narrowed;
                }
                parts = filters.arranged(scan.parts());
            }
        }

        @Nullable
        BatchCursor take() {
            int part = next.getAndIncrement();
            return part < parts.size() ? parts.get(part) : null;
        }

        void close() {
            if (open.decrementAndGet() == 0) {
                scan.close();
            }
        }
    }

    private ScanOperator(SharedScan scan, int columnCount, Run run) {
        this.scan = scan;
        this.batch = new StoredBatch(columnCount);
        this.run = run;
    }

    /**
     * All rows, in the order of the parts.
     *
     * @param scan closed with the operator
     * @param lookup what may take its place
     */
    public static ScanOperator all(ScanParts scan, KeyLookup lookup, int columnCount, Run run) {
        return new ScanOperator(new SharedScan(scan, lookup, 1), columnCount, run);
    }

    /**
     * As many operators as threads should read a scan.
     *
     * @param scan closed with the last of them
     * @param lookup what may take its place
     */
    public static List<Operator> split(ScanParts scan, KeyLookup lookup, int columnCount, Run run) {
        int count = scan.rowCount() < MIN_ROWS
                ? 1
                : Math.min(scan.parts().size(), run.resources().workers().threads());
        SharedScan shared = new SharedScan(scan, lookup, count);
        List<Operator> operators = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operators.add(new ScanOperator(shared, columnCount, run));
        }
        return operators;
    }

    @Override
    public @Nullable RowBatch next() {
        if (filters.excludeAll()) {
            return null;
        }
        if (!begun) {
            scan.begin(filters);
            begun = true;
        }
        for (ScanBatch columns = read(); columns != null; columns = read()) {
            if (filters.mayMatch(columns) && filters.select(batch.begin(columns))) {
                return batch;
            }
        }
        return null;
    }

    private @Nullable ScanBatch read() {
        run.checkCancelled();
        if (rows == null) {
            rows = scan.take();
        }
        while (rows != null) {
            ScanBatch columns = rows.next();
            if (columns != null) {
                return columns;
            }
            rows.close();
            rows = scan.take();
        }
        return null;
    }

    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        filters.add(column, filter);
        return true;
    }

    @Override
    public long filteredRows() {
        return filters.filteredRows();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            scan.close();
        }
    }
}
