// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.SessionConfig;
import org.kalamdb.error.ErrorCode;

/**
 * Everything that opening a connection needs. Immutable.
 *
 * @param location where the database lives
 * @param url the URL without its properties
 * @param user the acting user
 * @param namespace the namespace at the start
 * @param readOnly whether the connection starts read-only
 * @param statementTimeoutSeconds default time limit of statements, 0 for none
 */
record ConnectionSettings(
        DatabaseLocation location,
        String url,
        String user,
        String namespace,
        boolean readOnly,
        int statementTimeoutSeconds) {

    /** What {@code url} and {@code info} say together; the URL wins where both name a property. */
    static ConnectionSettings of(String url, Properties info) throws SQLException {
        JdbcUrl parsed = JdbcUrl.parse(url);
        Map<ConnectionProperty, String> values = given(parsed, info);
        int mark = url.indexOf('?');
        return new ConnectionSettings(
                parsed.location(),
                mark < 0 ? url : url.substring(0, mark),
                notEmpty(values, ConnectionProperty.USER),
                namespace(values),
                bool(values, ConnectionProperty.READ_ONLY),
                seconds(values, ConnectionProperty.STATEMENT_TIMEOUT));
    }

    /** The properties given in {@code info} and in the URL, which wins. */
    static Map<ConnectionProperty, String> given(JdbcUrl url, Properties info) throws SQLException {
        Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
        for (String key : info.stringPropertyNames()) {
            values.put(ConnectionProperty.require(key), info.getProperty(key));
        }
        values.putAll(url.properties());
        seconds(values, ConnectionProperty.LOGIN_TIMEOUT);
        return values;
    }

    SessionConfig sessionConfig() {
        return new SessionConfig(user, namespace);
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

    private static boolean bool(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        String value = value(values, property);
        if (!property.choices().contains(value)) {
            throw invalid(property, String.join(" or ", property.choices()), value);
        }
        return value.equals("true");
    }

    private static int seconds(Map<ConnectionProperty, String> values, ConnectionProperty property)
            throws SQLException {
        String value = value(values, property);
        int seconds;
        try {
            seconds = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            seconds = -1;
        }
        if (seconds < 0) {
            throw invalid(property, "a number of seconds of at least 0", value);
        }
        return seconds;
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
