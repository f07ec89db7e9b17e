// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BranchId;
import org.kalamdb.engine.Branches;
import org.kalamdb.engine.Branches.Ending;
import org.kalamdb.engine.Branches.Vote;
import org.kalamdb.engine.Session;
import org.kalamdb.error.KalamException;

/**
 * What a transaction manager tells a database. Work for a branch begins and ends in the session of the resource's
 * connection; all else may be asked of any resource of the database, whichever has worked for the branch. Safe for use by
 * several threads.
 */
final class JdbcXaResource implements XAResource {
    private final JdbcPooledConnection connection;
    private final Session session;
    private volatile int timeoutSeconds;

    JdbcXaResource(JdbcPooledConnection connection) {
        this.connection = connection;
        this.session = connection.session();
    }

    /** @param flags {@code TMNOFLAGS} for a new branch, {@code TMJOIN} or {@code TMRESUME} */
    @Override
    public void start(@Nullable Xid xid, int flags) throws XAException {
        BranchId id = JdbcXid.idOf(xid);
        inSession(branches -> {
            switch (flags) {
                case TMNOFLAGS -> branches.start(id, Duration.ofSeconds(timeoutSeconds));
                case TMJOIN -> branches.join(id);
                case TMRESUME -> branches.resume(id);
                default -> throw new IllegalArgumentException("Cannot start a branch with flags " + flags);
            }
        });
    }

    /** @param flags {@code TMSUCCESS}, {@code TMFAIL} or {@code TMSUSPEND} */
    @Override
    public void end(@Nullable Xid xid, int flags) throws XAException {
        BranchId id = JdbcXid.idOf(xid);
        Ending ending = switch (flags) {
            case TMSUCCESS -> Ending.SUCCESS;
            case TMFAIL -> Ending.FAILURE;
            case TMSUSPEND -> Ending.SUSPENSION;
            default -> throw XaExceptions.invalid("Cannot end work for a branch with flags " + flags);
        };
        inSession(branches -> {
            JdbcConnection user = connection.handle();
            if (user != null) {
                user.transactionEnded();
            }
            branches.end(id, ending);
        });
    }

    @Override
    public int prepare(@Nullable Xid xid) throws XAException {
        BranchId id = JdbcXid.idOf(xid);
        return call(branches -> branches.prepare(id) == Vote.READ_ONLY ? XA_RDONLY : XA_OK);
    }

    @Override
    public void commit(@Nullable Xid xid, boolean onePhase) throws XAException {
        BranchId id = JdbcXid.idOf(xid);
        run(branches -> {
            if (onePhase) {
                branches.commitOnePhase(id);
            } else {
                branches.commit(id);
            }
        });
    }

    @Override
    public void rollback(@Nullable Xid xid) throws XAException {
        BranchId id = JdbcXid.idOf(xid);
        run(branches -> branches.rollback(id));
    }

    /** Fails always: no branch ends but as it is told. */
    @Override
    public void forget(@Nullable Xid xid) throws XAException {
        BranchId id = JdbcXid.idOf(xid);
        boolean waits = call(branches -> branches.prepared().contains(id));
        throw waits
                ? XaExceptions.protocol("Cannot forget branch " + id + ": it is prepared; commit it or roll it back")
                : XaExceptions.notFound("Branch " + id + " does not exist");
    }

    /** The prepared branches: all of them when a scan starts, and none when it goes on or ends. */
    @Override
    public Xid[] recover(int flags) throws XAException {
        if ((flags & ~(TMSTARTRSCAN | TMENDRSCAN)) != 0) {
            throw XaExceptions.invalid("Cannot recover branches with flags " + flags);
        }
        if ((flags & TMSTARTRSCAN) == 0) {
            return new Xid[0];
        }
        return call(branches -> branches.prepared().stream().map(JdbcXid::new).toArray(Xid[]::new));
    }

    /** Whether another resource is one of the same open database, so that branches of one can be joined in the other. */
    @Override
    public boolean isSameRM(@Nullable XAResource other) {
        return other instanceof JdbcXaResource that && session.database() == that.session.database();
    }

    @Override
    public int getTransactionTimeout() {
        return timeoutSeconds;
    }

    /** Limits the branches that are started from now on. @param seconds 0 for no limit */
    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        if (seconds < 0) {
            throw XaExceptions.invalid("Invalid transaction timeout: must be at least 0, got: " + seconds);
        }
        timeoutSeconds = seconds;
        return true;
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(Branches branches);
    }

    @FunctionalInterface
    private interface Action {
        void on(Branches branches);
    }

    /** What concerns the session waits for what it does. */
    private void inSession(Action action) throws XAException {
        connection.callLock().lock();
        try {
            run(action);
        } finally {
            connection.callLock().unlock();
        }
    }

    private void run(Action action) throws XAException {
        Boolean ignored = call(branches -> {
            action.on(branches);
            return Boolean.TRUE;
        });
    }

    private <T> T call(Call<T> call) throws XAException {
        try {
            return call.on(session.branches());
        } catch (KalamException e) {
            throw XaExceptions.of(e);
        } catch (IllegalArgumentException e) {
            throw XaExceptions.invalid(String.valueOf(e.getMessage()));
        }
    }
}
