// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.window.PartitionRows;
import org.kalamdb.exec.window.WindowDefinition;
import org.kalamdb.exec.window.WindowEvaluation;

/**
 * The rows of its input, which come sorted by partition and order, with the values of window functions behind their own. Holds
 * some partitions at a time by column, or a single one; one for which there is no room goes to a file.
 */
public final class WindowOperator implements Operator {
    /** Until it has read so many rows, it does not answer those of partitions that have ended. */
    private static final int MIN_ROWS = 4 * Rows.BATCH_SIZE;

    private final Operator input;
    private final Run run;
    private final MemoryAccount account;
    private final MemoryAccount functionAccount;
    private final WindowEvaluation evaluation;
    private final List<LaneType> inputTypes;
    private final Lane[] output;
    private final LaneBatch outputBatch;
    private final PartitionBounds bounds;
    private final HeldPartition current = new HeldPartition();
    private RowStore rows;
    /** How many rows of the store have been answered. */
    private int answered;
    /** How many rows of the store are of partitions that have ended. */
    private int ended;

    private int nextPartition;
    private @Nullable RowBatch batch;
    /** How many rows of the batch have been taken. */
    private int taken;

    private @Nullable SpilledPartition spilled;

    /** @param types of the columns of the input, then of the functions */
    public WindowOperator(Operator input, List<LaneType> types, WindowDefinition window, Run run) {
        this.input = input;
        this.run = run;
        this.account = run.resources().openAccount();
        this.functionAccount = run.resources().openAccount();
        this.evaluation = window.open(
                run::checkCancelled,
                bytes -> functionAccount.require(bytes, "the values that a function needs of a window frame"));
        this.inputTypes = types.subList(0, types.size() - window.functions().size());
        this.output = Lane.ofEach(types);
        this.outputBatch = new LaneBatch(output);
        this.bounds = new PartitionBounds(window.partitionColumns());
        this.rows = new RowStore(inputTypes);
    }

    /** One of the partitions in memory. */
    private final class HeldPartition implements PartitionRows {
        private int start;
        private int end;

        @Override
        public int size() {
            return end - start;
        }

        @Override
        public Lane lane(int column, int row) {
            return rows.lane(column);
        }

        @Override
        public int place(int row) {
            return start + row;
        }
    }

    @Override
    public @Nullable RowBatch next() {
        while (true) {
            SpilledPartition partition = spilled;
            if (partition != null) {
                if (partition.hasNext()) {
                    return outputBatch.begin(partition.next(evaluation, output));
                }
                partition.close();
                spilled = null;
            }
            if (answered < ended) {
                return answer();
            }
            if (!read()) {
                return null;
            }
        }
    }

    private RowBatch answer() {
        run.checkCancelled();
        int count = Math.min(Rows.BATCH_SIZE, ended - answered);
        int[] numbers = Rows.range(answered, answered + count);
        for (int i = 0; i < inputTypes.size(); i++) {
            output[i].gather(rows.lane(i), numbers, count);
        }
        for (int i = inputTypes.size(); i < output.length; i++) {
            output[i].prepare(count);
        }
        int from = answered;
        answered += count;
        for (int at = 0; at < count; ) {
            if (from + at == current.end) {
                begin();
            }
            int to = Math.min(current.end, answered);
            evaluation.evaluate(from + at - current.start, to - current.start, output, at);
            at = to - from;
        }
        return outputBatch.begin(count);
    }

    private void begin() {
        current.start = current.end;
        nextPartition++;
        current.end = nextPartition < bounds.count() ? bounds.start(nextPartition) : ended;
        evaluation.begin(current);
    }

    /** Reads on until there is a partition that has ended. Returns false at the end. */
    private boolean read() {
        dropAnswered();
        while (ended == 0 || rows.size() < MIN_ROWS) {
            if (!hasRow()) {
                ended = rows.size();
                return ended > 0;
            }
            RowBatch next = requireNonNull(batch);
            if (!hasRoom(next.count() - taken) && rows.size() > 0) {
                if (ended == 0) {
                    spill();
                }
                return true;
            }
            add(next);
        }
        return true;
    }

    /** Keeps the rows of the partition that has not ended, if any. */
    private void dropAnswered() {
        int kept = rows.size() - ended;
        if (ended > 0) {
            int[] numbers = Rows.range(ended, rows.size());
            rows = rows.copy(numbers, kept);
            account.resize(rows.heapBytes(kept));
        }
        bounds.begin(kept);
        answered = 0;
        ended = 0;
        current.start = 0;
        current.end = 0;
        nextPartition = -1;
    }

    private boolean hasRow() {
        RowBatch known = batch;
        if (known == null || taken == known.count()) {
            run.checkCancelled();
            known = input.next();
            batch = known;
            taken = 0;
        }
        return known != null;
    }

    private boolean hasRoom(int moreRows) {
        return account.resize(rows.heapBytes(rows.size() + moreRows));
    }

    /** Takes what is left of a batch. */
    private void add(RowBatch next) {
        int count = next.count() - taken;
        rows.add(next, Arrays.copyOfRange(next.rows(), taken, next.count()), count);
        taken = next.count();
        bounds.add(rows, count);
        ended = bounds.count() == 0 ? 0 : bounds.start(bounds.count() - 1);
    }

    /** Moves the partition that is in memory to a file, and what is still to come of it. */
    private void spill() {
        SpilledPartition partition = new SpilledPartition(inputTypes, run);
        spilled = partition;
        int[] first = {0};
        RowStore key = rows.copy(first, 1);
        partition.add(rows);
        rows.clear();
        account.resize(0);
        bounds.begin(0);
        while (hasRow()) {
            RowBatch next = requireNonNull(batch);
            int count = bounds.countSame(key, next, taken);
            partition.add(next, Arrays.copyOfRange(next.rows(), taken, taken + count), count);
            taken += count;
            if (taken < next.count()) {
                break;
            }
        }
        evaluation.begin(partition.complete());
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(List.of(account, functionAccount, input));
        if (spilled != null) {
            open.add(spilled);
        }
        Closing.all(open);
    }
}
