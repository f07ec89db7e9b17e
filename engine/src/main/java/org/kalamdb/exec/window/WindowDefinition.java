// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * One window and the functions over it. Immutable.
 *
 * @param partitionColumns rows that are equal in these belong together
 * @param orderColumns what rows of a partition are sorted by
 */
public record WindowDefinition(
        List<Integer> partitionColumns, List<Integer> orderColumns, Frame frame, List<WindowFunction> functions) {
    public WindowDefinition {
        partitionColumns = List.copyOf(partitionColumns);
        orderColumns = List.copyOf(orderColumns);
        requireNonNull(frame, "frame is null");
        functions = List.copyOf(functions);
    }

    /**
     * Begins to compute the functions.
     *
     * @param check called now and then, to throw if the query is to stop
     * @param holder told how many bytes of the heap functions hold beside the rows, to throw if there is no room for them
     */
    public WindowEvaluation open(Runnable check, LongConsumer holder) {
        return new WindowEvaluation(this, check, holder);
    }
}
