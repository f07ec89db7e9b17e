// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** The rows of an operator one by one, as arrays of internal values. Closes the operator. Confined to one thread. */
public final class OperatorRows implements Enumerator<@Nullable Object[]> {
    private final Operator batches;
    private final Lane[] lanes;
    private @Nullable RowBatch batch;
    private int next;

    public OperatorRows(Operator batches, int columnCount) {
        this.batches = batches;
        this.lanes = new Lane[columnCount];
    }

    @Override
    public boolean moveNext() {
        next++;
        if (batch == null || next >= batch.count()) {
            RowBatch more = batches.next();
            batch = more;
            next = 0;
            for (int i = 0; more != null && i < lanes.length; i++) {
                lanes[i] = more.lane(i);
            }
        }
        return batch != null;
    }

    @Override
    public @Nullable Object[] current() {
        int row = requireNonNull(batch).rows()[next];
        @Nullable Object[] values = new @Nullable Object[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            values[i] = lanes[i].get(row);
        }
        return values;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("A query runs once");
    }

    @Override
    public void close() {
        batches.close();
    }
}
