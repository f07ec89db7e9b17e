// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** The rows that are held and have a match, or those that have none: they are marked, and answered in the end. */
final class HeldOutput extends JoinOutput {
    private final boolean matchWanted;
    private final boolean hasResidual;
    private final BuildSide build;
    private final JoinBatch pairBatch;
    private final JoinBatch answer;
    private final Pairs pairs;
    private final Run run;
    private int[] firsts = {};
    private @Nullable RowBatch probe;
    private int nextRow;

    HeldOutput(JoinDefinition definition, BuildSide build, Run run) {
        this.matchWanted = definition.answer() == JoinDefinition.Answer.HELD_MATCHED;
        this.hasResidual = definition.residual() != null;
        this.build = build;
        this.pairBatch =
                new JoinBatch(definition.probe().types(), definition.build().types(), definition.probeIsLeft(), build);
        this.answer = new JoinBatch(List.of(), definition.build().types(), false, build);
        this.pairs = new Pairs(build, pairBatch, definition, run);
        this.run = run;
    }

    @Override
    void begin(RowBatch rows) {
        probe = rows;
    }

    /** Answers nothing yet. */
    @Override
    @Nullable
    RowBatch next() {
        RowBatch rows = probe;
        probe = null;
        if (rows != null) {
            if (hasResidual) {
                markPairs(rows);
            } else {
                markKeys(rows);
            }
        }
        return null;
    }

    private void markPairs(RowBatch rows) {
        pairs.begin(rows);
        while (pairs.hasMore()) {
            run.checkCancelled();
            int found = pairs.next();
            for (int i = 0; i < found; i++) {
                build.match(pairBatch.buildRows[pairBatch.rows()[i]]);
            }
        }
    }

    private void markKeys(RowBatch rows) {
        if (firsts.length < rows.count()) {
            firsts = new int[rows.count()];
        }
        pairs.find(rows, firsts);
        for (int i = 0; i < rows.count(); i++) {
            if (firsts[i] >= 0) {
                build.matchAll(firsts[i]);
            }
        }
    }

    @Override
    @Nullable
    RowBatch rest() {
        while (nextRow < build.size()) {
            int to = Math.min(build.size(), nextRow + Rows.BATCH_SIZE);
            answer.reserve(to - nextRow);
            int count = build.select(matchWanted, nextRow, to, answer.buildRows);
            nextRow = to;
            if (count > 0) {
                return answer.begin(null, count);
            }
        }
        return null;
    }

    @Override
    @Nullable
    RowBatch marked(RowBatch rows, RowMarks complete) {
        throw new IllegalStateException("No row of the probing side is answered");
    }
}
