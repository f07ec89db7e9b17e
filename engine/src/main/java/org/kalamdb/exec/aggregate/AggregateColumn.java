// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of each group. Immutable.
 *
 * @param accumulators makes what aggregates a group, given the columns that the rows are grouped by
 * @param arguments columns of the input
 * @param filter column of the input that is true of the rows to aggregate, or null for all rows
 */
public record AggregateColumn(
        Function<Set<Integer>, Accumulator> accumulators,
        List<Integer> arguments,
        @Nullable Integer filter) {
    public AggregateColumn {
        requireNonNull(accumulators, "accumulators is null");
        arguments = List.copyOf(arguments);
    }

    void add(@Nullable Object[] row, Accumulator accumulator) {
        if (filter != null && !Boolean.TRUE.equals(row[filter])) {
            return;
        }
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row[arguments.get(i)];
        }
        accumulator.add(values);
    }
}
