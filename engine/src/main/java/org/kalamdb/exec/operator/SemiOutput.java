// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** The rows of the probing side that have a match, or those that have none. */
final class SemiOutput extends JoinOutput {
    private final boolean matchWanted;
    private final boolean hasResidual;
    private final Pairs pairs;
    private final @Nullable RowMarks marks;
    private final Run run;
    private @Nullable RowBatch probe;
    private int[] selected = {};

    SemiOutput(JoinDefinition definition, BuildSide build, @Nullable RowMarks marks, Run run) {
        this.matchWanted = definition.answer() == JoinDefinition.Answer.MATCHED;
        this.hasResidual = definition.residual() != null;
        JoinBatch batch =
                new JoinBatch(definition.probe().types(), definition.build().types(), true, build);
        this.pairs = new Pairs(build, batch, definition, run);
        this.marks = marks;
        this.run = run;
    }

    @Override
    void begin(RowBatch rows) {
        probe = rows;
        pairs.begin(rows);
    }

    @Override
    @Nullable
    RowBatch next() {
        RowBatch rows = probe;
        if (rows == null) {
            return null;
        }
        probe = null;
        while (hasResidual && pairs.hasMore()) {
            run.checkCancelled();
            pairs.next();
        }
        if (marks != null) {
            for (int i = 0; i < rows.count(); i++) {
                if (isMatched(i)) {
                    marks.mark(i);
                }
            }
            marks.skip(rows.count());
            return null;
        }
        return select(rows, this::isMatched);
    }

    private boolean isMatched(int place) {
        return hasResidual ? pairs.isMatched(place) : pairs.hasKey(place);
    }

    private @Nullable RowBatch select(RowBatch rows, IntPredicate matches) {
        if (selected.length < rows.count()) {
            selected = new int[rows.count()];
        }
        int found = 0;
        for (int i = 0; i < rows.count(); i++) {
            selected[found] = rows.rows()[i];
            found += matches.test(i) == matchWanted ? 1 : 0;
        }
        if (found == 0) {
            return null;
        }
        rows.select(selected, found);
        return rows;
    }

    @Override
    @Nullable
    RowBatch rest() {
        return null;
    }

    @Override
    @Nullable
    RowBatch marked(RowBatch rows, RowMarks complete) {
        return select(rows, complete::isMarked);
    }
}
