// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** The rows of its input in order, equal ones as they came, or some of the first of them. */
public final class SortOperator implements Operator {
    private final Operator input;
    private final Definition definition;
    private final long offset;
    private final long fetch;
    private final SortBuffer buffer;
    private final Run run;
    private @Nullable Operator sorted;

    /**
     * What is sorted by what. Immutable.
     *
     * @param types of the columns
     * @param keys at least one
     */
    public record Definition(List<LaneType> types, List<SortKey> keys) {}

    /**
     * @param offset how many rows to leave out
     * @param fetch how many rows to answer behind them
     */
    public SortOperator(Operator input, Definition definition, long offset, long fetch, Run run) {
        this.input = input;
        this.definition = definition;
        this.offset = offset;
        this.fetch = fetch;
        this.run = run;
        long limit = fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
        this.buffer = new SortBuffer(definition.types, definition.keys, limit, run);
    }

    @Override
    public @Nullable RowBatch next() {
        run.checkCancelled();
        if (fetch == 0) {
            return null;
        }
        Operator rows = sorted;
        if (rows == null) {
            rows = sort();
            sorted = rows;
        }
        return rows.next();
    }

    private Operator sort() {
        for (RowBatch rows = input.next(); rows != null; rows = input.next()) {
            buffer.add(rows);
        }
        List<Operator> runs = buffer.finish();
        Operator merged =
                runs.size() == 1 ? runs.get(0) : new MergeOperator(runs, definition.types, definition.keys, run);
        return new LimitOperator(merged, offset, fetch);
    }

    @Override
    public void close() {
        Closing.all(List.of(input, buffer));
    }
}
