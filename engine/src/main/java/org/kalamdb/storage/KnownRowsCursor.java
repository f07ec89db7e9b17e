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
import org.kalamdb.transaction.KnownEntries;

/** The rows of a range that are on the heap. Confined to one thread. */
final class KnownRowsCursor implements RowCursor {
    private static final int BYTES_PER_ROW = 64;

    private final TableFormat format;
    private final ScanRequest request;
    private final int[] columnIndexes;
    private final KnownEntries rows;
    private final RowBlock block;
    private final BatchBuilder builder;
    private final List<byte[]> rowKeys = new ArrayList<>();
    private int left;

    KnownRowsCursor(TableFormat format, ScanRequest request, RowExpiry expiry, KnownEntries rows) {
        this.format = format;
        this.request = request;
        this.rows = rows;
        this.left = (int) Math.min(rows.size(), request.demand().rows());
        this.columnIndexes = request.columnIndexes();
        int capacity = Math.min(left, request.batchRows());
        this.block = new RowBlock(format.table(), expiry, capacity, capacity * BYTES_PER_ROW);
        this.builder = format.builder(columnIndexes, capacity);
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (left == 0) {
            return null;
        }
        request.requireNotCanceled();
        block.clear();
        builder.reset();
        rowKeys.clear();
        int count = Math.min(left, request.batchRows());
        for (int i = 0; i < count; i++) {
            rows.next();
            block.add(rows.values(), rows.valueStart(), rows.valueEnd());
            if (request.hasRowKeys()) {
                rowKeys.add(rows.key());
            }
        }
        left -= count;
        format.read(block, columnIndexes, builder);
        return builder.build(count);
    }

    @Override
    public byte[] rowKey(int row) {
        if (!request.hasRowKeys()) {
            throw new IllegalStateException("The scan was not asked for row keys");
        }
        return rowKeys.get(row);
    }

    @Override
    public void close() {
        left = 0;
    }
}
