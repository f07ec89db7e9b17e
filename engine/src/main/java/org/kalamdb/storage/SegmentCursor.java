// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.storage.cold.ColumnPage;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentColumnReader;
import org.kalamdb.storage.cold.SegmentFile;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.SegmentColumnSource;
import org.kalamdb.storage.row.TableFormat;

/** The rows of one segment that lie in a range and are not masked, in key order. Confined to one thread. */
final class SegmentCursor implements RowCursor {
    private final Segment segment;
    private final ScanRequest request;
    private final SegmentFile file;
    private final Masks masks;
    private final List<SegmentColumnSource> columns;
    private final List<SegmentColumnReader> keyReaders;
    private final BatchBuilder builder;
    private final int toRow;
    private final int[] selection;

    private int nextRow;
    private int page = -1;
    private int selected;
    private SegmentKeys.@Nullable Page keys;
    private boolean closed;

    /**
     * @param span the keys wanted
     * @param masks rows to leave out
     */
    SegmentCursor(
            Segment segment, TableFormat format, ScanRequest request, KeySpan span, Masks masks, PageCache pages) {
        this.segment = segment;
        this.request = request;
        this.masks = masks;
        this.file = segment.file();
        SegmentKeys found = new SegmentKeys(segment, pages);
        byte[] minKey = segment.entry().summary().minKey();
        byte[] maxKey = segment.entry().summary().maxKey();
        this.nextRow = Arrays.compareUnsigned(minKey, span.lower()) >= 0 ? 0 : found.lowerBound(span.lower());
        this.toRow =
                Arrays.compareUnsigned(maxKey, span.upper()) < 0 ? file.rowCount() : found.lowerBound(span.upper());
        this.selection = new int[request.batchRows()];
        int[] columnIndexes = request.columnIndexes();
        this.builder = RangeCursor.builder(format, columnIndexes, Math.min(request.batchRows(), toRow - nextRow));
        this.columns = new ArrayList<>(columnIndexes.length);
        this.keyReaders = new ArrayList<>();
        if (nextRow < toRow) {
            int firstPage = file.pageOf(nextRow);
            int lastPage = file.pageOf(toRow - 1);
            for (int index : columnIndexes) {
                columns.add(format.segmentColumn(segment, index, firstPage, lastPage));
            }
            if (request.hasRowKeys()) {
                for (int index : segment.entry().keyIndexes()) {
                    keyReaders.add(file.reader(index, firstPage, lastPage));
                }
            }
        }
    }

    @Override
    public @Nullable ColumnBatch next() {
        builder.reset();
        selected = 0;
        while (!closed && selected == 0 && nextRow < toRow) {
            request.requireNotCanceled();
            select();
        }
        if (selected == 0) {
            return null;
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).appendTo(builder.column(i), page, selection, selected);
        }
        return builder.build(selected);
    }

    /** Takes rows of one page, as many as a batch holds. */
    private void select() {
        int current = file.pageOf(nextRow);
        if (current != page) {
            page = current;
            keys = null;
        }
        int pageFirst = file.firstRow(page);
        int end = Math.min(toRow, file.firstRow(page + 1));
        while (nextRow < end && selected < selection.length) {
            if (!masks.contains(nextRow)) {
                selection[selected++] = nextRow - pageFirst;
            }
            nextRow++;
        }
    }

    @Override
    public byte[] rowKey(int row) {
        if (!request.hasRowKeys()) {
            throw new IllegalStateException("The scan was not asked for row keys");
        }
        SegmentKeys.Page current = keys;
        if (current == null) {
            ColumnPage[] read = new ColumnPage[keyReaders.size()];
            for (int i = 0; i < read.length; i++) {
                read[i] = keyReaders.get(i).page(page);
            }
            current = new SegmentKeys.Page(segment.entry(), read);
            keys = current;
        }
        return current.key(selection[row]);
    }

    @Override
    public void close() {
        closed = true;
    }
}
