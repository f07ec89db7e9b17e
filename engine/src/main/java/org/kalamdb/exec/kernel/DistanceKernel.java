// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;
import org.kalamdb.function.VectorDistance;

/** The distance of two vectors; NULL if one is. What the vectors of many rows are compared with is prepared once. */
public final class DistanceKernel extends Kernel {
    private final VectorDistance distance;
    private final Kernel vectors;
    private final Kernel others;
    private final boolean sameOther;
    private final DoubleLane result;
    private VectorDistance.@Nullable Target target;

    /**
     * @param type FLOAT or DOUBLE
     * @param sameOther whether {@code others} answers the same vector for all rows of a run
     */
    public DistanceKernel(VectorDistance distance, LaneType type, Kernel vectors, Kernel others, boolean sameOther) {
        this.distance = distance;
        this.vectors = vectors;
        this.others = others;
        this.sameOther = sameOther;
        this.result = new DoubleLane(type);
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        EmbeddingLane left = (EmbeddingLane) vectors.evaluate(batch, rows, count);
        EmbeddingLane right = (EmbeddingLane) others.evaluate(batch, rows, count);
        result.prepare(batch.size());
        double[] distances = result.values();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (left.isNull(row) || right.isNull(row)) {
                result.setNull(row);
            } else {
                distances[row] = target(right, row).to(left.data(), left.start(row), left.dimension(row));
            }
        }
        return result;
    }

    private VectorDistance.Target target(EmbeddingLane lane, int row) {
        VectorDistance.Target known = target;
        if (known == null || !sameOther) {
            known = distance.target(lane.data(), lane.start(row), lane.dimension(row));
            target = known;
        }
        return known;
    }
}
