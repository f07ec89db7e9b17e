// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** Pairs of rows of two inputs whose keys are the same, and the rows without a match of the sides that are preserved. */
public final class HashJoinOperator implements Operator {
    private final Operator probeInput;
    private final Operator buildInput;
    private final boolean probePreserved;
    private final boolean buildPreserved;
    private final BuildSide build;
    private final Pairs pairs;
    private final JoinBatch batch;
    private final Run run;
    private boolean[] buildMatched = {};
    private boolean built;
    private @Nullable RowBatch probe;
    private boolean probeEnded;
    private int nextUnmatched;

    public HashJoinOperator(Operator probeInput, Operator buildInput, JoinDefinition definition, Run run) {
        this.probeInput = probeInput;
        this.buildInput = buildInput;
        this.probePreserved = definition.probe().preserved();
        this.buildPreserved = definition.build().preserved();
        this.run = run;
        JoinKeys buildKeys = Pairs.keys(definition.build().keys(), definition, run);
        this.build = new BuildSide(definition.build().types(), definition.keyTypes(), buildKeys);
        this.batch =
                new JoinBatch(definition.probe().types(), definition.build().types(), definition.probeIsLeft(), build);
        this.pairs = new Pairs(build, batch, definition, run);
    }

    @Override
    public @Nullable RowBatch next() {
        if (!built) {
            build.read(buildInput);
            buildMatched = new boolean[buildPreserved ? build.size() : 0];
            built = true;
        }
        while (!probeEnded) {
            run.checkCancelled();
            RowBatch answer = probe == null ? null : matches(probe);
            if (answer != null) {
                return answer;
            }
            RowBatch more = probeInput.next();
            probe = more;
            if (more == null) {
                probeEnded = true;
            } else {
                pairs.begin(more);
            }
        }
        return buildPreserved ? unmatchedOfBuild() : null;
    }

    /** Some pairs of the batch, or its rows without a match, or null if all have been answered. */
    private @Nullable RowBatch matches(RowBatch rows) {
        while (pairs.hasMore()) {
            int found = pairs.next();
            if (found > 0) {
                if (buildPreserved) {
                    for (int i = 0; i < found; i++) {
                        buildMatched[batch.buildRows[batch.rows()[i]]] = true;
                    }
                }
                return batch;
            }
        }
        int count = probePreserved ? pairs.takeUnmatched(batch.probeRows) : 0;
        if (count == 0) {
            probe = null;
            return null;
        }
        Arrays.fill(batch.buildRows, 0, count, -1);
        return batch.begin(rows, count);
    }

    private @Nullable RowBatch unmatchedOfBuild() {
        int count = 0;
        while (nextUnmatched < build.size() && count < Rows.BATCH_SIZE) {
            batch.buildRows[count] = nextUnmatched;
            count += buildMatched[nextUnmatched] ? 0 : 1;
            nextUnmatched++;
        }
        Arrays.fill(batch.probeRows, 0, count, -1);
        return count == 0 ? null : batch.begin(null, count);
    }

    @Override
    public void close() {
        Operators.closeAll(List.of(probeInput, buildInput));
    }
}
