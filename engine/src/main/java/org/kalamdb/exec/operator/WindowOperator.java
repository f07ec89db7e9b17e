// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.window.WindowDefinition;

/**
 * The rows of its input, which come sorted by partition and order, with the values of window functions behind their own.
 * Holds one partition at a time.
 */
public final class WindowOperator implements Operator {
    /** Of a row and of each of its values, by estimate. */
    private static final int OBJECT_BYTES = 40;

    private static final int ROWS_PER_RESIZE = 256;

    private final Operator input;
    private final WindowDefinition window;
    private final Run run;
    private final MemoryAccount account;
    private final Lane[] output;
    private final LaneBatch outputBatch;
    private final int inputWidth;
    private @Nullable RowBatch batch;
    private int place;
    private List<@Nullable Object[]> partition = List.of();
    private int next;

    /** @param types of the columns of the input, then of the functions */
    public WindowOperator(Operator input, List<LaneType> types, WindowDefinition window, Run run) {
        this.input = input;
        this.window = window;
        this.run = run;
        this.account = run.resources().openAccount();
        this.output = Lane.ofEach(types);
        this.outputBatch = new LaneBatch(output);
        this.inputWidth = types.size() - window.functions().size();
    }

    @Override
    public @Nullable RowBatch next() {
        for (Lane lane : output) {
            lane.prepare(Rows.BATCH_SIZE);
        }
        int count = 0;
        while (count < Rows.BATCH_SIZE) {
            if (next == partition.size()) {
                partition = nextPartition();
                next = 0;
                if (partition.isEmpty()) {
                    break;
                }
            }
            @Nullable Object[] row = partition.get(next++);
            for (int i = 0; i < output.length; i++) {
                output[i].set(count, row[i]);
            }
            count++;
        }
        return count == 0 ? null : outputBatch.begin(count);
    }

    private List<@Nullable Object[]> nextPartition() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        while (hasRow()) {
            @Nullable Object[] row = row();
            if (!rows.isEmpty() && !window.inOnePartition(rows.get(0), row)) {
                break;
            }
            rows.add(row);
            place++;
            if (rows.size() % ROWS_PER_RESIZE == 0) {
                account.require(
                        (long) OBJECT_BYTES * (output.length + 1) * rows.size(), "the rows of a window partition");
            }
        }
        return rows.isEmpty() ? rows : window.evaluate(rows, run::checkCancelled);
    }

    private boolean hasRow() {
        RowBatch current = batch;
        if (current == null || place == current.count()) {
            run.checkCancelled();
            current = input.next();
            batch = current;
            place = 0;
        }
        return current != null;
    }

    private @Nullable Object[] row() {
        RowBatch current = requireNonNull(batch);
        int row = current.rows()[place];
        @Nullable Object[] values = new @Nullable Object[inputWidth];
        for (int i = 0; i < inputWidth; i++) {
            values[i] = current.lane(i).get(row);
        }
        return values;
    }

    @Override
    public void close() {
        Closing.all(List.of(account, input));
    }
}
