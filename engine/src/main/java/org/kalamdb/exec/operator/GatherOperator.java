// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/**
 * The rows of several inputs, each run by one thread at a time, in no order. Threads run ahead of who reads by some batches
 * each.
 */
public final class GatherOperator implements Operator {
    private static final int BATCHES_AHEAD = 4;

    private final List<Operator> inputs;
    private final List<LaneType> types;
    private final ConcurrentLinkedQueue<RowStore> batches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger batchCount = new AtomicInteger();
    private final Crew crew;
    private @Nullable Operator current;
    private boolean begun;
    private boolean ended;

    private GatherOperator(List<Operator> inputs, List<LaneType> types, Run run) {
        this.inputs = inputs;
        this.types = types;
        int capacity = BATCHES_AHEAD * inputs.size();
        List<Copying> pieces = inputs.stream().map(Copying::new).toList();
        this.crew = new Crew(pieces, () -> batchCount.get() < capacity, run);
    }

    /** One operator for the rows of all. @param types of their columns */
    public static Operator of(List<Operator> inputs, List<LaneType> types, Run run) {
        return inputs.size() == 1 ? inputs.get(0) : new GatherOperator(inputs, types, run);
    }

    /** Copies one batch after the other, since a batch belongs to the operator that made it. */
    private final class Copying implements Crew.Piece {
        private final Operator input;

        Copying(Operator input) {
            this.input = input;
        }

        @Override
        public boolean step() {
            RowBatch batch = input.next();
            if (batch == null) {
                return false;
            }
            RowStore copy = new RowStore(types);
            copy.add(batch, batch.rows(), batch.count());
            batches.add(copy);
            batchCount.incrementAndGet();
            return true;
        }
    }

    @Override
    public @Nullable RowBatch next() {
        if (!begun) {
            begun = true;
            inputs.stream().findFirst().ifPresent(Operator::prepare);
        }
        while (true) {
            RowBatch rows = current == null ? null : current.next();
            if (rows != null) {
                return rows;
            }
            RowStore copy = batches.poll();
            if (copy != null) {
                batchCount.decrementAndGet();
                current = StoredRows.all(copy);
                crew.callHelpers();
            } else if (ended) {
                return null;
            } else {
                // What the last pieces have copied may have come after the queue was looked at.
                ended = !crew.work();
            }
        }
    }

    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        return Operator.filterEach(inputs, column, filter);
    }

    @Override
    public void close() {
        crew.close();
        Closing.all(inputs);
    }
}
