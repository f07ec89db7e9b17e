// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Database;
import org.kalamdb.engine.Session;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.metadata.DriverVersion;
import org.kalamdb.jdbc.settings.ConnectionProperty;
import org.kalamdb.jdbc.settings.ConnectionSettings;
import org.kalamdb.jdbc.settings.JdbcUrl;

/**
 * The driver of {@code jdbc:kalamdb:} URLs. {@link DriverManager} finds it on its own. Safe for use by several threads.
 */
public final class KalamDriver implements Driver {
    private static final KalamDriver REGISTERED = new KalamDriver();

    static {
        try {
            register();
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Made by {@link DriverManager} through the service loader. */
    public KalamDriver() {}

    /** Lets {@link DriverManager} know this driver; loading the class does so too. Does nothing if it does. */
    public static void register() throws SQLException {
        DriverManager.registerDriver(REGISTERED);
    }

    /**
     * Lets {@link DriverManager} forget this driver. It is the one thing that refers to classes of the driver when all
     * connections are closed: whoever loaded them by a class loader of its own calls this before it lets the loader go.
     * Does nothing if it is not known; connections that are open stay so.
     */
    public static void deregister() throws SQLException {
        DriverManager.deregisterDriver(REGISTERED);
    }

    /**
     * Opens a connection, and the database if no connection of this process has it open.
     *
     * @param url {@code jdbc:kalamdb:<folder>} or {@code jdbc:kalamdb:mem:<name>}, with {@code ?property=value&...}
     * @param info more properties; the URL wins where both name one
     * @return the connection, or null if {@code url} is another driver's
     * @throws SQLException of class 08 if the URL or a property is not valid or the database cannot be opened; 55006 if another process
     *     has it open
     */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return open(ConnectionSettings.of(url, info == null ? new Properties() : info));
    }

    static Connection open(ConnectionSettings settings) throws SQLException {
        return JdbcConnection.open(openSession(settings), settings);
    }

    static Session openSession(ConnectionSettings settings) throws SQLException {
        try {
            return Database.connect(settings.location(), settings.sessionConfig());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        }
    }

    @Override
    public boolean acceptsURL(@Nullable String url) throws SQLException {
        if (url == null) {
            throw SqlExceptions.error(ErrorCode.INVALID_URL, "Invalid URL: must not be null");
        }
        return JdbcUrl.accepts(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return new DriverPropertyInfo[0];
        }
        Map<ConnectionProperty, String> given =
                ConnectionSettings.given(JdbcUrl.parse(url), info == null ? new Properties() : info);
        return Arrays.stream(ConnectionProperty.values())
                .map(property -> property.toPropertyInfo(given.get(property)))
                .toArray(DriverPropertyInfo[]::new);
    }

    @Override
    public int getMajorVersion() {
        return DriverVersion.CURRENT.major();
    }

    @Override
    public int getMinorVersion() {
        return DriverVersion.CURRENT.minor();
    }

    /** False: the standard asks for all of entry-level SQL-92, and not every statement of it is there yet. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw SqlExceptions.notSupported("The driver does not log through java.util.logging, configure SLF4J instead");
    }
}
