// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;

/** A part of a running query. Confined to one thread. */
public interface Operator extends AutoCloseable {
    /** The next rows, at least one, valid until the next call; null at the end. */
    @Nullable
    RowBatch next();

    /**
     * Says before the first batch is asked for that rows whose value in a column does not pass a filter are not wanted. They may
     * come all the same.
     *
     * @param column of the batches
     * @return whether it is of any use here
     */
    default boolean filterBy(int column, RuntimeFilter filter) {
        return false;
    }

    /** Gives a filter to each of some operators, as {@link #filterBy}. @return whether it is of any use to one of them */
    static boolean filterEach(Iterable<Operator> operators, int column, RuntimeFilter filter) {
        boolean used = false;
        for (Operator each : operators) {
            used |= each.filterBy(column, filter);
        }
        return used;
    }

    /**
     * Does before the first batch is asked for what several threads can do together, such as reading the side of a join that is
     * held. Called by whoever is about to have parts run by several threads, while all of these are free; whatever is not done
     * here is done by the thread that asks for the first batch.
     */
    default void prepare() {}

    /** How many rows were left out so far because they did not pass a filter. */
    default long filteredRows() {
        return 0;
    }

    @Override
    void close();
}
