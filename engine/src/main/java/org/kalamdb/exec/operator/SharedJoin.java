// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * A join whose probing side is in parts, which several threads may read. The rows of the other side are held once, by
 * whoever asks first; the others wait. If there is no room for them, one of the parts answers all and the others nothing.
 * Safe for use by several threads.
 */
final class SharedJoin {
    private final JoinDefinition definition;
    private final List<Operator> probeInputs;
    private final BuildInputs buildInputs;
    private final Run run;
    private final MemoryAccount account;
    private final JoinFilters filters;
    private final @Nullable JoinFilters buildFilters;
    private final AtomicInteger open;
    private final AtomicInteger probing;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as all that follows. */
    private boolean begun;

    private @Nullable ProbeAhead ahead;
    private @Nullable BuildSide build;
    private @Nullable PartitionedJoin partitioned;

    /** @param buildParts the side that is held, in parts that several threads may read */
    SharedJoin(JoinDefinition definition, List<Operator> probeInputs, List<Operator> buildParts, Run run) {
        this.definition = definition;
        this.probeInputs = probeInputs;
        this.run = run;
        this.account = run.resources().openAccount();
        this.buildInputs = new BuildInputs(definition, buildParts, account, run);
        this.filters = new JoinFilters(definition, probeInputs);
        this.buildFilters = definition.looksAhead() ? new JoinFilters(definition.exchanged(), buildParts) : null;
        this.open = new AtomicInteger(probeInputs.size());
        this.probing = new AtomicInteger(probeInputs.size());
    }

    /** What answers the rows of one part of the probing side. */
    Operator begin(Operator probeInput) {
        lock.lock();
        try {
            if (!begun) {
                begun = true;
                read();
            }
            if (build != null) {
                JoinOutput output = JoinOutput.of(definition, build, null, run);
                Operator rows = ahead == null ? probeInput : ahead.rows(probeInput);
                return new Probing(output, rows, () -> probing.decrementAndGet() == 0, run);
            }
            PartitionedJoin all = partitioned;
            return all == null || probeInput != probeInputs.get(0) ? new UnionOperator(List.of()) : all;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        if (buildFilters != null && buildFilters.areUsed()) {
            ahead = new ProbeAhead(definition, probeInputs, run);
            ahead.read(buildFilters);
        }
        BuildSide held = buildInputs.read();
        if (held == null) {
            Operator probe = ahead == null ? new UnionOperator(probeInputs) : ahead.allRows();
            partitioned = new PartitionedJoin(definition, buildInputs.all(), probe, account, run);
            return;
        }
        held.publish(filters, account);
        build = held;
    }

    /** Gives a filter of the answer to one part of the probing side, and with the first of them to the side that is held. */
    boolean filterBy(int column, RuntimeFilter filter, Operator probeInput) {
        int ofProbe = definition.filteredProbeColumn(column);
        int ofBuild = definition.filteredBuildColumn(column);
        boolean used = ofProbe >= 0 && probeInput.filterBy(ofProbe, filter);
        if (ofBuild >= 0 && probeInput == probeInputs.get(0)) {
            used |= buildInputs.filterBy(ofBuild, filter);
        }
        return used;
    }

    /** Called by each part once, when nobody reads any more; the last call closes what is shared. */
    void close(Operator probeInput) {
        List<AutoCloseable> closed = new ArrayList<>(List.of(probeInput));
        if (open.decrementAndGet() == 0) {
            closed.add(account);
            closed.add(buildInputs);
            addShared(closed);
        }
        Closing.all(closed);
    }

    private void addShared(List<AutoCloseable> closed) {
        lock.lock();
        try {
            if (ahead != null) {
                closed.add(ahead);
            }
            if (partitioned != null) {
                closed.add(partitioned);
            }
        } finally {
            lock.unlock();
        }
    }
}
