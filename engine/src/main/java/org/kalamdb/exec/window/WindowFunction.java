// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.Lane;

/** Computes one value of each row of a partition. Safe for use by several threads. */
public interface WindowFunction {
    /** Begins to compute it for one run of a query. */
    Evaluation open();

    /** A function under way. Confined to one thread. */
    interface Evaluation {
        /** Begins a partition. */
        default void begin() {}

        /**
         * Computes the values of some rows of the partition; to be called for all of them, one after the other.
         *
         * @param from the first row
         * @param to behind the last row
         * @param results takes the values
         * @param at where the value of the first row is written; there is room
         */
        void evaluate(Partition partition, int from, int to, Lane results, int at);
    }
}
