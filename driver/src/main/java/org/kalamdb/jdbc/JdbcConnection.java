// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.error.Wrappers;
import org.kalamdb.jdbc.lob.MemoryBlob;
import org.kalamdb.jdbc.lob.MemoryClob;
import org.kalamdb.jdbc.lob.MemoryXml;
import org.kalamdb.jdbc.metadata.DescribedConnection;
import org.kalamdb.jdbc.metadata.JdbcDatabaseMetaData;
import org.kalamdb.jdbc.settings.ConnectionSettings;

/**
 * A connection: a session of the engine in {@code java.sql} clothes. Confined to one thread, except {@link #close()},
 * {@link #abort(Executor)} and what is said of its statements.
 */
final class JdbcConnection implements DescribedConnection {
    private final SessionAccess access;
    private final ConnectionSettings settings;
    private final Warnings warnings = new Warnings();
    private final ClientProperties clientProperties = new ClientProperties(warnings);
    private final NetworkTimeout networkTimeout = new NetworkTimeout();
    private int savepointCount;
    /** Transactions of several statements that have ended. */
    private int endedTransactions;

    /** Whether result sets outlive the transaction, unless their statement was made otherwise. */
    private boolean cursorsAreHeld;

    /** The time limit that the session has now. */
    private long timeoutMillis;

    /** A connection over a session that was opened with the settings. */
    JdbcConnection(SessionAccess access, ConnectionSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    /** A connection over {@code session}, which was opened with the settings and which it owns from now on. */
    static JdbcConnection open(Session session, ConnectionSettings settings) {
        return new JdbcConnection(new SessionAccess(session, new ReentrantLock(), SessionOwner.CONNECTION), settings);
    }

    SessionAccess access() {
        return access;
    }

    ConnectionSettings settings() {
        return settings;
    }

    @Override
    public String url() {
        return settings.url();
    }

    @Override
    public List<String> clientInfoNames() {
        return ClientProperties.NAMES;
    }

    @Override
    public ResultSet show(ResultCursor rows) {
        return new JdbcResultSet(rows);
    }

    /** Gives the session the time limit of the statement about to run; called inside the session. */
    void applyTimeout(Session session, long millis) {
        if (timeoutMillis != millis) {
            session.setStatementTimeoutMillis(millis);
            timeoutMillis = millis;
        }
    }

    /** Runs {@code call} on the session, alone. */
    @Override
    public <T> T call(Function<Session, T> call) throws SQLException {
        Session session = access.enter();
        try {
            return call.apply(session);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw access.failure(e);
        } finally {
            access.exit();
        }
    }

    private void run(Consumer<Session> action) throws SQLException {
        call(session -> {
            action.accept(session);
            return Boolean.TRUE;
        });
    }

    // Statements

    @Override
    public Statement createStatement() throws SQLException {
        access.requireOpen();
        return new JdbcStatement(this, defaultCursors());
    }

    private CursorOptions defaultCursors() {
        return new CursorOptions(false, false, cursorsAreHeld);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return createStatement(type, concurrency, getHoldability());
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        access.requireOpen();
        return new JdbcStatement(this, cursors(type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, GeneratedKeys.NONE);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepareStatement(sql, type, concurrency, getHoldability());
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        access.requireOpen();
        return prepare(sql, GeneratedKeys.NONE, cursors(type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, KeyRequests.ofFlag(autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, KeyRequests.ofPositions(columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, KeyRequests.ofNames(columnNames));
    }

    private PreparedStatement prepare(String sql, GeneratedKeys keys) throws SQLException {
        return prepare(sql, keys, defaultCursors());
    }

    private PreparedStatement prepare(String sql, GeneratedKeys keys, CursorOptions cursors) throws SQLException {
        SqlExceptions.requireNotNull(sql, "SQL text");
        PreparedQuery query = call(session -> session.prepare(sql, keys));
        return new JdbcPreparedStatement(this, sql, query, cursors);
    }

    /** A wish that cannot be met in full is answered with a warning, as the standard says. */
    private CursorOptions cursors(int type, int concurrency, int holdability) throws SQLException {
        CursorOptions options = CursorOptions.of(type, concurrency, holdability);
        CursorOptions.leftOut(type).forEach(warnings::optionChanged);
        return options;
    }

    /** Calls a function of SQL: <code>{? = call fn(?)}</code> or <code>{call fn(?)}</code>. There is nothing else to call. */
    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        access.requireOpen();
        return new JdbcCallableStatement(
                this, CallText.parse(SqlExceptions.requireNotNull(sql, "SQL text")), defaultCursors());
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return prepareCall(sql, type, concurrency, getHoldability());
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        access.requireOpen();
        return new JdbcCallableStatement(
                this,
                CallText.parse(SqlExceptions.requireNotNull(sql, "SQL text")),
                cursors(type, concurrency, holdability));
    }

    /** The text itself: the parser reads JDBC escapes such as {@code {d '2026-01-31'}} on its own. */
    @Override
    public String nativeSQL(String sql) throws SQLException {
        access.requireOpen();
        return SqlExceptions.requireNotNull(sql, "SQL text");
    }

    // Transactions

    @Override
    public boolean getAutoCommit() throws SQLException {
        return call(Session::autoCommit);
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        run(session -> {
            if (session.autoCommit() != autoCommit) {
                session.setAutoCommit(autoCommit);
                transactionEnded();
            }
        });
    }

    @Override
    public void commit() throws SQLException {
        requireTransactionMode("commit");
        run(session -> {
            transactionEnded();
            session.commit();
        });
    }

    @Override
    public void rollback() throws SQLException {
        requireTransactionMode("roll back");
        run(session -> {
            transactionEnded();
            session.rollback();
        });
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return mark(null);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return mark(name);
    }

    private Savepoint mark(@Nullable String name) throws SQLException {
        requireTransactionMode("set a savepoint");
        JdbcSavepoint savepoint = new JdbcSavepoint(this, ++savepointCount, name);
        run(session -> session.setSavepoint(savepoint.sessionName()));
        return savepoint;
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        requireTransactionMode("roll back to a savepoint");
        String name = requireOwn(savepoint);
        run(session -> session.rollbackToSavepoint(name));
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        String name = requireOwn(savepoint);
        run(session -> session.releaseSavepoint(name));
    }

    private String requireOwn(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof JdbcSavepoint own && own.belongsTo(this)) {
            return own.sessionName();
        }
        throw SqlExceptions.error(
                ErrorCode.INVALID_PARAMETER, "Cannot use a savepoint of another connection, got: " + savepoint);
    }

    /** Auto-commit leaves nothing to end, unless SQL text has begun a transaction. */
    private void requireTransactionMode(String action) throws SQLException {
        boolean possible = call(session -> !session.autoCommit() || session.inTransaction());
        if (!possible) {
            throw SqlExceptions.error(
                    ErrorCode.NO_TRANSACTION,
                    "Cannot " + action + " in auto-commit mode, call setAutoCommit(false) first");
        }
    }

    /** The level of the open transaction, or else of the next one. */
    @Override
    public int getTransactionIsolation() throws SQLException {
        IsolationLevel level =
                call(session -> session.currentTransactionSettings().isolation());
        return switch (level) {
            case READ_COMMITTED -> TRANSACTION_READ_COMMITTED;
            case REPEATABLE_READ -> TRANSACTION_REPEATABLE_READ;
            case SERIALIZABLE -> TRANSACTION_SERIALIZABLE;
        };
    }

    /** Read uncommitted runs as read committed. Inside a transaction the level cannot be changed. */
    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        IsolationLevel isolation = switch (level) {
            case TRANSACTION_READ_UNCOMMITTED, TRANSACTION_READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
            case TRANSACTION_REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
            case TRANSACTION_SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
            default -> throw SqlExceptions.invalid("isolation level", level);
        };
        changeTransactions(settings -> settings.withIsolation(isolation));
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return call(session -> session.transactionSettings().readOnly());
    }

    /** Inside a transaction the mode cannot be changed. */
    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        changeTransactions(settings -> settings.withReadOnly(readOnly));
    }

    private void changeTransactions(UnaryOperator<TransactionSettings> change) throws SQLException {
        run(session -> {
            TransactionSettings changed = change.apply(session.transactionSettings());
            if (!changed.equals(session.transactionSettings())) {
                session.setTransactionSettings(changed);
            }
        });
    }

    @Override
    public int getHoldability() throws SQLException {
        access.requireOpen();
        return CursorOptions.holdability(cursorsAreHeld);
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        access.requireOpen();
        cursorsAreHeld = CursorOptions.isHeld(holdability);
    }

    /** Called inside the session when a transaction of several statements has ended; its result sets end with it. */
    void transactionEnded() {
        endedTransactions++;
    }

    int endedTransactions() {
        return endedTransactions;
    }

    /** What tells the open transaction from others, or -1 if none is open; called inside the session. */
    int transactionNumber() {
        return access.session().inTransaction() ? endedTransactions : -1;
    }

    // Names

    /** The one catalog there is; namespaces are its schemas. */
    @Override
    public String getCatalog() throws SQLException {
        access.requireOpen();
        return Introspection.CATALOG_NAME;
    }

    /** Does nothing, as the standard asks of a database that cannot change its catalog. */
    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        access.requireOpen();
    }

    @Override
    public String getSchema() throws SQLException {
        return call(Session::namespace);
    }

    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        if (schema == null) {
            throw SqlExceptions.invalidNull("schema");
        }
        run(session -> session.setNamespace(schema));
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        access.requireOpen();
        return new JdbcDatabaseMetaData(this);
    }

    // Values

    @Override
    public Array createArrayOf(String typeName, @Nullable Object @Nullable [] elements) throws SQLException {
        access.requireOpen();
        String upper =
                SqlExceptions.requireNotNull(typeName, "type of elements").toUpperCase(Locale.ROOT);
        if (!List.of("FLOAT", "REAL", "FLOAT4").contains(upper)) {
            throw SqlExceptions.notSupported("Unsupported array of " + typeName + ", only FLOAT has arrays");
        }
        if (elements == null) {
            throw SqlExceptions.invalidNull("array");
        }
        return JdbcArray.of(elements);
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw SqlExceptions.notSupported("There are no structured types, use JSON");
    }

    @Override
    public Blob createBlob() throws SQLException {
        access.requireOpen();
        return new MemoryBlob(new byte[0]);
    }

    @Override
    public Clob createClob() throws SQLException {
        access.requireOpen();
        return new MemoryClob("");
    }

    @Override
    public NClob createNClob() throws SQLException {
        access.requireOpen();
        return new MemoryClob("");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        access.requireOpen();
        return new MemoryXml();
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        access.requireOpen();
        return new HashMap<>();
    }

    @Override
    public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        access.requireOpen();
        if (map != null && !map.isEmpty()) {
            throw SqlExceptions.notSupported("There are no user-defined types to map");
        }
    }

    // The connection itself

    /** Whether the connection is open; there is no network that could fail. */
    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        StatementLimits.requireNotNegative("timeout", timeoutSeconds);
        return !access.isClosed() && !access.session().isClosed();
    }

    @Override
    public boolean isClosed() {
        return access.isClosed();
    }

    /** Stops a running statement, rolls back the open transaction and ends the session. */
    @Override
    public void close() throws SQLException {
        if (takeBack()) {
            access.owner().closed();
        }
    }

    /** As {@link #close()}, by who has lent the session. @return whether it was open */
    boolean takeBack() throws SQLException {
        boolean wasOpen = access.refuseCalls();
        if (wasOpen) {
            access.giveBack();
        }
        return wasOpen;
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlExceptions.invalidNull("executor");
        }
        if (access.refuseCalls()) {
            access.owner().failed(SqlExceptions.connectionClosed());
            executor.execute(this::closeSessionInBackground);
        }
    }

    private void closeSessionInBackground() {
        try {
            access.destroy();
        } catch (SQLException e) {
            throw new IllegalStateException("Failed to close an aborted connection", e);
        }
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        access.requireOpen();
        return warnings.first();
    }

    @Override
    public void clearWarnings() throws SQLException {
        access.requireOpen();
        warnings.clear();
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        access.requireOpen();
        return clientProperties.copy();
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        access.requireOpen();
        return clientProperties.value(SqlExceptions.requireNotNull(name, "name of a client property"));
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        ClientProperties.requireNotNull(name, "name of a client property");
        ClientProperties.requireOpen(access, List.of(name));
        clientProperties.set(name, value);
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        ClientProperties.requireNotNull(properties, "client properties");
        ClientProperties.requireOpen(access, properties.stringPropertyNames());
        clientProperties.replaceBy(properties);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        access.requireOpen();
        return networkTimeout.millis();
    }

    /** There is no network, but a database to wait for: a statement that takes longer is stopped, and the connection closed. */
    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int millis) throws SQLException {
        access.requireOpen();
        if (executor == null) {
            throw SqlExceptions.invalidNull("executor");
        }
        networkTimeout.set(executor, StatementLimits.requireNotNegative("network timeout", millis));
    }

    /** The time that a statement has, in milliseconds. @param ownMillis its own limit, 0 for none */
    long limitMillis(long ownMillis) {
        return networkTimeout.limitMillis(ownMillis);
    }

    /** Called when a statement was stopped; the connection goes with it if that was for the network timeout. */
    void statementStopped(long startedNanos) throws SQLException {
        if (networkTimeout.hasPassedSince(startedNanos)) {
            abort(networkTimeout.executor());
        }
    }

    /** Does nothing: a connection keeps nothing from one request to the next. */
    @Override
    public void beginRequest() throws SQLException {
        access.requireOpen();
    }

    /** Does nothing, as {@link #beginRequest()}. */
    @Override
    public void endRequest() throws SQLException {
        access.requireOpen();
    }

    /** Unwraps the engine's {@link Session} too, for what JDBC has no words for. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == Session.class) {
            access.requireOpen();
            return type.cast(access.session());
        }
        return Wrappers.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type == Session.class || Wrappers.isWrapperFor(this, type);
    }

    @Override
    public String toString() {
        return "JdbcConnection[" + settings.url() + ", user " + settings.user() + "]";
    }
}
