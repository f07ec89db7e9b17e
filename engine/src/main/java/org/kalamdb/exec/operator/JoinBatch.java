// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;

/** Pairs of rows of two sides; columns are gathered when they are first asked for. Confined to one thread. */
final class JoinBatch extends RowBatch {
    private final Lane[] lanes;
    private final boolean[] gathered;
    /** Columns from here on, up to {@link #probeEnd}, are those of the probing side. */
    private final int probeStart;

    private final int probeEnd;
    private final BuildSide build;
    int[] probeRows = {};
    int[] buildRows = {};
    private @Nullable RowBatch probe;

    /** @param probeIsLeft whether the columns of the probing side come first */
    JoinBatch(List<LaneType> probeTypes, List<LaneType> buildTypes, boolean probeIsLeft, BuildSide build) {
        this.build = build;
        this.probeStart = probeIsLeft ? 0 : buildTypes.size();
        this.probeEnd = probeStart + probeTypes.size();
        this.lanes = new Lane[probeTypes.size() + buildTypes.size()];
        this.gathered = new boolean[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            LaneType type = isProbe(i) ? probeTypes.get(i - probeStart) : buildTypes.get(buildColumn(i));
            lanes[i] = Lane.of(type);
        }
    }

    /** Makes room for the row numbers of so many pairs, and keeps those that have been written. */
    void reserve(int count) {
        if (probeRows.length < count) {
            probeRows = Arrays.copyOf(probeRows, count);
            buildRows = Arrays.copyOf(buildRows, count);
        }
    }

    private boolean isProbe(int column) {
        return column >= probeStart && column < probeEnd;
    }

    private int buildColumn(int column) {
        return probeStart == 0 ? column - probeEnd : column;
    }

    /** Begins a batch of pairs, whose row numbers have been written; -1 stands for a row of NULLs. */
    JoinBatch begin(@Nullable RowBatch newProbe, int count) {
        probe = newProbe;
        Arrays.fill(gathered, false);
        reset(count);
        return this;
    }

    @Override
    public Lane lane(int column) {
        Lane lane = lanes[column];
        if (!gathered[column]) {
            gathered[column] = true;
            if (isProbe(column)) {
                Lane source = probe == null ? Lane.of(lane.type()) : probe.lane(column - probeStart);
                lane.gather(source, probeRows, size());
            } else {
                lane.gather(build.lane(buildColumn(column)), buildRows, size());
            }
        }
        return lane;
    }
}
