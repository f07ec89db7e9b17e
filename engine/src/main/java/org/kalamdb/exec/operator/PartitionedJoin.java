// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * A join whose one side has no place in memory. Both sides go to files, split by the hashes of their keys, and one part is
 * joined after the other. A part that is still too large is split again; if that does not help, since its rows have one key,
 * it is joined in blocks.
 */
final class PartitionedJoin implements Operator {
    private final JoinDefinition definition;
    private final MemoryAccount account;
    private final Run run;
    /** The innermost first. */
    private final Deque<Split> splits = new ArrayDeque<>();

    private @Nullable Operator current;

    /**
     * @param build all rows of one side
     * @param account of the rows that are held
     */
    PartitionedJoin(JoinDefinition definition, Operator build, Operator probe, MemoryAccount account, Run run) {
        this.definition = definition;
        this.account = account;
        this.run = run;
        splits.push(new Split(0));
        try {
            splits.getFirst().read(build, probe);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The parts of both sides. */
    private final class Split implements AutoCloseable {
        private final int level;
        private final List<Partitions> open = new ArrayList<>();
        private List<SpilledRows> buildParts = List.of();
        private List<SpilledRows> probeParts = List.of();
        private int next;

        Split(int level) {
            this.level = level;
        }

        void read(Operator build, Operator probe) {
            buildParts = split(definition.build(), build);
            probeParts = split(definition.probe(), probe);
        }

        private List<SpilledRows> split(JoinDefinition.Side side, Operator rows) {
            List<Expression> expressions = side.keys();
            JoinKeys keys = Pairs.keys(expressions, definition, run);
            Partitions partitions = new Partitions(side.types(), level, run);
            open.add(partitions);
            for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
                keys.evaluate(batch);
                partitions.add(batch, batch.rows(), batch.count(), keys.hashes(batch));
            }
            return partitions.parts();
        }

        @Override
        public void close() {
            Closing.all(open);
        }
    }

    @Override
    public @Nullable RowBatch next() {
        while (true) {
            run.checkCancelled();
            RowBatch answer = current == null ? null : current.next();
            if (answer != null) {
                return answer;
            }
            current = null;
            account.resize(0);
            Split split = splits.peek();
            if (split == null) {
                return null;
            }
            if (split.next == split.buildParts.size()) {
                splits.pop().close();
            } else {
                int part = split.next++;
                begin(split.buildParts.get(part), split.probeParts.get(part), split.level + 1);
            }
        }
    }

    private void begin(SpilledRows build, SpilledRows probe, int level) {
        BuildSide held = new BuildSide(definition, run);
        JoinKeys keys = BuildSide.keys(definition, run);
        Operator rows = build.read(run);
        for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
            if (!held.add(batch, keys.of(batch), account)) {
                account.resize(0);
                splitAgain(build, probe, level);
                return;
            }
        }
        held.finish(definition);
        current = new Probing(JoinOutput.of(definition, held, null, run), probe.read(run), () -> true, run);
    }

    private void splitAgain(SpilledRows build, SpilledRows probe, int level) {
        if (level < Partitions.MAX_LEVEL && !definition.keyTypes().isEmpty()) {
            Split split = new Split(level);
            splits.push(split);
            split.read(build.read(run), probe.read(run));
            if (split.buildParts.stream().noneMatch(part -> part.rowCount() == build.rowCount())) {
                return;
            }
            splits.pop().close();
        }
        current = new BlockJoin(definition, build, probe, account, run);
    }

    @Override
    public void close() {
        Closing.all(List.copyOf(splits));
        splits.clear();
    }
}
