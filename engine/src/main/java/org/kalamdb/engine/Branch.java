// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.PreparedTransaction;

/** A branch of a global transaction from its start to its end. Safe for use by several threads. */
final class Branch {
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
    private final long deadlineNanos;
    private final boolean hasDeadline;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as all that follows. */
    private State state;
    /** Null once it is prepared. */
    private @Nullable SessionTransaction transaction;

    private @Nullable PreparedTransaction prepared;
    /** Who works for it, while it is active. */
    private @Nullable EngineSession worker;
    /** Why it cannot take effect. */
    private @Nullable KalamException failure;

    /** A branch that a session begins to work for. @param timeout zero for any time */
    Branch(BranchId id, SessionTransaction transaction, Duration timeout) {
        this.id = id;
        this.transaction = transaction;
        this.state = State.IDLE;
        this.hasDeadline = !timeout.isZero();
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** A branch that was prepared before the database was opened. */
    Branch(PreparedTransaction prepared) {
        this.id = BranchId.of(prepared.name());
        this.prepared = prepared;
        this.state = State.PREPARED;
        this.hasDeadline = false;
        this.deadlineNanos = 0;
    }

    BranchId id() {
        return id;
    }

    boolean isPrepared() {
        return locked(() -> state == State.PREPARED);
    }

    boolean isEnded() {
        return locked(() -> state == State.ENDED);
    }

    /** Lets a session work for it, for the first time or again. */
    void join(EngineSession session) {
        enter(session, State.IDLE);
    }

    /** Lets a session go on with what was suspended. */
    void resume(EngineSession session) {
        enter(session, State.SUSPENDED);
    }

    private void enter(EngineSession session, State expected) {
        run(() -> {
            require(expected, "begin work for it");
            requireSound();
            session.enter(this, requireTransaction());
            worker = session;
            state = State.ACTIVE;
        });
    }

    /** Ends the work of a session, or what was suspended. */
    void end(EngineSession session, Branches.Ending ending) {
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
                undoIfLate();
                requireSound();
            }
        });
    }

    /** Frees the locks of work that was marked as late while a session worked for it. */
    private void undoIfLate() {
        KalamException late = failure;
        if (late != null) {
            fail(late);
        }
    }

    /** Called when the session that works for it is closed. */
    void abandon() {
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
            state = State.ENDED;
            if (!work.hasWrites()) {
                work.rollback();
                return Branches.Vote.READ_ONLY;
            }
            try {
                prepared = work.prepare(id.toBytes());
            } catch (KalamException e) {
                throw rolledBack(e);
            }
            state = State.PREPARED;
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
            state = State.ENDED;
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
                state = State.ENDED;
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
            state = State.ENDED;
        });
    }

    /** Undoes it if its time is over, unless it is prepared; stops who works for it. */
    void expire() {
        if (!hasDeadline || System.nanoTime() - deadlineNanos < 0 || !lock.tryLock()) {
            return;
        }
        try {
            if (state == State.PREPARED || state == State.ENDED || failure != null) {
                return;
            }
            KalamException late =
                    new KalamException(ErrorCode.QUERY_CANCELED, "Branch " + id + " has lasted longer than it may");
            EngineSession working = worker;
            if (working != null) {
                // Its thread alone may undo what it does, when it is told.
                failure = late;
                working.cancel();
            } else {
                fail(late);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called by who works for it before each statement. @throws KalamException if it cannot take effect any more */
    void requireInTime() {
        run(() -> {
            KalamException reason = failure;
            if (reason != null) {
                requireTransaction().rollback();
                throw rolledBack(reason);
            }
        });
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
            state = State.ENDED;
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
