// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kalamdb.engine.BranchId;
import org.kalamdb.engine.Branches;

/** What a session does for branches; as the interface says for use by several threads. */
public final class SessionBranches implements Branches {
    private final BranchWorker session;
    private final GlobalTransactions all;

    public SessionBranches(BranchWorker session, GlobalTransactions all) {
        this.session = session;
        this.all = all;
    }

    @Override
    public void start(BranchId id, Duration timeout) {
        session.requireFreeForBranch();
        Branch branch = new Branch(id, session.branchTransaction());
        all.add(branch, timeout);
        boolean started = false;
        try {
            branch.join(session);
            started = true;
        } finally {
            if (!started) {
                all.remove(branch);
            }
        }
    }

    @Override
    public void join(BranchId id) {
        session.requireFreeForBranch();
        all.require(id).join(session);
    }

    @Override
    public void resume(BranchId id) {
        session.requireFreeForBranch();
        all.require(id).resume(session);
    }

    @Override
    public void end(BranchId id, Ending ending) {
        all.require(id).end(session, ending);
    }

    @Override
    public Vote prepare(BranchId id) {
        return finish(id, Branch::prepare);
    }

    @Override
    public void commit(BranchId id) {
        run(id, Branch::commit);
    }

    @Override
    public void commitOnePhase(BranchId id) {
        run(id, Branch::commitOnePhase);
    }

    @Override
    public void rollback(BranchId id) {
        run(id, Branch::rollback);
    }

    @Override
    public List<BranchId> prepared() {
        return all.prepared();
    }

    private void run(BranchId id, Consumer<Branch> step) {
        Boolean ignored = finish(id, branch -> {
            step.accept(branch);
            return Boolean.TRUE;
        });
    }

    private <T> T finish(BranchId id, Function<Branch, T> step) {
        Branch branch = all.require(id);
        try {
            return step.apply(branch);
        } finally {
            all.removeIfEnded(branch);
        }
    }
}
