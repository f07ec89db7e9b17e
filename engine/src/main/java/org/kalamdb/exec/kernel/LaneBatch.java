// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** A batch whose lanes are at hand. Confined to one thread. */
public final class LaneBatch extends RowBatch {
    private final Lane[] lanes;

    /** @param lanes read from now on, not copied */
    public LaneBatch(Lane... lanes) {
        this.lanes = lanes;
    }

    /** Begins a batch of {@code size} rows, all of them selected. */
    public LaneBatch begin(int size) {
        reset(size);
        return this;
    }

    @Override
    public Lane lane(int column) {
        return lanes[column];
    }
}
