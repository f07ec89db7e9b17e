// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * The rows of a seed, then those of a step, which is run again and again over the rows that were found last, until it finds
 * none. The rows of a round go to a file if there is no room for them.
 */
public final class RecursiveOperator implements Operator {
    private final Function<RecursiveOperator, Operator> step;
    private final List<LaneType> types;
    private final Run run;
    private final @Nullable DifferentRows different;
    private Operator round;
    private RowSpool found;
    private @Nullable RowSpool foundLast;

    /**
     * @param seed opened at once
     * @param step opens the step for each round; it reads {@link #foundLast()}
     * @param keepsDuplicates whether a row may be found again; if not, it counts the first time alone
     */
    public RecursiveOperator(
            Supplier<Operator> seed,
            Function<RecursiveOperator, Operator> step,
            List<LaneType> types,
            boolean keepsDuplicates,
            Run run) {
        this.step = step;
        this.types = types;
        this.run = run;
        this.different = keepsDuplicates ? null : new DifferentRows(types, run);
        this.found = new RowSpool(types, run);
        this.round = seed.get();
    }

    /** The rows that the round before has found, from the first one on. */
    public Operator foundLast() {
        RowSpool rows = foundLast;
        if (rows == null) {
            throw new IllegalStateException("There has been no round before");
        }
        return rows.read();
    }

    @Override
    public @Nullable RowBatch next() {
        while (true) {
            run.checkCancelled();
            RowBatch batch = round.next();
            if (batch == null) {
                if (found.isEmpty()) {
                    return null;
                }
                beginRound();
            } else if (different == null || different.select(batch)) {
                found.add(batch);
                return batch;
            }
        }
    }

    private void beginRound() {
        round.close();
        if (foundLast != null) {
            foundLast.close();
        }
        foundLast = found;
        found = new RowSpool(types, run);
        round = step.apply(this);
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(List.of(round, found));
        if (foundLast != null) {
            open.add(foundLast);
        }
        if (different != null) {
            open.add(different);
        }
        Closing.all(open);
    }

    /** The rows there have been. */
    private static final class DifferentRows implements AutoCloseable {
        private final KeyTable table;
        private final MemoryAccount account;
        private final Lane[] lanes;
        private int[] numbers = {};

        DifferentRows(List<LaneType> types, Run run) {
            this.table = new KeyTable(types, run);
            this.account = run.resources().openAccount();
            this.lanes = new Lane[types.size()];
        }

        /** Selects the rows of a batch that have not been there. @return whether there are any */
        boolean select(RowBatch batch) {
            account.require(table.heapBytes(batch.count()), "the different rows of a recursive query");
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = batch.lane(i);
            }
            if (numbers.length < batch.count()) {
                numbers = new int[batch.count()];
            }
            int known = table.size();
            table.add(lanes, batch.rows(), batch.count(), numbers);
            int[] selected = new int[table.size() - known];
            int next = known;
            for (int i = 0; i < batch.count(); i++) {
                // New rows are numbered as they come.
                if (numbers[i] == next) {
                    selected[next++ - known] = batch.rows()[i];
                }
            }
            batch.select(selected, selected.length);
            return selected.length > 0;
        }

        @Override
        public void close() {
            account.close();
        }
    }
}
