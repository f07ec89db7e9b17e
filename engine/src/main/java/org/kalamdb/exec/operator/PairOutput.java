// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** Pairs of rows, and the rows without a match of the sides that are preserved. */
final class PairOutput extends JoinOutput {
    private final boolean probePreserved;
    private final boolean buildPreserved;
    private final BuildSide build;
    private final JoinBatch batch;
    private final Pairs pairs;
    private final @Nullable RowMarks marks;
    private final Run run;
    private @Nullable RowBatch probe;
    private int nextUnmatched;

    PairOutput(JoinDefinition definition, BuildSide build, @Nullable RowMarks marks, Run run) {
        this.probePreserved = definition.probe().preserved();
        this.buildPreserved = definition.build().preserved();
        this.build = build;
        this.batch =
                new JoinBatch(definition.probe().types(), definition.build().types(), definition.probeIsLeft(), build);
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
        while (pairs.hasMore()) {
            run.checkCancelled();
            int found = pairs.next();
            if (found > 0) {
                noteMatches(found);
                return batch;
            }
        }
        if (marks != null) {
            if (probe != null) {
                pairs.mark(marks);
                probe = null;
            }
            return null;
        }
        if (probePreserved && probe != null) {
            batch.reserve(probe.count());
        }
        int count = probePreserved ? pairs.takeUnmatched(batch.probeRows) : 0;
        return count == 0 ? null : besideNulls(requireNonNull(probe), count);
    }

    private void noteMatches(int found) {
        if (buildPreserved) {
            for (int i = 0; i < found; i++) {
                build.match(batch.buildRows[batch.rows()[i]]);
            }
        }
    }

    private RowBatch besideNulls(RowBatch rows, int count) {
        Arrays.fill(batch.buildRows, 0, count, -1);
        return batch.begin(rows, count);
    }

    @Override
    @Nullable
    RowBatch rest() {
        if (!buildPreserved) {
            return null;
        }
        while (nextUnmatched < build.size()) {
            int to = Math.min(build.size(), nextUnmatched + Rows.BATCH_SIZE);
            batch.reserve(to - nextUnmatched);
            int count = build.select(false, nextUnmatched, to, batch.buildRows);
            nextUnmatched = to;
            if (count > 0) {
                Arrays.fill(batch.probeRows, 0, count, -1);
                return batch.begin(null, count);
            }
        }
        return null;
    }

    @Override
    @Nullable
    RowBatch marked(RowBatch rows, RowMarks complete) {
        batch.reserve(rows.count());
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            batch.probeRows[count] = rows.rows()[i];
            count += complete.isMarked(i) ? 0 : 1;
        }
        return count == 0 ? null : besideNulls(rows, count);
    }
}
