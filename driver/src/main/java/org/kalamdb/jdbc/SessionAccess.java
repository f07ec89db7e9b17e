// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Session;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * The door to a connection's session. A session serves one thread at a time; this lets one call in after the other, so
 * that a connection can be closed or aborted by another thread while a statement runs. Safe for use by several threads.
 */
final class SessionAccess {
    private final Session session;
    private final SessionOwner owner;
    /** Held during every call of the session, its queries and its cursors. */
    private final ReentrantLock callLock;
    /** Held while {@link #running} changes or a cancel is under way, so that a cancel never hits the next statement. */
    private final ReentrantLock cancelLock = new ReentrantLock();

    private @Nullable JdbcStatement running;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param callLock shared by all who call the session */
    SessionAccess(Session session, ReentrantLock callLock, SessionOwner owner) {
        this.session = session;
        this.callLock = callLock;
        this.owner = owner;
    }

    /** Waits for the session's running call to end; each call of this method needs one of {@link #exit()}. */
    Session enter() throws SQLException {
        callLock.lock();
        if (isClosed()) {
            callLock.unlock();
            throw SqlExceptions.connectionClosed();
        }
        return session;
    }

    /** As {@link #enter()}, also if the connection is closed: for letting go of what is left then. */
    void awaitRunning() {
        callLock.lock();
    }

    void exit() {
        callLock.unlock();
    }

    /** As {@link #enter()}, for work of {@code statement} that {@link #cancel} may stop; ends with {@link #finish()}. */
    Session start(JdbcStatement statement) throws SQLException {
        Session entered = enter();
        setRunning(statement);
        return entered;
    }

    void finish() {
        setRunning(null);
        exit();
    }

    private void setRunning(@Nullable JdbcStatement statement) {
        cancelLock.lock();
        try {
            running = statement;
        } finally {
            cancelLock.unlock();
        }
    }

    /** Asks the session to stop what it does for {@code statement}; nothing happens if it does nothing for it. */
    void cancel(JdbcStatement statement) throws SQLException {
        cancelLock.lock();
        try {
            if (running == statement) {
                session.cancel();
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            cancelLock.unlock();
        }
    }

    /**
     * Refuses calls from now on and asks the running one to stop. {@link #giveBack()} or {@link #destroy()} completes it.
     *
     * @return whether calls were possible until now
     */
    boolean refuseCalls() throws SQLException {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        cancelLock.lock();
        try {
            session.cancel();
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            cancelLock.unlock();
        }
    }

    /** Gives the session back to its owner once the running call has ended. */
    void giveBack() throws SQLException {
        afterCalls(() -> owner.giveBack(session));
    }

    /** Closes the session, whoever owns it, once the running call has ended. */
    void destroy() throws SQLException {
        afterCalls(session::close);
    }

    private void afterCalls(Runnable action) throws SQLException {
        callLock.lock();
        try {
            action.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            callLock.unlock();
        }
    }

    /** Who has lent the session. */
    SessionOwner owner() {
        return owner;
    }

    /** The exception for what a call of the session threw; the owner learns of it if it is the last. */
    SQLException failure(Throwable cause) {
        SQLException failure = SqlExceptions.fromEngine(cause);
        if (SqlExceptions.isFatal(cause)) {
            owner.failed(failure);
        }
        return failure;
    }

    /** Closes a query or a cursor of the session; nothing is left to do if the session is closed. */
    void release(AutoCloseable resource) throws SQLException {
        callLock.lock();
        try {
            if (!isClosed()) {
                resource.close();
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            callLock.unlock();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    void requireOpen() throws SQLException {
        if (isClosed()) {
            throw SqlExceptions.connectionClosed();
        }
    }

    /** The session itself, for callers that leave the JDBC way on purpose. */
    Session session() {
        return session;
    }
}
