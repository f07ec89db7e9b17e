// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** The rows of one input that have a match in the other, or those that have none. */
public final class SemiJoinOperator implements Operator {
    private final Operator probeInput;
    private final Operator buildInput;
    private final boolean matchWanted;
    private final boolean hasResidual;
    private final BuildSide build;
    private final Pairs pairs;
    private final Run run;
    private int[] selected = {};
    private boolean built;

    /** @param matchWanted whether rows with a match are answered, or those without one */
    public SemiJoinOperator(
            Operator probeInput, Operator buildInput, JoinDefinition definition, boolean matchWanted, Run run) {
        this.probeInput = probeInput;
        this.buildInput = buildInput;
        this.matchWanted = matchWanted;
        this.hasResidual = definition.residual() != null;
        this.run = run;
        this.build = new BuildSide(
                definition.build().types(),
                definition.keyTypes(),
                Pairs.keys(definition.build().keys(), definition, run));
        this.pairs = new Pairs(
                build,
                new JoinBatch(definition.probe().types(), definition.build().types(), true, build),
                definition,
                run);
    }

    @Override
    public @Nullable RowBatch next() {
        if (!built) {
            build.read(buildInput);
            built = true;
        }
        for (RowBatch rows = probeInput.next(); rows != null; rows = probeInput.next()) {
            pairs.begin(rows);
            while (hasResidual && pairs.hasMore()) {
                run.checkCancelled();
                pairs.next();
            }
            int found = select(rows);
            if (found > 0) {
                rows.select(selected, found);
                return rows;
            }
        }
        return null;
    }

    private int select(RowBatch rows) {
        if (selected.length < rows.count()) {
            selected = new int[rows.count()];
        }
        int found = 0;
        for (int i = 0; i < rows.count(); i++) {
            selected[found] = rows.rows()[i];
            boolean matches = hasResidual ? pairs.isMatched(i) : pairs.hasKey(i);
            found += matches == matchWanted ? 1 : 0;
        }
        return found;
    }

    @Override
    public void close() {
        Operators.closeAll(List.of(probeInput, buildInput));
    }
}
