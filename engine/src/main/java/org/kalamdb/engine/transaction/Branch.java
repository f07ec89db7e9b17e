// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BranchId;
import org.kalamdb.engine.Branches;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.PreparedTransaction;

/** A branch of a global transaction from its start to its end. Safe for use by several threads. */
public final class Branch {
    /** Whose turn it is. */
    private enum State {
        /** A session works for it. */
        ACTIVE,
        /** A session will go on with its work for it. */
        SUSPENDED,
        /** Nobody works for it. */
        IDLE,
        PREPARED,
        ENDED
    }

    private final BranchId id;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as all that follows. */
    private State state;
    /** Null once it is prepared. */
    private @Nullable SessionTransaction transaction;

    private @Nullable PreparedTransaction prepared;
    /** Who works for it, while it is active. */
    private @Nullable BranchWorker worker;
    /** How many calls of the worker that touch the transaction are under way, one inside of the other. */
    private int calls;
    /** What undoes it when its time is over; null if it has no limit. */
    private @Nullable Future<?> alarm;
    /** Why it cannot take effect. */
    private @Nullable KalamException failure;

    /** A branch that a session begins to work for. */
    Branch(BranchId id, SessionTransaction transaction) {
        this.id = id;
        this.transaction = transaction;
        this.state = State.IDLE;
    }

    /** A branch that was prepared before the database was opened. */
    Branch(PreparedTransaction prepared) {
        this.id = BranchId.of(prepared.name());
        this.prepared = prepared;
        this.state = State.PREPARED;
    }

    /** Has it undone when its time is over, unless it is prepared by then. */
    void limit(Duration timeout, BranchTimer timer) {
        run(() -> alarm = timer.undoAfter(timeout, this));
    }

    public BranchId id() {
        return id;
    }

    boolean isPrepared() {
        return locked(() -> state == State.PREPARED);
    }

    boolean isEnded() {
        return locked(() -> state == State.ENDED);
    }

    /** Lets a session work for it, for the first time or again. */
    void join(BranchWorker session) {
        enter(session, State.IDLE);
    }

    /** Lets a session go on with what was suspended. */
    void resume(BranchWorker session) {
        enter(session, State.SUSPENDED);
    }

    private void enter(BranchWorker session, State expected) {
        run(() -> {
            require(expected, "begin work for it");
            requireSound();
            session.enter(this, requireTransaction());
            worker = session;
            state = State.ACTIVE;
        });
    }

    /** Ends the work of a session, or what was suspended. */
    void end(BranchWorker session, Branches.Ending ending) {
        run(() -> {
            if (state == State.ACTIVE && worker == session) {
                session.leave();
                worker = null;
                requireTransaction().closeCursors();
            } else if (state != State.SUSPENDED || ending == Branches.Ending.SUSPENSION) {
                throw wrongState("end work for it");
            }
            state = ending == Branches.Ending.SUSPENSION ? State.SUSPENDED : State.IDLE;
            if (ending == Branches.Ending.FAILURE) {
                fail(new KalamException(ErrorCode.BRANCH_ROLLED_BACK, "The work for branch " + id + " has failed"));
            } else {
                requireSound();
            }
        });
    }

    /** Called when the session that works for it is closed. */
    public void abandon() {
        run(() -> {
            worker = null;
            state = State.IDLE;
            fail(new KalamException(
                    ErrorCode.BRANCH_ROLLED_BACK, "The connection that worked for branch " + id + " was closed"));
        });
    }

    Branches.Vote prepare() {
        return locked(() -> {
            require(State.IDLE, "prepare it");
            SessionTransaction work = requireTransaction();
            endIfFailed();
            settle(State.ENDED);
            if (!work.hasWrites()) {
                work.rollback();
                return Branches.Vote.READ_ONLY;
            }
            try {
                prepared = work.prepare(id.toBytes());
            } catch (KalamException e) {
                throw rolledBack(e);
            }
            settle(State.PREPARED);
            transaction = null;
            return Branches.Vote.PREPARED;
        });
    }

    void commit() {
        run(() -> {
            PreparedTransaction waiting = prepared;
            if (waiting == null || state != State.PREPARED) {
                throw wrongState("commit it in two phases");
            }
            waiting.commit();
            settle(State.ENDED);
        });
    }

    void commitOnePhase() {
        run(() -> {
            require(State.IDLE, "commit it in one phase");
            endIfFailed();
            try {
                requireTransaction().commit();
            } catch (KalamException e) {
                throw rolledBack(e);
            } finally {
                settle(State.ENDED);
            }
        });
    }

    void rollback() {
        run(() -> {
            PreparedTransaction waiting = prepared;
            if (state == State.PREPARED && waiting != null) {
                waiting.rollback();
            } else if (state == State.IDLE || state == State.SUSPENDED) {
                requireTransaction().rollback();
            } else {
                throw wrongState("roll it back");
            }
            settle(State.ENDED);
        });
    }

    /** Called when its time is over: undoes it, unless it is prepared, or stops who is working for it and has that undo it. */
    void expire() {
        run(() -> {
            if (state == State.PREPARED || state == State.ENDED || failure != null) {
                return;
            }
            failure = new KalamException(ErrorCode.QUERY_CANCELED, "Branch " + id + " has lasted longer than it may");
            BranchWorker working = worker;
            if (working == null) {
                requireTransaction().rollback();
            } else if (calls == 0) {
                // What its worker has left open to be read is the worker's to close.
                requireTransaction().undo();
            } else {
                working.cancel();
            }
        });
    }

    /**
     * Called by a session before it touches the transaction, which nobody else ends from now on, up to {@link #pause}.
     *
     * @return whether the session works for it; if not, there is nothing to touch, and no pause
     */
    public boolean use(BranchWorker session) {
        return locked(() -> {
            if (worker != session) {
                return false;
            }
            undoIfLate();
            calls++;
            return true;
        });
    }

    /** Called by a session when it does not touch the transaction any more; what has become late meanwhile is undone. */
    public void pause() {
        run(() -> {
            calls--;
            if (calls == 0) {
                undoIfLate();
            }
        });
    }

    /** Called by who works for it before each statement. @throws KalamException if it cannot take effect any more */
    public void requireInTime() {
        run(() -> {
            KalamException late = failure;
            if (late != null) {
                throw rolledBack(late);
            }
        });
    }

    private void undoIfLate() {
        if (failure != null) {
            requireTransaction().rollback();
        }
    }

    /** It cannot be late any more. */
    private void settle(State next) {
        state = next;
        Future<?> pending = alarm;
        if (pending != null) {
            pending.cancel(false);
            alarm = null;
        }
    }

    private void fail(KalamException reason) {
        if (failure == null) {
            failure = reason;
        }
        requireTransaction().rollback();
    }

    /** @throws KalamException BRANCH_ROLLED_BACK */
    private void requireSound() {
        KalamException reason = failure != null ? failure : requireTransaction().failure();
        if (reason != null) {
            throw rolledBack(reason);
        }
    }

    /** A branch that cannot take effect is over when somebody wants it to. */
    private void endIfFailed() {
        try {
            requireSound();
        } catch (KalamException e) {
            requireTransaction().rollback();
            settle(State.ENDED);
            throw e;
        }
    }

    private KalamException rolledBack(KalamException reason) {
        return new KalamException(
                ErrorCode.BRANCH_ROLLED_BACK,
                "Branch " + id + " was rolled back (" + reason.rawMessage() + "); retry the global transaction",
                reason);
    }

    private void require(State expected, String action) {
        if (state != expected) {
            throw wrongState(action);
        }
    }

    private KalamException wrongState(String action) {
        return state == State.ENDED
                ? GlobalTransactions.notFound(id)
                : new KalamException(
                        ErrorCode.BRANCH_STATE, "Cannot " + action + ": branch " + id + " is " + described());
    }

    private String described() {
        return switch (state) {
            case ACTIVE -> "being worked for";
            case SUSPENDED -> "suspended";
            case IDLE -> "not being worked for";
            case PREPARED -> "prepared";
            case ENDED -> "over";
        };
    }

    private SessionTransaction requireTransaction() {
        SessionTransaction current = transaction;
        if (current == null) {
            throw new IllegalStateException("A prepared branch has no work");
        }
        return current;
    }

    private void run(Runnable action) {
        locked(() -> {
            action.run();
            return Boolean.TRUE;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
