// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentFile;
import org.kalamdb.storage.row.SegmentColumnSource;
import org.kalamdb.storage.row.TableFormat;

/**
 * Rows of one segment, a page a batch: columns are those of the cache, and the rows that are masked or outside of the interval are
 * not selected. Confined to one thread at a time.
 */
final class SegmentBatches implements BatchCursor, ScanBatch {
    private final Segment segment;
    private final TableFormat format;
    private final ScanRequest request;
    private final int[] columnIndexes;
    private final PageFilter filter;
    private final Masks masks;
    private final ColumnCache cache;
    private final int toRow;
    private final @Nullable SegmentColumnSource[] columns;
    private @Nullable SegmentFile file;
    private int[] selection = {};
    private int nextRow;
    private int page = -1;
    private int size;
    private int count;
    private boolean closed;

    /**
     * @param filter which pages to read
     * @param masks rows to leave out; nobody may add to them any more
     */
    SegmentBatches(
            Segment segment,
            TableFormat format,
            ScanRequest request,
            RowInterval interval,
            PageFilter filter,
            Masks masks,
            ColumnCache cache) {
        this.segment = segment;
        this.format = format;
        this.request = request;
        this.columnIndexes = request.columnIndexes();
        this.columns = new @Nullable SegmentColumnSource[columnIndexes.length];
        this.filter = filter;
        this.masks = masks;
        this.cache = cache;
        this.nextRow = interval.from();
        this.toRow = interval.to();
    }

    @Override
    public @Nullable ScanBatch next() {
        while (!closed && nextRow < toRow) {
            request.requireNotCanceled();
            enter();
            if (count > 0) {
                return this;
            }
        }
        return null;
    }

    /** Selects the rows wanted of the next page. */
    private void enter() {
        SegmentFile open = segment.file();
        file = open;
        page = open.pageOf(nextRow);
        int first = open.firstRow(page);
        size = open.firstRow(page + 1) - first;
        int from = nextRow;
        nextRow = Math.min(toRow, first + size);
        if (!filter.mayMatch(segment, page)) {
            count = 0;
            return;
        }
        if (nextRow - from == size && !masks.containsAny(from, nextRow)) {
            count = size;
            return;
        }
        if (selection.length < size) {
            selection = new int[size];
        }
        count = 0;
        for (int row = from; row < nextRow; row++) {
            selection[count] = row - first;
            count += masks.contains(row) ? 0 : 1;
        }
    }

    /** The page of this batch. */
    int page() {
        return page;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int @Nullable [] rows() {
        return count == size ? null : selection;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public ColumnVector column(int index) {
        SegmentColumnSource source = columns[index];
        if (source == null) {
            int lastPage =
                    Objects.requireNonNull(file, "No batch has been read").pageOf(toRow - 1);
            source = format.segmentColumn(segment, columnIndexes[index], cache, page, lastPage);
            columns[index] = source;
        }
        return source.page(page);
    }

    @Override
    public @Nullable ValueRange range(int index) {
        return ColumnBounds.rangeOfPage(segment, SystemColumns.column(request.table(), columnIndexes[index]), page);
    }

    @Override
    public @Nullable ValueRange wholeRange(int index) {
        ColumnDefinition column = SystemColumns.column(request.table(), columnIndexes[index]);
        SegmentFile open = segment.file();
        ValueRange whole = null;
        for (int row = nextRow; row < toRow; ) {
            int each = open.pageOf(row);
            ValueRange range = ColumnBounds.rangeOfPage(segment, column, each);
            if (range == null) {
                return null;
            }
            whole = whole == null ? range : whole.and(range);
            row = open.firstRow(each + 1);
        }
        return whole;
    }

    @Override
    public void close() {
        closed = true;
    }
}
