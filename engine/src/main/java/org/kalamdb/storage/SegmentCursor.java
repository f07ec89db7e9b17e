// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.TableFormat;

/** The rows of one segment that lie in a range and are not masked, in key order, copied. Confined to one thread. */
final class SegmentCursor implements RowCursor {
    private final ScanRequest request;
    private final SegmentBatches batches;
    private final SegmentKeys segmentKeys;
    private final BatchBuilder builder;
    private final int columnCount;

    private @Nullable ScanBatch batch;
    private int[] rows = {};
    /** The rows of the batch that have been copied: all before, and those that came last. */
    private int copied;

    private int first;
    private SegmentKeys.@Nullable Page keys;
    private int keysPage = -1;

    /**
     * @param span the keys wanted
     * @param filter which pages to read
     * @param masks rows to leave out
     * @param cache where pages come from
     */
    SegmentCursor(
            Segment segment,
            TableFormat format,
            ScanRequest request,
            KeySpan span,
            PageFilter filter,
            Masks masks,
            ColumnCache cache) {
        this.request = request;
        this.segmentKeys = new SegmentKeys(segment, cache);
        RowInterval interval = RowInterval.of(segment, segmentKeys, span);
        this.batches = new SegmentBatches(segment, format, request, interval, filter, masks, cache);
        int[] columnIndexes = request.columnIndexes();
        this.columnCount = columnIndexes.length;
        int capacity = Math.max(0, Math.min(request.batchRows(), interval.to() - interval.from()));
        this.builder = format.builder(columnIndexes, capacity);
    }

    @Override
    public @Nullable ColumnBatch next() {
        ScanBatch current = batch;
        if (current == null || copied == current.count()) {
            current = batches.next();
            batch = current;
            if (current == null) {
                return null;
            }
            copied = 0;
            rows = rows(current);
        }
        first = copied;
        copied = Math.min(current.count(), first + request.batchRows());
        builder.reset();
        for (int i = 0; i < columnCount; i++) {
            ColumnVector column = current.column(i);
            builder.column(i).append(column, rows, first, copied);
        }
        return builder.build(copied - first);
    }

    private static int[] rows(ScanBatch batch) {
        int[] some = batch.rows();
        if (some != null) {
            return some;
        }
        int[] all = new int[batch.size()];
        for (int row = 0; row < all.length; row++) {
            all[row] = row;
        }
        return all;
    }

    @Override
    public byte[] rowKey(int row) {
        if (!request.hasRowKeys()) {
            throw new IllegalStateException("The scan was not asked for row keys");
        }
        SegmentKeys.Page current = keys;
        if (current == null || keysPage != batches.page()) {
            keysPage = batches.page();
            current = segmentKeys.page(keysPage);
            keys = current;
        }
        return current.key(rows[first + row]);
    }

    @Override
    public void close() {
        batches.close();
    }
}
