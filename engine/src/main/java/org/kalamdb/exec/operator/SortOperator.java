// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** The rows of its input in order, equal ones as they came, or some of the first of them. */
public final class SortOperator implements Operator {
    private static final int BATCHES_PER_STEP = 8;

    private final List<Part> parts;
    private final Definition definition;
    private final long offset;
    private final long fetch;
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
     * @param inputs the rows, in parts that several threads may read; of several, equal rows come in any order
     * @param offset how many rows to leave out
     * @param fetch how many rows to answer behind them
     */
    public SortOperator(List<Operator> inputs, Definition definition, long offset, long fetch, Run run) {
        this.definition = definition;
        this.offset = offset;
        this.fetch = fetch;
        this.run = run;
        long limit = fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
        this.parts = new ArrayList<>(inputs.size());
        for (Operator input : inputs) {
            parts.add(new Part(input, new SortBuffer(definition.types, definition.keys, limit, run)));
        }
    }

    /** A part of the rows. */
    private static final class Part implements Crew.Piece, AutoCloseable {
        private final Operator input;
        private final SortBuffer buffer;
        private List<Operator> sorted = List.of();

        Part(Operator input, SortBuffer buffer) {
            this.input = input;
            this.buffer = buffer;
        }

        @Override
        public boolean step() {
            for (int i = 0; i < BATCHES_PER_STEP; i++) {
                RowBatch rows = input.next();
                if (rows == null) {
                    sorted = buffer.finish();
                    return false;
                }
                buffer.add(rows);
            }
            return true;
        }

        @Override
        public void close() {
            Closing.all(List.of(input, buffer));
        }
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
        parts.stream().findFirst().ifPresent(part -> part.input.prepare());
        Crew.runAll(parts, run);
        List<Operator> runs = new ArrayList<>();
        parts.forEach(part -> runs.addAll(part.sorted));
        Operator merged =
                runs.size() == 1 ? runs.get(0) : new MergeOperator(runs, definition.types, definition.keys, run);
        return new LimitOperator(merged, offset, fetch);
    }

    /** Of some of the first rows, none may be missing. */
    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        boolean used = false;
        for (Part part : parts) {
            used |= isOfAll() && part.input.filterBy(column, filter);
        }
        return used;
    }

    private boolean isOfAll() {
        return offset == 0 && fetch == Long.MAX_VALUE;
    }

    @Override
    public void close() {
        Closing.all(parts);
    }
}
