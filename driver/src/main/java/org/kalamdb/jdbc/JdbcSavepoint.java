// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/** A mark in a transaction. Immutable. */
final class JdbcSavepoint implements Savepoint {
    private final JdbcConnection connection;
    private final int id;
    private final @Nullable String name;

    /** @param name null if the application gave none */
    JdbcSavepoint(JdbcConnection connection, int id, @Nullable String name) {
        this.connection = connection;
        this.id = id;
        this.name = name;
    }

    /** The name in the session; marks without a name get one that SQL text is unlikely to use. */
    String sessionName() {
        return name == null ? "jdbc_savepoint_" + id : name;
    }

    boolean belongsTo(JdbcConnection other) {
        return connection == other;
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER, "Cannot read the id of a named savepoint, it has the name " + name);
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER, "Cannot read the name of an unnamed savepoint, it has the id " + id);
        }
        return name;
    }
}
