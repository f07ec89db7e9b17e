// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** One aggregate of all groups under way. Confined to one thread at a time. */
interface Aggregation extends AutoCloseable {
    /** Makes room for groups, of which new ones are empty. */
    void reserve(int groupCount);

    /** @param groups {@code groups[i]} is the number of the group of {@code rows[i]} */
    void add(RowBatch batch, int[] rows, int count, int[] groups);

    /** To be called once, when all rows have been added and before the first result is written. */
    default void complete() {}

    /** Writes the results of the groups from {@code from} on to the first rows of a lane that is prepared for them. */
    void finish(int from, int count, Lane to);

    /** Writes what is known of the groups, from which the function that merges the aggregate computes its results. */
    default void writePartial(int from, int count, Lane to) {
        finish(from, count, to);
    }

    /** Bytes of the heap that it would hold with so many groups. */
    long heapBytes(int groupCount);

    /** Gives back what it can do without for now. @return whether there was something */
    default boolean release() {
        return false;
    }

    /**
     * Holds no more than it must from now on: there will be no new groups, and there is no more room. Called before each batch of
     * rows then.
     */
    default void freeze() {}

    @Override
    default void close() {}
}
