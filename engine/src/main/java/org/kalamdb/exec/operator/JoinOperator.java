// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/** A join: it holds the rows of one input and asks them for the matches of those of the other. */
public final class JoinOperator implements Operator {
    private final Operator probeInput;
    private final Operator buildInput;
    private final JoinDefinition definition;
    private final Run run;
    private final MemoryAccount account;
    private @Nullable Operator answers;

    public JoinOperator(Operator probeInput, Operator buildInput, JoinDefinition definition, Run run) {
        this.probeInput = probeInput;
        this.buildInput = buildInput;
        this.definition = definition;
        this.run = run;
        this.account = run.resources().memory().openAccount();
    }

    @Override
    public @Nullable RowBatch next() {
        Operator opened = answers;
        if (opened == null) {
            opened = begin();
            answers = opened;
        }
        return opened.next();
    }

    private Operator begin() {
        BuildSide build = new BuildSide(definition, run);
        for (RowBatch batch = buildInput.next(); batch != null; batch = buildInput.next()) {
            run.checkCancelled();
            if (!build.add(batch, account)) {
                Operator all = new UnionOperator(List.of(build.rows(), new Pending(batch, build), buildInput));
                return new PartitionedJoin(definition, all, probeInput, account, run);
            }
        }
        build.finish(definition);
        return new Probing(JoinOutput.of(definition, build, null, run), probeInput, run);
    }

    /** The batch for which there was no room; when somebody asks for it, nobody needs the rows before it any more. */
    private final class Pending implements Operator {
        private final BuildSide before;
        private @Nullable RowBatch batch;

        Pending(RowBatch batch, BuildSide before) {
            this.batch = batch;
            this.before = before;
        }

        @Override
        public @Nullable RowBatch next() {
            RowBatch rows = batch;
            batch = null;
            if (rows != null) {
                before.clear();
                account.resize(0);
            }
            return rows;
        }

        @Override
        public void close() {
            // The batch belongs to the input.
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(List.of(account, probeInput, buildInput));
        if (answers instanceof PartitionedJoin join) {
            open.add(join);
        }
        Closing.all(open);
    }
}
