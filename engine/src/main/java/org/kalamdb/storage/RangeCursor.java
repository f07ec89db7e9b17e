// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.storage.row.RowBlock;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.RangeCollector;

/** Merges the committed rows of a range with the writes of a transaction. Confined to one thread. */
final class RangeCursor implements RowCursor {
    private static final int INITIAL_KEYS = 64;
    private static final int INITIAL_BYTES_PER_ROW = 64;
    private static final int MAX_INITIAL_BYTES = 8 << 10;
    /** A batch of large rows ends early, so that its memory stays bounded. */
    private static final int MAX_BLOCK_BYTES = 8 << 20;

    private static final int ROWS_BETWEEN_CANCEL_CHECKS = 4096;

    private final TableFormat format;
    private final ScanRequest request;
    private final int[] columnIndexes;
    private final NativeCursor committed;
    private final PendingRange pending;
    /** Takes the committed rows, or null. */
    private final @Nullable RangeCollector collector;

    private final RowBlock block;
    /** Whether rows only need to be counted, since no column is asked for and none can have expired. */
    private final boolean countsOnly;

    private final BatchBuilder builder;
    private byte[][] rowKeys = {};

    private int pendingIndex;
    /** The key of the committed row the cursor is at, as long as it has been looked at. */
    private byte @Nullable [] committedKey;

    private int batchRows;
    private boolean started;
    private boolean finished;

    RangeCursor(
            TableFormat format, ScanRequest request, RowExpiry expiry, NativeCursor committed, PendingRange pending) {
        this(format, request, expiry, committed, pending, null);
    }

    /** @param collector takes the committed rows as they are read, or null; only without writes of the transaction */
    RangeCursor(
            TableFormat format,
            ScanRequest request,
            RowExpiry expiry,
            NativeCursor committed,
            PendingRange pending,
            @Nullable RangeCollector collector) {
        this.collector = collector;
        this.format = format;
        this.request = request;
        this.columnIndexes = request.columnIndexes();
        this.committed = committed;
        this.pending = pending;
        this.batchRows = request.firstBatchRows();
        int bytes = Math.min(batchRows * INITIAL_BYTES_PER_ROW, MAX_INITIAL_BYTES);
        this.block = new RowBlock(format.table(), expiry, batchRows, bytes);
        this.builder = format.builder(columnIndexes, batchRows);
        this.countsOnly = request.isForCountOnly() && !expiry.canExpire();
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (finished) {
            return null;
        }
        block.clear();
        builder.reset();
        committed.enter();
        try {
            if (!started) {
                committed.seek();
                started = true;
            }
            fill();
        } finally {
            committed.leave();
        }
        if (block.count() == 0) {
            close();
            return null;
        }
        if (!countsOnly) {
            format.read(block, columnIndexes, builder);
        }
        batchRows = request.nextBatchRows(batchRows);
        return builder.build(block.count());
    }

    private void fill() {
        request.requireNotCanceled();
        int looked = 0;
        while (block.count() < batchRows && block.length() < MAX_BLOCK_BYTES) {
            boolean more = pendingIndex < pending.size() ? mergeOne() : takeCommitted();
            if (!more) {
                return;
            }
            if (++looked % ROWS_BETWEEN_CANCEL_CHECKS == 0) {
                request.requireNotCanceled();
            }
        }
    }

    /** Takes the committed row here and moves on. Returns false at the end. */
    private boolean takeCommitted() {
        if (!committed.isValid()) {
            if (collector != null) {
                collector.end();
            }
            return false;
        }
        int start = block.length();
        if (addCommitted()) {
            if (collector != null && collector.isOpen()) {
                collector.add(committedKey(), block.data(), start, block.length());
            }
            if (request.hasRowKeys()) {
                keep(committedKey());
            }
        }
        committed.next();
        committedKey = null;
        return true;
    }

    /** Takes the committed or the written row, whichever comes first; the written one hides a committed one. */
    private boolean mergeOne() {
        byte[] key = pending.key(pendingIndex);
        int order = committed.isValid() ? Arrays.compareUnsigned(committedKey(), key) : 1;
        if (order < 0) {
            return takeCommitted();
        }
        if (order == 0) {
            committed.next();
            committedKey = null;
        }
        byte[] value = pending.value(pendingIndex++);
        if (!PendingWrites.isDeletion(value) && addWritten(value) && request.hasRowKeys()) {
            keep(key);
        }
        return true;
    }

    private boolean addCommitted() {
        if (countsOnly) {
            block.addUnread();
            return true;
        }
        return block.add(committed);
    }

    private boolean addWritten(byte[] value) {
        if (countsOnly) {
            block.addUnread();
            return true;
        }
        return block.add(value);
    }

    private byte[] committedKey() {
        byte[] key = committedKey;
        if (key == null) {
            key = committed.key();
            committedKey = key;
        }
        return key;
    }

    private void keep(byte[] key) {
        int row = block.count() - 1;
        if (row >= rowKeys.length) {
            rowKeys = Arrays.copyOf(rowKeys, Math.max(INITIAL_KEYS, 2 * rowKeys.length));
        }
        rowKeys[row] = key;
    }

    @Override
    public byte[] rowKey(int row) {
        if (!request.hasRowKeys()) {
            throw new IllegalStateException("The scan was not asked for row keys");
        }
        return rowKeys[row];
    }

    @Override
    public void close() {
        finished = true;
        if (collector != null) {
            collector.stop();
        }
        committed.close();
    }
}
