// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.kalamdb.engine.BranchId;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.PreparedTransaction;

/** The branches of global transactions in a database. Safe for use by several threads. */
public final class GlobalTransactions implements AutoCloseable {
    private final BranchTimer timer = new BranchTimer();
    private final ConcurrentHashMap<BranchId, Branch> branches = new ConcurrentHashMap<>();

    /** @param recovered what was prepared before the database was opened */
    public GlobalTransactions(List<PreparedTransaction> recovered) {
        for (PreparedTransaction prepared : recovered) {
            Branch branch = new Branch(prepared);
            branches.put(branch.id(), branch);
        }
    }

    /**
     * @param timeout zero for any time
     * @throws KalamException BRANCH_EXISTS
     */
    void add(Branch branch, Duration timeout) {
        if (branches.putIfAbsent(branch.id(), branch) != null) {
            throw new KalamException(ErrorCode.BRANCH_EXISTS, "Branch " + branch.id() + " exists already");
        }
        if (!timeout.isZero()) {
            branch.limit(timeout, timer);
        }
    }

    /** @throws KalamException BRANCH_NOT_FOUND */
    Branch require(BranchId id) {
        Branch branch = branches.get(id);
        if (branch == null) {
            throw notFound(id);
        }
        return branch;
    }

    static KalamException notFound(BranchId id) {
        return new KalamException(ErrorCode.BRANCH_NOT_FOUND, "Branch " + id + " does not exist");
    }

    /** Forgets a branch if it is over. */
    void removeIfEnded(Branch branch) {
        if (branch.isEnded()) {
            branches.remove(branch.id(), branch);
        }
    }

    /** Forgets a branch that nobody has worked for yet. */
    void remove(Branch branch) {
        branches.remove(branch.id(), branch);
    }

    List<BranchId> prepared() {
        return branches.values().stream()
                .filter(Branch::isPrepared)
                .map(Branch::id)
                .toList();
    }

    /** Nothing is undone any more for being late. Idempotent. */
    @Override
    public void close() {
        timer.close();
    }
}
