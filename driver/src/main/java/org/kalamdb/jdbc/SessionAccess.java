// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Session;

/**
 * The door to a connection's session. A session serves one thread at a time; this lets one call in after the other, so
 * that a connection can be closed or aborted by another thread while a statement runs. Safe for use by several threads.
 */
final class SessionAccess {
    private final Session session;
    /** Held during every call of the session, its queries and its cursors. */
    private final ReentrantLock callLock = new ReentrantLock();
    /** Held while {@link #running} changes or a cancel is under way, so that a cancel never hits the next statement. */
    private final ReentrantLock cancelLock = new ReentrantLock();

    private @Nullable JdbcStatement running;
    private volatile boolean closed;

    SessionAccess(Session session) {
        this.session = session;
    }

    /** Waits for the session's running call to end; each call of this method needs one of {@link #exit()}. */
    Session enter() throws SQLException {
        callLock.lock();
        if (closed) {
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

    /** Refuses calls from now on and asks the running one to stop. {@link #closeSession()} completes it. */
    void refuseCalls() throws SQLException {
        closed = true;
        cancelLock.lock();
        try {
            if (running != null) {
                session.cancel();
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            cancelLock.unlock();
        }
    }

    /** Closes the session once the running call has ended. Idempotent. */
    void closeSession() throws SQLException {
        closed = true;
        callLock.lock();
        try {
            session.close();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            callLock.unlock();
        }
    }

    /** Closes a query or a cursor of the session; nothing is left to do if the session is closed. */
    void release(AutoCloseable resource) throws SQLException {
        callLock.lock();
        try {
            if (!closed) {
                resource.close();
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            callLock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw SqlExceptions.connectionClosed();
        }
    }

    /** The session itself, for callers that leave the JDBC way on purpose. */
    Session session() {
        return session;
    }
}
