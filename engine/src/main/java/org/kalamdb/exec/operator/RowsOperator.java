// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** Rows of internal values, gathered into batches. */
public final class RowsOperator implements Operator {
    private final Enumerator<?> rows;
    private final Lane[] lanes;
    private final LaneBatch batch;
    private final Run run;

    /** @param rows arrays of internal values, or the bare values if there is one column */
    public RowsOperator(Enumerator<?> rows, List<LaneType> types, Run run) {
        this.rows = rows;
        this.lanes = Lane.ofEach(types);
        this.batch = new LaneBatch(lanes);
        this.run = run;
    }

    @Override
    public @Nullable RowBatch next() {
        run.checkCancelled();
        for (Lane lane : lanes) {
            lane.prepare(0);
        }
        int count = 0;
        while (count < Rows.BATCH_SIZE && rows.moveNext()) {
            add(rows.current(), count++);
        }
        return count == 0 ? null : batch.begin(count);
    }

    private void add(@Nullable Object row, int at) {
        if (row instanceof Object[] values) {
            for (int i = 0; i < lanes.length; i++) {
                set(i, at, values[i]);
            }
        } else {
            set(0, at, row);
        }
    }

    private void set(int column, int at, @Nullable Object value) {
        lanes[column].reserve(at + 1);
        lanes[column].set(at, value);
    }

    @Override
    public void close() {
        rows.close();
    }
}
