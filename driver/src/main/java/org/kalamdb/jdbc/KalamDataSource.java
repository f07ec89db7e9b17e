// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.io.PrintWriter;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Access;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.error.Wrappers;
import org.kalamdb.jdbc.settings.ConnectionProperty;
import org.kalamdb.jdbc.settings.ConnectionSettings;
import org.kalamdb.jdbc.settings.JdbcUrl;

/**
 * A factory of connections that is configured as a bean: plain ones, those for pools, and those for global transactions. It
 * pools nothing itself: opening a connection to a database that is open is cheap. It can be bound in a naming service, and
 * serialized, with its password if it has one. What is set counts for connections that are opened afterwards, and is checked when
 * one is: a value that a property cannot have is refused then, with SQLSTATE 08001. Safe for use by several threads.
 */
public final class KalamDataSource
        implements DataSource, ConnectionPoolDataSource, XADataSource, Referenceable, Serializable {
    private static final long serialVersionUID = 1L;

    private final ConcurrentHashMap<ConnectionProperty, String> properties = new ConcurrentHashMap<>();
    private volatile @Nullable String url;
    private transient volatile @Nullable PrintWriter logWriter;

    /** A data source whose {@link #setUrl URL} is to be set. */
    public KalamDataSource() {}

    /** The URL, or null if it is not set yet. */
    public @Nullable String getUrl() {
        return url;
    }

    /** @param url {@code jdbc:kalamdb:<folder>} or {@code jdbc:kalamdb:mem:<name>}; its properties win over the bean's */
    public void setUrl(String url) {
        this.url = url;
    }

    /** The acting user, or null for the default. */
    public @Nullable String getUser() {
        return property(ConnectionProperty.USER);
    }

    /** @param user any name; null for the default, {@code root} */
    public void setUser(@Nullable String user) {
        setProperty(ConnectionProperty.USER, user);
    }

    /** The password, or null if none is set. */
    public @Nullable String getPassword() {
        return property(ConnectionProperty.PASSWORD);
    }

    /** @param password what the user is known by, or null if it has none */
    public void setPassword(@Nullable String password) {
        setProperty(ConnectionProperty.PASSWORD, password);
    }

    /** The namespace at the start, or null for the default. */
    public @Nullable String getNamespace() {
        return property(ConnectionProperty.NAMESPACE);
    }

    /** @param namespace one that there is; null for the default, {@code main} */
    public void setNamespace(@Nullable String namespace) {
        setProperty(ConnectionProperty.NAMESPACE, namespace);
    }

    /** Whether connections start read-only. */
    public boolean isReadOnly() {
        return Boolean.parseBoolean(property(ConnectionProperty.READ_ONLY));
    }

    /** @param readOnly whether connections start so; {@link Connection#setReadOnly} changes it */
    public void setReadOnly(boolean readOnly) {
        setProperty(ConnectionProperty.READ_ONLY, Boolean.toString(readOnly));
    }

    /** Whether connections may write, or null for the default. */
    public @Nullable String getAccess() {
        return property(ConnectionProperty.ACCESS);
    }

    /** @param access {@code read-write} or {@code read-only}; null for the default */
    public void setAccess(@Nullable String access) {
        setProperty(ConnectionProperty.ACCESS, access);
    }

    /** Seconds after which a statement is stopped; 0 for never. */
    public int getStatementTimeout() {
        return number(ConnectionProperty.STATEMENT_TIMEOUT);
    }

    /** @param seconds after which a statement is stopped unless it has a query timeout of its own; 0 for never */
    public void setStatementTimeout(int seconds) {
        setProperty(ConnectionProperty.STATEMENT_TIMEOUT, Integer.toString(seconds));
    }

    /** The isolation level at the start, or null for the default. */
    public @Nullable String getIsolation() {
        return property(ConnectionProperty.ISOLATION);
    }

    /** @param isolation {@code read-committed}, {@code repeatable-read} or {@code serializable}; null for the default */
    public void setIsolation(@Nullable String isolation) {
        setProperty(ConnectionProperty.ISOLATION, isolation);
    }

    /** Milliseconds that a statement waits for a locked row. */
    public int getLockTimeout() {
        return number(ConnectionProperty.LOCK_TIMEOUT);
    }

    /** @param millis how long a statement waits for a locked row before it fails with SQLSTATE 55P03 */
    public void setLockTimeout(int millis) {
        setProperty(ConnectionProperty.LOCK_TIMEOUT, Integer.toString(millis));
    }

    /** What a commit survives, or null for the default. */
    public @Nullable String getDurability() {
        return property(ConnectionProperty.DURABILITY);
    }

    /** @param durability {@code full}, {@code normal} or {@code off}; null for the default */
    public void setDurability(@Nullable String durability) {
        setProperty(ConnectionProperty.DURABILITY, durability);
    }

    /** Heap that all running queries of the database may hold, or null for what it is. */
    public @Nullable String getMemoryLimit() {
        return property(ConnectionProperty.MEMORY_LIMIT);
    }

    /** @param size such as {@code 512MB}; null to leave it as it is */
    public void setMemoryLimit(@Nullable String size) {
        setProperty(ConnectionProperty.MEMORY_LIMIT, size);
    }

    /** Heap that decoded columns of segments of the database may take, or null for what it is. */
    public @Nullable String getColumnCache() {
        return property(ConnectionProperty.COLUMN_CACHE);
    }

    /** @param size such as {@code 512MB}; null to leave it as it is */
    public void setColumnCache(@Nullable String size) {
        setProperty(ConnectionProperty.COLUMN_CACHE, size);
    }

    /** Threads that a large query of the database may have, or null for what it is. */
    public @Nullable String getThreads() {
        return property(ConnectionProperty.THREADS);
    }

    /** @param threads a number; null to leave it as it is */
    public void setThreads(@Nullable String threads) {
        setProperty(ConnectionProperty.THREADS, threads);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return KalamDriver.open(settings(toProperties()));
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return KalamDriver.open(settings(toProperties(user, password)));
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return pooled(toProperties());
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return pooled(toProperties(user, password));
    }

    private PooledConnection pooled(Properties info) throws SQLException {
        ConnectionSettings settings = settings(info);
        return new JdbcPooledConnection(KalamDriver.openSession(settings), settings);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return global(toProperties());
    }

    @Override
    public XAConnection getXAConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return global(toProperties(user, password));
    }

    private XAConnection global(Properties info) throws SQLException {
        ConnectionSettings settings = settings(info);
        if (settings.access() == Access.READ_ONLY) {
            throw SqlExceptions.notSupported(
                    "Cannot take part in global transactions with access=read-only, leave it out and set readOnly");
        }
        return new JdbcXaConnection(KalamDriver.openSession(settings), settings);
    }

    private Properties toProperties(@Nullable String user, @Nullable String password) {
        Properties info = toProperties();
        if (user != null) {
            info.setProperty(ConnectionProperty.USER.key(), user);
        }
        if (password != null) {
            info.setProperty(ConnectionProperty.PASSWORD.key(), password);
        }
        return info;
    }

    private ConnectionSettings settings(Properties info) throws SQLException {
        String target = url;
        if (target == null || !JdbcUrl.accepts(target)) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_URL,
                    "Invalid URL of the data source: must begin with " + JdbcUrl.PREFIX + ", got: " + target);
        }
        return ConnectionSettings.of(target, info);
    }

    private Properties toProperties() {
        Properties info = new Properties();
        properties.forEach((property, value) -> info.setProperty(property.key(), value));
        return info;
    }

    /** What a naming service keeps of it, for a {@link KalamDataSourceFactory}. */
    @Override
    public Reference getReference() {
        Reference reference =
                new Reference(KalamDataSource.class.getName(), KalamDataSourceFactory.class.getName(), null);
        String target = url;
        if (target != null) {
            reference.add(new StringRefAddr(KalamDataSourceFactory.URL, target));
        }
        properties.forEach((property, value) -> reference.add(new StringRefAddr(property.key(), value)));
        return reference;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Kept and handed back; nothing is written to it. */
    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public int getLoginTimeout() {
        return number(ConnectionProperty.LOGIN_TIMEOUT);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        setProperty(ConnectionProperty.LOGIN_TIMEOUT, Integer.toString(seconds));
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw SqlExceptions.notSupported("The driver does not log through java.util.logging, configure SLF4J instead");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrappers.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrappers.isWrapperFor(this, type);
    }

    private int number(ConnectionProperty property) {
        String value = property(property);
        return Integer.parseInt(value == null ? property.defaultValue() : value);
    }

    private @Nullable String property(ConnectionProperty property) {
        return properties.get(property);
    }

    void setProperty(ConnectionProperty property, @Nullable String value) {
        if (value == null) {
            properties.remove(property);
        } else {
            properties.put(property, value);
        }
    }
}
