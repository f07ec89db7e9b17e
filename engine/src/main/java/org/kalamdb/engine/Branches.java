// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.time.Duration;
import java.util.List;

/**
 * The branches of global transactions in a database, as one of its sessions takes part in them: the side of a database in
 * two-phase commit. A session works for one branch at a time, from where that is started, joined or resumed to where it is
 * ended; the branch belongs to the database, and any session may end what another has begun. What starts and ends work is
 * confined to the session's thread; the rest is safe for use by several threads.
 *
 * <p>Every method fails with BRANCH_NOT_FOUND if there is no such branch, with BRANCH_STATE if it is not the branch's turn
 * for it, and with BRANCH_ROLLED_BACK, caused by why, if the branch cannot take effect any more.
 */
public interface Branches {
    /** How work for a branch ends. */
    enum Ending {
        /** It is done. */
        SUCCESS,
        /** It goes on later, after {@link #resume}. */
        SUSPENSION,
        /** The branch must not take effect. */
        FAILURE
    }

    /** What preparing a branch has come to. */
    enum Vote {
        /** It can take effect, whatever happens, and waits to be told so. */
        PREPARED,
        /** It has changed nothing and is over. */
        READ_ONLY
    }

    /**
     * Begins a branch, and work for it: statements of the session belong to it.
     *
     * @param timeout how long it may last until it is prepared; zero for any time
     * @throws org.kalamdb.error.KalamException BRANCH_EXISTS; TRANSACTION_ACTIVE if the session has a transaction of its own
     */
    void start(BranchId id, Duration timeout);

    /** Begins more work for a branch whose work was ended. */
    void join(BranchId id);

    /** Goes on with work that was suspended. */
    void resume(BranchId id);

    /** Ends the session's work for a branch, or work that was suspended. Result sets of it are closed. */
    void end(BranchId id, Ending ending);

    /** Has a branch that nobody works for promise that it will take effect if asked to. */
    Vote prepare(BranchId id);

    /**
     * Has a prepared branch take effect.
     *
     * @throws org.kalamdb.error.KalamException DISK_FULL or IO_ERROR; the branch is still prepared then
     */
    void commit(BranchId id);

    /** Has a branch take effect that is not prepared, because there is no other. */
    void commitOnePhase(BranchId id);

    /** Undoes a branch, prepared or not, that nobody works for. */
    void rollback(BranchId id);

    /** The prepared branches, also those that were prepared before the database was opened. */
    List<BranchId> prepared();
}
