// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements known by their first words and not carried out, with what to do instead. Safe for use by several threads. */
final class UnsupportedStatements {
    private static final List<Entry> ENTRIES = List.of(
            entry(
                    "CREATE VECTOR INDEX",
                    "CREATE VECTOR INDEX is not supported, queries search vectors exactly without one"),
            entry("ALTER INDEX", "ALTER INDEX is not supported, drop the index and create it again"),
            entry("REINDEX", "REINDEX is not supported, drop the index and create it again"),
            entry("CREATE USER", "CREATE USER is not supported, name the acting user when connecting"),
            entry("ALTER USER", "ALTER USER is not supported, name the acting user when connecting"),
            entry("DROP USER", "DROP USER is not supported, name the acting user when connecting"),
            entry("CREATE ROLE", "CREATE ROLE is not supported, name the acting user when connecting"),
            entry("DROP ROLE", "DROP ROLE is not supported, name the acting user when connecting"),
            entry("GRANT", "GRANT is not supported, set the ACCESS_LEVEL of shared tables"),
            entry("REVOKE", "REVOKE is not supported, set the ACCESS_LEVEL of shared tables"),
            entry("CREATE POLICY", "CREATE POLICY is not supported, set the ACCESS_LEVEL of shared tables"),
            entry("DROP POLICY", "DROP POLICY is not supported, set the ACCESS_LEVEL of shared tables"),
            entry("EXECUTE AS USER", "EXECUTE AS USER is not supported, open a connection as that user"),
            entry("CREATE STORAGE", "CREATE STORAGE is not supported, rows are kept in the storage local"),
            entry("ALTER STORAGE", "ALTER STORAGE is not supported, rows are kept in the storage local"),
            entry("DROP STORAGE", "DROP STORAGE is not supported, rows are kept in the storage local"),
            entry("STORAGE CHECK", "STORAGE CHECK is not supported, rows are kept in the storage local"),
            entry("VACUUM", "VACUUM is not supported, space is reclaimed without it"),
            entry(
                    "CHECKPOINT",
                    "CHECKPOINT is not supported, committed rows survive the end of the process without it"),
            entry("EXPORT", "EXPORT is not supported, use COPY .. TO a file"),
            entry("IMPORT", "IMPORT is not supported, use COPY .. FROM a file"),
            entry("SHOW EXPORT", "SHOW EXPORT is not supported, use COPY .. TO a file"),
            entry("SUBSCRIBE", "SUBSCRIBE is not supported, query the table again"),
            entry("CREATE TOPIC", "CREATE TOPIC is not supported, use a stream table"),
            entry("ALTER TOPIC", "ALTER TOPIC is not supported, use a stream table"),
            entry("DROP TOPIC", "DROP TOPIC is not supported, use a stream table"),
            entry("CLEAR TOPIC", "CLEAR TOPIC is not supported, use a stream table"),
            entry("CONSUME", "CONSUME is not supported, query a stream table"),
            entry("ACK", "ACK is not supported, query a stream table"),
            entry("KILL", "KILL is not supported, cancel the statement through its connection"),
            entry("CLUSTER", "CLUSTER is not supported, a database runs inside one process"),
            entry("CREATE TRIGGER", "CREATE TRIGGER is not supported, do its work in the application"),
            entry("CREATE FUNCTION", "CREATE FUNCTION is not supported, use the functions there are"),
            entry("CREATE PROCEDURE", "CREATE PROCEDURE is not supported, do its work in the application"),
            entry("CREATE TYPE", "CREATE TYPE is not supported, use one of the types there are"),
            entry("CREATE DOMAIN", "CREATE DOMAIN is not supported, use one of the types there are"),
            entry("CREATE EXTENSION", "CREATE EXTENSION is not supported, all functions are there from the start"),
            entry(
                    "CREATE MATERIALIZED VIEW",
                    "CREATE MATERIALIZED VIEW is not supported, write CREATE TABLE .. AS SELECT"),
            entry("CALL", "CALL is not supported, there are no procedures"),
            entry("PREPARE", "PREPARE is not supported, use a prepared statement of the driver"),
            entry("EXECUTE", "EXECUTE is not supported, use a prepared statement of the driver"),
            entry("DEALLOCATE", "DEALLOCATE is not supported, close the prepared statement of the driver"),
            entry("DECLARE", "DECLARE is not supported, read rows through a result set"),
            entry("LOCK", "LOCK is not supported, transactions lock the rows they change"),
            entry("ATTACH", "ATTACH is not supported, open a connection to each database"),
            entry("DETACH", "DETACH is not supported, open a connection to each database"),
            entry("PRAGMA", "PRAGMA is not supported, use DESCRIBE, SHOW or SET"));

    private UnsupportedStatements() {}

    private record Entry(String[] words, String message) {}

    /** What to do instead of the statement that comes next; null if it is not one of these. */
    static @Nullable String advice(TokenCursor tokens) {
        for (Entry entry : ENTRIES) {
            if (tokens.at(entry.words)) {
                return entry.message;
            }
        }
        return null;
    }

    private static Entry entry(String words, String message) {
        return new Entry(words.split(" ", -1), message);
    }
}
