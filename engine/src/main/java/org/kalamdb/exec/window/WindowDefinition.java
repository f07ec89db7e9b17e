// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.RowKeys;

/**
 * One window and the functions over it. Immutable.
 *
 * @param partitionColumns rows that are equal in these belong together
 * @param orderColumns what rows of a partition are sorted by
 */
public record WindowDefinition(
        List<Integer> partitionColumns, List<Integer> orderColumns, Frame frame, List<WindowFunction> functions) {
    private static final int ROWS_PER_CHECK = 1 << 14;

    public WindowDefinition {
        partitionColumns = List.copyOf(partitionColumns);
        orderColumns = List.copyOf(orderColumns);
        requireNonNull(frame, "frame is null");
        functions = List.copyOf(functions);
    }

    /** Whether two rows, one after the other in their order, are in one partition. */
    public boolean inOnePartition(@Nullable Object[] row, @Nullable Object[] next) {
        return RowKeys.same(row, next, partitionColumns);
    }

    /**
     * The rows of one partition with a value of each function behind their own.
     *
     * @param check called now and then, to throw if the query is to stop
     */
    public List<@Nullable Object[]> evaluate(List<@Nullable Object[]> rows, Runnable check) {
        Partition partition = new Partition(rows, orderColumns, frame, check);
        List<@Nullable Object[]> results = new ArrayList<>(functions.size());
        for (WindowFunction function : functions) {
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            check.run();
            function.evaluate(partition, values);
            results.add(values);
        }
        List<@Nullable Object[]> extended = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (i % ROWS_PER_CHECK == 0) {
                check.run();
            }
            @Nullable Object[] row = rows.get(i);
            @Nullable Object[] wider = Arrays.copyOf(row, row.length + results.size());
            for (int function = 0; function < results.size(); function++) {
                wider[row.length + function] = results.get(function)[i];
            }
            extended.add(wider);
        }
        return extended;
    }
}
