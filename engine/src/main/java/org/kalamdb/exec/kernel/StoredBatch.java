// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.ScanBatch;

/** A batch of a scan. A column becomes a lane when it is first asked for. Confined to one thread. */
public final class StoredBatch extends RowBatch {
    private final VectorLane[] lanes;
    private @Nullable ScanBatch columns;

    public StoredBatch(int columnCount) {
        lanes = new VectorLane[columnCount];
        for (int i = 0; i < columnCount; i++) {
            lanes[i] = new VectorLane();
        }
    }

    /** Begins a batch with those columns and the rows that count. */
    public StoredBatch begin(ScanBatch batch) {
        columns = batch;
        for (VectorLane lane : lanes) {
            lane.expire();
        }
        reset(batch.size());
        int[] some = batch.rows();
        if (some != null) {
            select(some, batch.count());
        }
        return this;
    }

    @Override
    public Lane lane(int column) {
        ScanBatch batch = columns;
        if (batch == null) {
            throw new IllegalStateException("No batch has begun");
        }
        return lanes[column].view(batch.column(column));
    }
}
