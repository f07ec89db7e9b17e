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

    /** How many rows were left out so far because they did not pass a filter. */
    default long filteredRows() {
        return 0;
    }

    @Override
    void close();
}
