// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import org.kalamdb.error.KalamException;

/** A session as the branches of global transactions know it. Confined to one thread, except {@link #cancel()}. */
public interface BranchWorker {
    /** @throws KalamException BRANCH_STATE if it works for a branch, TRANSACTION_ACTIVE if a transaction is open */
    void requireFreeForBranch();

    /** What a branch that it begins is to consist of. */
    SessionTransaction branchTransaction();

    /** Statements belong to a branch from now on. */
    void enter(Branch entered, SessionTransaction work);

    /** Statements do not belong to a branch any more. */
    void leave();

    /** Stops the statement that runs. */
    void cancel();
}
