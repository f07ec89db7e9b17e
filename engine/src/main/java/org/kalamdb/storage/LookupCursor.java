// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.storage.row.RowBlock;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.ReadView;

/**
 * Reads the rows that somebody names, in that order, and leaves out those that are gone. Confined to one thread.
 *
 * <p>Which rows come is settled when it is opened; each is read when its batch is made. The first batches are small, as
 * many queries want but the first rows.
 */
final class LookupCursor implements RowCursor {
    private static final int FIRST_BATCH_ROWS = 16;
    private static final int BYTES_PER_ROW = 64;

    private final RocksStorage storage;
    private final TableFormat format;
    private final @Nullable ReadView view;
    private final ScanRequest request;
    private final int[] columnIndexes;
    private final RowBlock block;
    private final BatchBuilder builder;
    private final List<byte[]> rowKeys = new ArrayList<>();
    private @Nullable RowKeySource source;
    private int batchRows;

    LookupCursor(
            RocksStorage storage,
            TableFormat format,
            @Nullable ReadView view,
            ScanRequest request,
            RowExpiry expiry,
            RowKeySource source) {
        this.storage = storage;
        this.format = format;
        this.view = view;
        this.request = request;
        this.source = source;
        this.columnIndexes = request.columnIndexes();
        this.batchRows = Math.min(FIRST_BATCH_ROWS, request.firstBatchRows());
        this.block = new RowBlock(format.table(), expiry, batchRows, batchRows * BYTES_PER_ROW);
        this.builder = format.builder(columnIndexes, batchRows);
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (source != null) {
            request.requireNotCanceled();
            List<byte[]> keys = nextKeys();
            block.clear();
            rowKeys.clear();
            if (!keys.isEmpty()) {
                take(keys);
            }
            if (block.count() > 0) {
                builder.reset();
                format.read(block, columnIndexes, builder);
                return builder.build(block.count());
            }
        }
        return null;
    }

    private List<byte[]> nextKeys() {
        List<byte[]> keys = new ArrayList<>(batchRows);
        RowKeySource open = source;
        while (open != null && keys.size() < batchRows) {
            byte[] key = open.next();
            if (key == null) {
                close();
                break;
            }
            keys.add(key);
        }
        batchRows = request.nextBatchRows(batchRows);
        return keys;
    }

    private void take(List<byte[]> keys) {
        List<byte @Nullable []> rows = view == null ? storage.getAll(KeySpace.ROWS, null, keys) : view.readRows(keys);
        for (int i = 0; i < keys.size(); i++) {
            byte[] row = rows.get(i);
            if (row != null && block.add(row)) {
                rowKeys.add(keys.get(i));
            }
        }
    }

    @Override
    public byte[] rowKey(int row) {
        return rowKeys.get(row);
    }

    @Override
    public void close() {
        RowKeySource open = source;
        if (open != null) {
            source = null;
            open.close();
        }
    }
}
