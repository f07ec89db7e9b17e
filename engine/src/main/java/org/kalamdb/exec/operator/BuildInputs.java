// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * The side of a join that is to be held, in parts that several threads read: each copies the rows of its parts, then the copies are
 * put together. Confined to one thread, which the others help.
 */
final class BuildInputs implements AutoCloseable {
    private static final int BATCHES_PER_STEP = 8;

    private final JoinDefinition definition;
    private final List<Operator> inputs;
    private final MemoryAccount account;
    private final Run run;
    private final List<Part> parts = new ArrayList<>();
    private volatile boolean outOfRoom;
    /** What there was no room for is read through it. */
    private @Nullable Operator all;

    /** @param account of the rows that are held */
    BuildInputs(JoinDefinition definition, List<Operator> inputs, MemoryAccount account, Run run) {
        this.definition = definition;
        this.inputs = inputs;
        this.account = account;
        this.run = run;
    }

    /** The rows of one input. */
    private final class Part implements Crew.Piece {
        private final Operator input;
        private final RowStore rows = new RowStore(definition.build().types());
        private final MemoryAccount ofRows = run.resources().openAccount();
        /** A batch for which there was no room. */
        private @Nullable RowBatch left;

        Part(Operator input) {
            this.input = input;
        }

        @Override
        public boolean step() {
            for (int i = 0; i < BATCHES_PER_STEP && !outOfRoom; i++) {
                RowBatch batch = input.next();
                if (batch == null) {
                    return false;
                }
                if (!ofRows.resize(rows.heapBytes(rows.size() + batch.count()))) {
                    left = batch;
                    outOfRoom = true;
                } else {
                    rows.add(batch, batch.rows(), batch.count());
                }
            }
            return !outOfRoom;
        }

        void clear() {
            rows.clear();
            ofRows.resize(0);
        }
    }

    /**
     * Reads all rows.
     *
     * @return null if there is no room for all of them; they are to be read from {@link #all} then
     */
    @Nullable
    BuildSide read() {
        inputs.stream().findFirst().ifPresent(Operator::prepare);
        BuildSide held = new BuildSide(definition, run);
        boolean complete = inputs.size() == 1 ? readBatches(inputs.get(0), held) : readParts(held);
        if (!complete) {
            return null;
        }
        held.finish(definition);
        return held;
    }

    private boolean readBatches(Operator input, BuildSide held) {
        JoinKeys keys = BuildSide.keys(definition, run);
        for (RowBatch batch = input.next(); batch != null; batch = input.next()) {
            run.checkCancelled();
            if (!held.add(batch, keys.of(batch), account)) {
                Release release = new Release(() -> release(held));
                all = new UnionOperator(List.of(held.rows(), release, new Single(batch), input));
                return false;
            }
        }
        return true;
    }

    private boolean readParts(BuildSide held) {
        inputs.forEach(input -> parts.add(new Part(input)));
        Crew.runAll(parts, run);
        List<RowStore> copies = parts.stream().map(part -> part.rows).toList();
        if (!outOfRoom && held.addAll(copies, BuildSide.keys(definition, run), account, run)) {
            parts.forEach(Part::clear);
            return true;
        }
        release(held);
        List<Operator> rows = new ArrayList<>();
        copies.forEach(copy -> rows.add(StoredRows.all(copy)));
        rows.add(new Release(() -> parts.forEach(Part::clear)));
        for (Part part : parts) {
            if (part.left != null) {
                rows.add(new Single(part.left));
            }
        }
        rows.add(GatherOperator.of(inputs, definition.build().types(), run));
        all = new UnionOperator(rows);
        return false;
    }

    private void release(BuildSide held) {
        held.clear();
        account.resize(0);
    }

    /** All rows, those that were held for a while among them. */
    Operator all() {
        return requireNonNull(all);
    }

    /** No rows; when it is asked for them, nobody needs any more those that came before. */
    private record Release(Runnable release) implements Operator {
        @Override
        public @Nullable RowBatch next() {
            release.run();
            return null;
        }

        @Override
        public void close() {
            // It holds nothing of its own.
        }
    }

    /** A batch, as long as its input is not asked for the next one. */
    private static final class Single implements Operator {
        private @Nullable RowBatch batch;

        Single(RowBatch batch) {
            this.batch = batch;
        }

        @Override
        public @Nullable RowBatch next() {
            RowBatch next = batch;
            batch = null;
            return next;
        }

        @Override
        public void close() {
            // The batch belongs to the input.
        }
    }

    boolean filterBy(int column, RuntimeFilter filter) {
        return Operator.filterEach(inputs, column, filter);
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>();
        parts.forEach(part -> open.add(part.ofRows));
        if (all == null) {
            open.addAll(inputs);
        } else {
            open.add(all);
        }
        Closing.all(open);
    }
}
