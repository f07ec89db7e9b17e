// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * A join both of whose sides are in files: as many rows of the one as there is room for meet all rows of the other, then the
 * next rows do. For rows that hashes cannot tell apart.
 */
final class BlockJoin implements Operator {
    private final JoinDefinition definition;
    private final SpilledRows probeRows;
    private final Operator buildRows;
    private final MemoryAccount account;
    private final Run run;
    private final @Nullable RowMarks marks;
    private @Nullable RowBatch pending;
    private @Nullable JoinOutput output;
    private @Nullable Operator probing;
    private @Nullable Operator marked;

    BlockJoin(JoinDefinition definition, SpilledRows build, SpilledRows probe, MemoryAccount account, Run run) {
        this.definition = definition;
        this.buildRows = build.read(run);
        this.probeRows = probe;
        this.account = account;
        this.run = run;
        this.marks = JoinOutput.needsMarks(definition) ? new RowMarks() : null;
        this.pending = buildRows.next();
    }

    @Override
    public @Nullable RowBatch next() {
        while (marked == null) {
            Operator current = probing;
            RowBatch answer = current == null ? null : current.next();
            if (answer != null) {
                return answer;
            }
            if (!beginBlock()) {
                if (marks == null) {
                    return null;
                }
                marks.rewind();
                marked = probeRows.read(run);
            }
        }
        return nextMarked(requireNonNull(marked), requireNonNull(marks));
    }

    /** Returns false if all rows have been held. */
    private boolean beginBlock() {
        if (pending == null) {
            return false;
        }
        BuildSide build = new BuildSide(definition, run);
        JoinKeys keys = BuildSide.keys(definition, run);
        while (pending != null && build.add(pending, keys.of(pending), account)) {
            pending = buildRows.next();
        }
        build.finish(definition);
        if (marks != null) {
            marks.rewind();
        }
        JoinOutput begun = JoinOutput.of(definition, build, marks, run);
        output = begun;
        probing = new Probing(begun, probeRows.read(run), () -> true, run);
        return true;
    }

    private @Nullable RowBatch nextMarked(Operator rows, RowMarks complete) {
        JoinOutput last = requireNonNull(output);
        for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
            int count = batch.count();
            RowBatch answer = last.marked(batch, complete);
            complete.skip(count);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    @Override
    public void close() {
        // The files belong to somebody else.
    }
}
