// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Session;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.settings.ConnectionSettings;

/**
 * A session that serves one connection after the other. A connection that is closed gives it back as it was when it was
 * opened. Confined to one thread, except for what is said of connections.
 */
class JdbcPooledConnection implements PooledConnection {
    private final Session session;
    private final ConnectionSettings settings;
    private final ReentrantLock callLock = new ReentrantLock();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable JdbcConnection handle;

    /** @param session opened with the settings; it belongs to this object from now on */
    JdbcPooledConnection(Session session, ConnectionSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    final Session session() {
        return session;
    }

    /** Held during every call of the session. */
    final ReentrantLock callLock() {
        return callLock;
    }

    /** The connection that has the session, or null. */
    final @Nullable JdbcConnection handle() {
        return handle;
    }

    /** Lends the session to a new connection; the one before is closed, without an event. */
    @Override
    public Connection getConnection() throws SQLException {
        takeBack();
        callLock.lock();
        try {
            session.reset();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            callLock.unlock();
        }
        JdbcConnection next = new JdbcConnection(new SessionAccess(session, callLock, new Lender()), settings);
        handle = next;
        return next;
    }

    private void takeBack() throws SQLException {
        JdbcConnection last = handle;
        handle = null;
        if (last != null) {
            boolean ignored = last.takeBack();
        }
    }

    /** Closes the session. Idempotent. */
    @Override
    public void close() throws SQLException {
        takeBack();
        callLock.lock();
        try {
            session.close();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        } finally {
            callLock.unlock();
        }
    }

    @Override
    public void addConnectionEventListener(@Nullable ConnectionEventListener listener) {
        if (listener != null) {
            listeners.add(listener);
        }
    }

    @Override
    public void removeConnectionEventListener(@Nullable ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void addStatementEventListener(@Nullable StatementEventListener listener) {
        if (listener != null) {
            statementListeners.add(listener);
        }
    }

    @Override
    public void removeStatementEventListener(@Nullable StatementEventListener listener) {
        statementListeners.remove(listener);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + settings.url() + ", user " + settings.user() + "]";
    }

    /** What the connections of this object tell it. */
    private final class Lender implements SessionOwner {
        @Override
        public void giveBack(Session returned) {
            if (!returned.isClosed()) {
                returned.reset();
            }
        }

        @Override
        public void closed() {
            ConnectionEvent event = new ConnectionEvent(JdbcPooledConnection.this);
            listeners.forEach(listener -> listener.connectionClosed(event));
        }

        @Override
        public void failed(SQLException failure) {
            ConnectionEvent event = new ConnectionEvent(JdbcPooledConnection.this, failure);
            listeners.forEach(listener -> listener.connectionErrorOccurred(event));
        }

        @Override
        public void statementClosed(PreparedStatement statement) {
            tell(new StatementEvent(JdbcPooledConnection.this, statement), StatementEventListener::statementClosed);
        }

        @Override
        public void statementFailed(PreparedStatement statement, SQLException failure) {
            tell(
                    new StatementEvent(JdbcPooledConnection.this, statement, failure),
                    StatementEventListener::statementErrorOccurred);
        }

        private void tell(StatementEvent event, BiConsumer<StatementEventListener, StatementEvent> action) {
            statementListeners.forEach(listener -> action.accept(listener, event));
        }
    }
}
