// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/**
 * What a join answers for the batches of its probing side, against rows that are held. When these are only some of the rows
 * of their side, what depends on all of them is marked and answered at the end. Confined to one thread.
 */
abstract sealed class JoinOutput permits PairOutput, SemiOutput, HeldOutput {
    /** @param marks for the rows of the probing side that have a match, or null if all rows of the other side are held */
    static JoinOutput of(JoinDefinition definition, BuildSide build, @Nullable RowMarks marks, Run run) {
        if (definition.answer().isOfHeld()) {
            return new HeldOutput(definition, build, run);
        }
        return definition.answer().isOfProbe()
                ? new SemiOutput(definition, build, marks, run)
                : new PairOutput(definition, build, marks, run);
    }

    /** Whether the rows that are answered depend on all rows that are held. */
    static boolean needsMarks(JoinDefinition definition) {
        return definition.answer().isOfProbe() || definition.probe().preserved();
    }

    /** Begins with a batch. */
    abstract void begin(RowBatch probe);

    /** The next rows for the batch, or null if there are no more. */
    abstract @Nullable RowBatch next();

    /** The next of the rows that are held and are answered on their own, or null if there are no more. */
    abstract @Nullable RowBatch rest();

    /** The rows for a batch whose marks are complete, or null if there are none. */
    abstract @Nullable RowBatch marked(RowBatch probe, RowMarks complete);
}
