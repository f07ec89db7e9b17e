// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.error.SqlExceptions;

/** What an application says of itself, which is kept for it without effect. Confined to one thread. */
final class ClientProperties {
    /** The properties that are kept. */
    static final List<String> NAMES = List.of("ApplicationName", "ClientHostname", "ClientUser");

    private final Properties values = new Properties();
    private final Warnings warnings;

    /** @param warnings where it is said what is not kept */
    ClientProperties(Warnings warnings) {
        this.warnings = warnings;
    }

    Properties copy() {
        Properties copy = new Properties();
        copy.putAll(values);
        return copy;
    }

    @Nullable
    String value(String name) {
        return values.getProperty(name);
    }

    /** @param value null to forget it */
    void set(String name, @Nullable String value) {
        if (!NAMES.contains(name)) {
            warnings.optionChanged(
                    "Unsupported client property, known are " + String.join(", ", NAMES) + ", got: " + name);
        } else if (value == null) {
            values.remove(name);
        } else {
            values.setProperty(name, value);
        }
    }

    /** Sets these and forgets all others. */
    void replaceBy(Properties others) {
        values.clear();
        for (String name : others.stringPropertyNames()) {
            set(name, others.getProperty(name));
        }
    }

    /** @param what it stands for */
    static void requireNotNull(@Nullable Object argument, String what) throws SQLClientInfoException {
        if (argument == null) {
            throw SqlExceptions.clientInfo(SqlExceptions.invalidNull(what), Map.of());
        }
    }

    /** @param names that are not set if the connection is closed */
    static void requireOpen(SessionAccess access, Collection<String> names) throws SQLClientInfoException {
        if (access.isClosed()) {
            Map<String, ClientInfoStatus> failed = new HashMap<>();
            names.forEach(name -> failed.put(name, ClientInfoStatus.REASON_UNKNOWN));
            throw SqlExceptions.clientInfo(SqlExceptions.connectionClosed(), failed);
        }
    }
}
