// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.settings;

import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.SessionConfig;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/** Every property that a connection understands, in its URL or in the {@link java.util.Properties} beside it. */
public enum ConnectionProperty {
    USER(
            "user",
            SessionConfig.DEFAULT_USER,
            "The acting user, who sees its own rows of USER and STREAM tables",
            List.of()),
    PASSWORD("password", "", "Accepted and not checked yet", List.of()),
    NAMESPACE(
            "namespace", SessionConfig.DEFAULT_NAMESPACE, "The namespace of unqualified names at the start", List.of()),
    SCHEMA("schema", "", "Another name of namespace; only one of both may be given", List.of()),
    READ_ONLY("readOnly", "false", "Whether the connection starts read-only", List.of("true", "false")),
    ACCESS(
            "access",
            "read-write",
            "Whether the connection may write; a folder is written by one process at a time and read by any number",
            List.of("read-write", "read-only")),
    STATEMENT_TIMEOUT(
            "statementTimeout",
            "0",
            "Seconds after which a statement is stopped unless it has a query timeout of its own; 0 for never",
            List.of()),
    ISOLATION(
            "isolation",
            "read-committed",
            "The isolation level at the start",
            List.of("read-committed", "repeatable-read", "serializable")),
    LOCK_TIMEOUT(
            "lockTimeout",
            "2000",
            "Milliseconds that a statement waits for a row that another transaction has locked",
            List.of()),
    DURABILITY(
            "durability",
            "normal",
            "What a commit survives: a power failure, the end of the process, or only an orderly end",
            List.of("full", "normal", "off")),
    MEMORY_LIMIT(
            "memoryLimit",
            "",
            "Heap that all running queries of the database may hold, such as 512MB; if not given, what it is or half of"
                    + " the heap",
            List.of()),
    THREADS(
            "threads",
            "",
            "Threads that a large query of the database may have; if not given, what it is or the number of processors",
            List.of()),
    COLUMN_CACHE(
            "columnCache",
            "",
            "Heap that decoded columns of segments of the database may take, such as 512MB; if not given, what it is or a"
                    + " quarter of the heap",
            List.of()),
    LOGIN_TIMEOUT("loginTimeout", "0", "Accepted for pools; opening a database never waits", List.of());

    private final String key;
    private final String defaultValue;
    private final String description;
    private final List<String> choices;

    ConnectionProperty(String key, String defaultValue, String description, List<String> choices) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
        this.choices = choices;
    }

    /** The name in a URL or in properties, with exactly this case. */
    public String key() {
        return key;
    }

    /** What holds if the property is not given. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One sentence without a trailing full stop. */
    public String description() {
        return description;
    }

    /** The values allowed; empty if they cannot be listed. */
    public List<String> choices() {
        return choices;
    }

    /** @throws SQLException INVALID_URL that lists the known properties, if {@code key} is none of them */
    static ConnectionProperty require(String key) throws SQLException {
        for (ConnectionProperty property : values()) {
            if (property.key.equals(key)) {
                return property;
            }
        }
        String known = Arrays.stream(values()).map(ConnectionProperty::key).collect(Collectors.joining(", "));
        throw SqlExceptions.error(
                ErrorCode.INVALID_URL, "Unsupported connection property, known are " + known + ", got: " + key);
    }

    /** The property as the driver describes it to tools. @param value what it is set to, null for nothing */
    public DriverPropertyInfo toPropertyInfo(@Nullable String value) {
        DriverPropertyInfo info = new DriverPropertyInfo(key, value == null ? defaultValue : value);
        info.description = description;
        info.required = false;
        if (!choices.isEmpty()) {
            info.choices = choices.toArray(new String[0]);
        }
        return info;
    }
}
