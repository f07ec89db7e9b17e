// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.ReadView;

/**
 * Reads the rows that an index names, in its order. Confined to one thread.
 *
 * <p>Which rows come is settled when it is opened; each is read when its batch is made. The first batches are small, as
 * many queries want but the first rows.
 */
final class IndexCursor implements RowCursor {
    private static final int FIRST_BATCH_ROWS = 16;
    private static final int GROWTH = 4;

    private final TableStore tables;
    private final @Nullable ReadView view;
    private final ScanRequest request;
    private final int[] columnIndexes;
    private final BatchBuilder builder;
    private final List<byte[]> rowKeys = new ArrayList<>();
    private @Nullable RowKeys source;
    private int batchRows = FIRST_BATCH_ROWS;

    /** The keys of rows, one after the other. */
    interface RowKeys extends AutoCloseable {
        /** The next one, or null at the end. */
        byte @Nullable [] next();

        @Override
        void close();
    }

    IndexCursor(TableStore tables, @Nullable ReadView view, ScanRequest request, RowKeys source) {
        this.tables = tables;
        this.view = view;
        this.request = request;
        this.columnIndexes = request.columnIndexes();
        this.source = source;
        this.builder = new BatchBuilder(
                Arrays.stream(columnIndexes)
                        .mapToObj(index ->
                                SystemColumns.column(request.table(), index).dataType())
                        .toList(),
                FIRST_BATCH_ROWS);
    }

    @Override
    public @Nullable ColumnBatch next() {
        RowKeys keys = source;
        if (keys == null) {
            return null;
        }
        request.requireNotCanceled();
        builder.reset();
        rowKeys.clear();
        int limit = Math.min(batchRows, request.batchRows());
        while (rowKeys.size() < limit) {
            byte[] rowKey = keys.next();
            if (rowKey == null) {
                close();
                break;
            }
            take(rowKey);
        }
        batchRows = Math.min(GROWTH * limit, ScanRequest.DEFAULT_BATCH_ROWS);
        return rowKeys.isEmpty() ? null : builder.build(rowKeys.size());
    }

    private void take(byte[] rowKey) {
        TableDefinition table = request.table();
        StoredRow row = tables.findInView(view, table, rowKey);
        if (row == null) {
            // It has expired.
            return;
        }
        for (int i = 0; i < columnIndexes.length; i++) {
            builder.column(i).append(row.value(columnIndexes[i]));
        }
        rowKeys.add(rowKey);
    }

    @Override
    public byte[] rowKey(int row) {
        return rowKeys.get(row);
    }

    @Override
    public void close() {
        RowKeys keys = source;
        if (keys != null) {
            source = null;
            keys.close();
        }
    }
}
