// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;

/** A batch of a scan. A column becomes a lane when it is first asked for. Confined to one thread. */
public final class StoredBatch extends RowBatch {
    private final VectorLane[] lanes;
    private @Nullable ColumnBatch columns;

    public StoredBatch(int columnCount) {
        lanes = new VectorLane[columnCount];
        for (int i = 0; i < columnCount; i++) {
            lanes[i] = new VectorLane();
        }
    }

    /** Begins a batch with those columns, all rows selected. */
    public StoredBatch begin(ColumnBatch batch) {
        columns = batch;
        for (VectorLane lane : lanes) {
            lane.expire();
        }
        reset(batch.rowCount());
        return this;
    }

    @Override
    public Lane lane(int column) {
        ColumnBatch batch = columns;
        if (batch == null) {
            throw new IllegalStateException("No batch has begun");
        }
        return lanes[column].view(batch.column(column));
    }
}
