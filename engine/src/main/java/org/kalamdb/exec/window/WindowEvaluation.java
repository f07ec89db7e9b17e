// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import java.util.List;
import java.util.function.LongConsumer;
import org.kalamdb.exec.kernel.Lane;

/** The functions of a window under way, partition by partition. Confined to one thread. */
public final class WindowEvaluation {
    private final Partition partition;
    private final List<WindowFunction.Evaluation> functions;
    private final Runnable check;

    WindowEvaluation(WindowDefinition window, Runnable check, LongConsumer holder) {
        this.partition = new Partition(window.orderColumns(), window.frame(), check, holder);
        this.functions = window.functions().stream().map(WindowFunction::open).toList();
        this.check = check;
    }

    /** Begins a partition. @param rows read until the next one begins */
    public void begin(PartitionRows rows) {
        partition.begin(rows);
        functions.forEach(WindowFunction.Evaluation::begin);
    }

    /**
     * Computes all functions for some rows of the partition; to be called for all of them, one after the other.
     *
     * @param from the first row
     * @param to behind the last row
     * @param lanes the last of these take the values, one lane for each function
     * @param at where the value of the first row is written; there is room
     */
    public void evaluate(int from, int to, Lane[] lanes, int at) {
        check.run();
        int first = lanes.length - functions.size();
        for (int i = 0; i < functions.size(); i++) {
            functions.get(i).evaluate(partition, from, to, lanes[first + i], at);
        }
    }
}
