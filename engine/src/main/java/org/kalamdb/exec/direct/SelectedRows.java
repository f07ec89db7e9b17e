// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.storage.RowCursor;

/** The rows of a {@link DirectQuery}. Whole batches go on as they are. Confined to one thread. */
final class SelectedRows implements ResultCursor {
    private final List<ResultColumn> columns;
    private final @Nullable RowCursor source;
    private final QueryContext context;
    private final List<Integer> outputs;
    private final BatchTest test;
    private long toSkip;
    private long left;
    private @Nullable BatchBuilder builder;

    /**
     * @param outputs the columns of the answer, as positions in those of the source
     * @param limit the most rows
     * @param offset rows to leave out first
     */
    SelectedRows(
            List<ResultColumn> columns,
            @Nullable RowCursor source,
            QueryContext context,
            List<Integer> outputs,
            BatchTest test,
            long limit,
            long offset) {
        this.columns = columns;
        this.source = source;
        this.context = context;
        this.outputs = outputs;
        this.test = test;
        this.toSkip = offset;
        this.left = limit;
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable ColumnBatch next() {
        RowCursor scan = source;
        while (scan != null && left > 0) {
            context.checkCancelled();
            ColumnBatch batch = scan.next();
            if (batch == null) {
                return null;
            }
            ColumnBatch selected = selected(batch);
            if (selected != null) {
                left -= selected.rowCount();
                return selected;
            }
        }
        return null;
    }

    private @Nullable ColumnBatch selected(ColumnBatch batch) {
        int count = test.isEmpty() ? batch.rowCount() : test.select(batch);
        int from = (int) Math.min(toSkip, count);
        toSkip -= from;
        int to = from + (int) Math.min(count - from, left);
        if (from == to) {
            return null;
        }
        if (to - from == batch.rowCount()) {
            return whole(batch);
        }
        return copied(batch, from, to);
    }

    private ColumnBatch whole(ColumnBatch batch) {
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (int output : outputs) {
            vectors.add(batch.column(output));
        }
        return new ColumnBatch(batch.rowCount(), vectors);
    }

    private ColumnBatch copied(ColumnBatch batch, int from, int to) {
        BatchBuilder target = builder;
        if (target == null) {
            target = new BatchBuilder(columns.stream().map(ResultColumn::type).toList(), to - from);
            builder = target;
        }
        target.reset();
        for (int i = 0; i < outputs.size(); i++) {
            ColumnVector source = batch.column(outputs.get(i));
            for (int at = from; at < to; at++) {
                target.column(i).append(source, test.isEmpty() ? at : test.row(at));
            }
        }
        return target.build(to - from);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }
}
