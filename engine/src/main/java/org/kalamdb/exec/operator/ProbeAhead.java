// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * Rows of the probing side of a join that are read before the other side is, because they may turn out to be few. If they are all,
 * their keys tell the other side which rows can have a match. Confined to one thread.
 */
final class ProbeAhead implements AutoCloseable {
    private final JoinDefinition definition;
    private final List<Operator> inputs;
    private final Run run;
    private final MemoryAccount account;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock while pieces are read, as the next one. */
    private final RowStore held;

    private int endedInputs;

    /** @param inputs the probing side, in parts that several threads may read */
    ProbeAhead(JoinDefinition definition, List<Operator> inputs, Run run) {
        this.definition = definition;
        this.inputs = inputs;
        this.run = run;
        this.account = run.resources().openAccount();
        this.held = new RowStore(definition.probe().types());
    }

    /** Reads until all rows are there or they are no longer few. @param filters of the other side, by the keys of these rows */
    void read(JoinFilters filters) {
        inputs.stream().findFirst().ifPresent(Operator::prepare);
        List<Reading> readings = inputs.stream().map(Reading::new).toList();
        Crew.runAll(readings, run);
        if (endedInputs == inputs.size()) {
            filters.publish(keys());
        }
    }

    /** The rows of a part. */
    private final class Reading implements Crew.Piece {
        private final Operator input;

        Reading(Operator input) {
            this.input = input;
        }

        @Override
        public boolean step() {
            if (areMany()) {
                return false;
            }
            RowBatch batch = input.next();
            lock.lock();
            try {
                if (batch == null) {
                    endedInputs++;
                    return false;
                }
                // One batch of each part is held in any case.
                account.resize(held.heapBytes(held.size() + batch.count()));
                held.add(batch, batch.rows(), batch.count());
                return true;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean areMany() {
        lock.lock();
        try {
            return held.size() > JoinFilters.MAX_FEW;
        } finally {
            lock.unlock();
        }
    }

    private KeyTable keys() {
        KeyTable table = new KeyTable(definition.keyTypes(), run);
        JoinKeys keys = Pairs.keys(definition.probe().keys(), definition, run);
        Operator rows = StoredRows.all(held);
        for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
            Lane[] lanes = keys.evaluate(batch);
            int[] present = new int[batch.count()];
            int count = 0;
            for (int i = 0; i < batch.count(); i++) {
                present[count] = batch.rows()[i];
                count += keys.canMatch(present[count]) ? 1 : 0;
            }
            table.add(lanes, present, count, new int[count]);
        }
        return table;
    }

    /** All rows of a part of the probing side; those that are here come with the first. @param input the part */
    Operator rows(Operator input) {
        return input == inputs.get(0) ? new UnionOperator(List.of(StoredRows.all(held), input)) : input;
    }

    /** As {@link #rows(Operator)}, of all parts. */
    Operator allRows() {
        List<Operator> all = new ArrayList<>(List.of(StoredRows.all(held)));
        all.addAll(inputs);
        return new UnionOperator(all);
    }

    @Override
    public void close() {
        account.close();
    }
}
