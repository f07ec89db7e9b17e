// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.settings;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Access;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.MemorySize;
import org.kalamdb.engine.ResourceSettings;
import org.kalamdb.engine.SessionConfig;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * Everything that opening a connection needs. Immutable.
 *
 * @param location where the database lives
 * @param url the URL without its properties
 * @param user the acting user
 * @param namespace the namespace at the start
 * @param access what the connection may do with the database
 * @param transactions how transactions run at the start
 * @param resources what the connection changes for all of its database
 * @param statementTimeoutSeconds default time limit of statements, 0 for none
 */
public record ConnectionSettings(
        DatabaseLocation location,
        String url,
        String user,
        String namespace,
        Access access,
        TransactionSettings transactions,
        ResourceSettings resources,
        int statementTimeoutSeconds) {

    /** What {@code url} and {@code info} say together; the URL wins where both name a property. */
    public static ConnectionSettings of(String url, Properties info) throws SQLException {
        JdbcUrl parsed = JdbcUrl.parse(url);
        Map<ConnectionProperty, String> values = given(parsed, info);
        int mark = url.indexOf('?');
        return new ConnectionSettings(
                parsed.location(),
                mark < 0 ? url : url.substring(0, mark),
                notEmpty(values, ConnectionProperty.USER),
                namespace(values),
                Access.valueOf(constantName(values, ConnectionProperty.ACCESS)),
                transactions(values),
                resources(values),
                seconds(values, ConnectionProperty.STATEMENT_TIMEOUT));
    }

    private static TransactionSettings transactions(Map<ConnectionProperty, String> values) throws SQLException {
        return new TransactionSettings(
                IsolationLevel.valueOf(constantName(values, ConnectionProperty.ISOLATION)),
                choice(values, ConnectionProperty.READ_ONLY).equals("true"),
                Duration.ofMillis(number(values, ConnectionProperty.LOCK_TIMEOUT, "milliseconds")),
                Durability.valueOf(constantName(values, ConnectionProperty.DURABILITY)));
    }

    private static ResourceSettings resources(Map<ConnectionProperty, String> values) throws SQLException {
        return new ResourceSettings(
                size(values, ConnectionProperty.MEMORY_LIMIT),
                threads(values),
                size(values, ConnectionProperty.COLUMN_CACHE));
    }

    private static @Nullable Long size(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        String given = value(values, property);
        Long bytes = given.isEmpty() ? null : MemorySize.parse(given);
        if (bytes == null && !given.isEmpty()) {
            throw invalid(property, MemorySize.ALLOWED, given);
        }
        return bytes;
    }

    private static @Nullable Integer threads(Map<ConnectionProperty, String> values) throws SQLException {
        String given = value(values, ConnectionProperty.THREADS);
        if (given.isEmpty()) {
            return null;
        }
        int threads = number(values, ConnectionProperty.THREADS, "threads");
        if (threads < 1 || threads > ResourceSettings.MAX_THREADS) {
            throw invalid(ConnectionProperty.THREADS, "from 1 to " + ResourceSettings.MAX_THREADS, given);
        }
        return threads;
    }

    /** The properties given in {@code info} and in the URL, which wins. */
    public static Map<ConnectionProperty, String> given(JdbcUrl url, Properties info) throws SQLException {
        Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
        for (String key : info.stringPropertyNames()) {
            values.put(ConnectionProperty.require(key), info.getProperty(key));
        }
        values.putAll(url.properties());
        seconds(values, ConnectionProperty.LOGIN_TIMEOUT);
        return values;
    }

    /** What the engine needs of them to open a session. */
    public SessionConfig sessionConfig() {
        return new SessionConfig(user, namespace, access, transactions, resources);
    }

    private static String namespace(Map<ConnectionProperty, String> values) throws SQLException {
        String namespace = values.get(ConnectionProperty.NAMESPACE);
        String schema = values.get(ConnectionProperty.SCHEMA);
        if (namespace != null && schema != null && !namespace.equals(schema)) {
            throw invalid(ConnectionProperty.SCHEMA, "equal to namespace " + namespace + " or left out", schema);
        }
        return schema == null
                ? notEmpty(values, ConnectionProperty.NAMESPACE)
                : notEmpty(values, ConnectionProperty.SCHEMA);
    }

    private static String notEmpty(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        String value = value(values, property);
        if (value.isEmpty()) {
            throw invalid(property, "not empty", value);
        }
        return value;
    }

    private static String choice(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        String value = value(values, property);
        if (!property.choices().contains(value)) {
            throw invalid(property, String.join(" or ", property.choices()), value);
        }
        return value;
    }

    /** A choice as the enum constant of the same words is named. */
    private static String constantName(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        return choice(values, property).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static int seconds(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        return number(values, property, "seconds");
    }

    private static int number(Map<ConnectionProperty, String> values, ConnectionProperty property, String unit)
            throws SQLException {
        String value = value(values, property);
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (number < 0) {
            throw invalid(property, "a number of " + unit + " of at least 0", value);
        }
        return number;
    }

    private static String value(Map<ConnectionProperty, String> values, ConnectionProperty property) {
        @Nullable String value = values.get(property);
        return value == null ? property.defaultValue() : value;
    }

    private static SQLException invalid(ConnectionProperty property, String allowed, String value) {
        return SqlExceptions.error(
                ErrorCode.INVALID_URL,
                "Invalid connection property " + property.key() + ": must be " + allowed + ", got: " + value);
    }
}
