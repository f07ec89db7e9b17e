// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * The side of a join that is to be held, in parts that several threads read: what is done below is done by all of them, and one at
 * a time adds its batch to the rows that are held. Confined to one thread, which the others help.
 */
final class BuildInputs implements AutoCloseable {
    private final JoinDefinition definition;
    private final List<Operator> inputs;
    private final MemoryAccount account;
    private final Run run;
    private final ReentrantLock adding = new ReentrantLock();
    /** Guarded by the lock while several threads read, as the next one. */
    private final BuildSide held;

    private boolean outOfRoom;
    /** What there was no room for is read through it. */
    private @Nullable Operator rest;

    /** @param account of the rows that are held */
    BuildInputs(JoinDefinition definition, List<Operator> inputs, MemoryAccount account, Run run) {
        this.definition = definition;
        this.inputs = inputs;
        this.account = account;
        this.run = run;
        this.held = new BuildSide(definition, run);
    }

    /** Some of the rows. */
    private final class Part implements Crew.Piece {
        private final Operator input;
        private final JoinKeys keys = BuildSide.keys(definition, run);
        /** A batch for which there was no room. */
        private @Nullable RowBatch left;

        Part(Operator input) {
            this.input = input;
        }

        @Override
        public boolean step() {
            RowBatch batch = input.next();
            if (batch == null) {
                return false;
            }
            evaluate(batch);
            adding.lock();
            try {
                outOfRoom = outOfRoom || !held.add(batch, keys, account);
                left = outOfRoom ? batch : null;
                return !outOfRoom;
            } finally {
                adding.unlock();
            }
        }

        /** Does what nobody else need wait for: columns come when they are asked for. */
        private void evaluate(RowBatch batch) {
            keys.evaluate(batch);
            for (int i = 0; i < definition.build().types().size(); i++) {
                batch.lane(i);
            }
        }

        private Operator left() {
            RowBatch batch = left;
            return batch == null ? new UnionOperator(List.of()) : new Left(batch);
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
        List<Part> parts = inputs.stream().map(Part::new).toList();
        Crew.runAll(parts, run);
        if (!outOfRoom) {
            held.finish(definition);
            return held;
        }
        List<Operator> all = new ArrayList<>(List.of(held.rows()));
        parts.forEach(part -> all.add(part.left()));
        all.add(GatherOperator.of(inputs, definition.build().types(), run));
        rest = new UnionOperator(all);
        return null;
    }

    /** All rows, those that were held for a while among them. */
    Operator all() {
        return requireNonNull(rest);
    }

    /** A batch that follows upon the rows that are held; when somebody asks for it, nobody needs these any more. */
    private final class Left implements Operator {
        private @Nullable RowBatch batch;

        Left(RowBatch batch) {
            this.batch = batch;
        }

        @Override
        public @Nullable RowBatch next() {
            RowBatch rows = batch;
            batch = null;
            if (rows != null) {
                held.clear();
                account.resize(0);
            }
            return rows;
        }

        @Override
        public void close() {
            // The batch belongs to the input.
        }
    }

    boolean filterBy(int column, RuntimeFilter filter) {
        boolean used = false;
        for (Operator input : inputs) {
            used |= input.filterBy(column, filter);
        }
        return used;
    }

    @Override
    public void close() {
        if (rest == null) {
            Closing.all(inputs);
        } else {
            rest.close();
        }
    }
}
