// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** The keys of one side of a join under evaluation. Confined to one thread. */
final class JoinKeys {
    private final List<Kernel> keys;
    private final List<Boolean> nullsMatch;
    private final Lane[] lanes;
    private int[] present = {};
    private long[] hashes = {};

    /** @param nullsMatch for each key whether NULL is the same as NULL; else a row with NULL has no match */
    JoinKeys(List<Kernel> keys, List<Boolean> nullsMatch) {
        this.keys = keys;
        this.nullsMatch = nullsMatch;
        this.lanes = new Lane[keys.size()];
    }

    /** Evaluates the keys of the selected rows of a batch. */
    Lane[] evaluate(RowBatch batch) {
        for (int k = 0; k < lanes.length; k++) {
            lanes[k] = keys.get(k).evaluate(batch, batch.rows(), batch.count());
        }
        return lanes;
    }

    /** These, with the keys of the selected rows of a batch evaluated. */
    JoinKeys of(RowBatch batch) {
        evaluate(batch);
        return this;
    }

    /** The keys evaluated last. */
    Lane[] lanes() {
        return lanes;
    }

    /** The hashes of the keys evaluated last, one for each selected row of their batch. */
    long[] hashes(RowBatch batch) {
        KeyTable.hash(lanes, batch.rows(), batch.count(), roomForHashes(batch));
        return hashes;
    }

    /** Room for the hashes of the keys of a batch. */
    long[] roomForHashes(RowBatch batch) {
        if (hashes.length < batch.count()) {
            hashes = new long[batch.count()];
        }
        return hashes;
    }

    /** Whether a row of the batch evaluated last can have a match. */
    boolean canMatch(int row) {
        for (int k = 0; k < lanes.length; k++) {
            if (lanes[k].isNull(row) && !nullsMatch.get(k)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every row can have a match. */
    boolean allCanMatch() {
        for (int k = 0; k < lanes.length; k++) {
            if (lanes[k].nulls() != null && !nullsMatch.get(k)) {
                return false;
            }
        }
        return true;
    }

    /** Room for as many row numbers. */
    int[] room(int count) {
        if (present.length < count) {
            present = new int[count];
        }
        return present;
    }
}
