// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.storage.row.TableFormat;

/** Rows of cursors that are each in key order, merged into key order. Confined to one thread. */
final class MergingCursor implements RowCursor {
    private final List<RowCursor> inputs;
    private final BatchBuilder builder;
    private final ScanRequest request;
    private int batchRows;
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing(Head::key, Arrays::compareUnsigned));
    private byte[][] rowKeys = {};
    private boolean started;

    /**
     * @param inputs of the columns of the request, with row keys; closed with this cursor
     */
    MergingCursor(List<RowCursor> inputs, TableFormat format, ScanRequest request) {
        this.inputs = List.copyOf(inputs);
        this.request = request;
        this.batchRows = request.firstBatchRows();
        this.builder = format.builder(request.columnIndexes(), batchRows);
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (!started) {
            started = true;
            inputs.forEach(input -> advance(new Head(input)));
        }
        builder.reset();
        List<byte[]> keys = new ArrayList<>();
        while (keys.size() < batchRows) {
            Head head = heads.poll();
            if (head == null) {
                break;
            }
            keys.add(head.key());
            head.appendTo(builder);
            advance(head);
        }
        rowKeys = keys.toArray(byte[][]::new);
        batchRows = request.nextBatchRows(batchRows);
        return keys.isEmpty() ? null : builder.build(keys.size());
    }

    private void advance(Head head) {
        if (head.advance()) {
            heads.add(head);
        }
    }

    @Override
    public byte[] rowKey(int row) {
        return rowKeys[row];
    }

    @Override
    public void close() {
        heads.clear();
        inputs.forEach(RowCursor::close);
    }

    /** The next row of an input. */
    private static final class Head {
        private final RowCursor input;
        private @Nullable ColumnBatch batch;
        private int row = -1;
        private byte[] key = {};

        Head(RowCursor input) {
            this.input = input;
        }

        byte[] key() {
            return key;
        }

        boolean advance() {
            row++;
            if (batch == null || row == batch.rowCount()) {
                batch = input.next();
                row = 0;
                if (batch == null) {
                    return false;
                }
            }
            key = input.rowKey(row);
            return true;
        }

        void appendTo(BatchBuilder target) {
            ColumnBatch current = requireNonNull(batch);
            for (int i = 0; i < target.columnCount(); i++) {
                target.column(i).append(current.column(i).storedValue(row));
            }
        }
    }
}
