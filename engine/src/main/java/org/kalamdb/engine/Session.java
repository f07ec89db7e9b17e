// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.kalamdb.introspection.Introspection;

/**
 * One client's conversation with a database: a user, a current namespace, at most one transaction. Confined to one
 * thread, except {@link #cancel()}.
 */
public interface Session extends AutoCloseable {
    /** The texts of the statements in {@code script}, split at semicolons outside of literals, comments and names. */
    List<String> split(String script);

    /** Whether a word of letters, digits and underscores names a table or column without quotes; keywords may not. */
    boolean isPlainName(String word);

    /** Parses and plans one statement; a trailing semicolon is allowed. */
    PreparedQuery prepare(String sql, GeneratedKeys generatedKeys);

    /**
     * As {@link #prepare(String, GeneratedKeys)}, as part of the next statement: since {@link #armCancel()}, {@link #cancel()}
     * stops it, and its time counts.
     */
    PreparedQuery prepareToRun(String sql, GeneratedKeys generatedKeys);

    default PreparedQuery prepare(String sql) {
        return prepare(sql, GeneratedKeys.NONE);
    }

    String user();

    /** The namespace of unqualified names. */
    String namespace();

    /** @throws org.kalamdb.error.KalamException NAMESPACE_NOT_FOUND */
    void setNamespace(String namespace);

    boolean autoCommit();

    /** Turning it on commits the open transaction. */
    void setAutoCommit(boolean autoCommit);

    /** How the transactions run that begin from now on, unless something else is said where they begin. */
    TransactionSettings transactionSettings();

    /** @throws org.kalamdb.error.KalamException TRANSACTION_ACTIVE inside a transaction */
    void setTransactionSettings(TransactionSettings settings);

    /** How the open transaction runs, or else the next one. */
    TransactionSettings currentTransactionSettings();

    /** Whether a transaction is open. */
    boolean inTransaction();

    /**
     * Ends the open transaction, if any, and keeps its changes.
     *
     * @throws org.kalamdb.error.KalamException SERIALIZATION_FAILURE, or FAILED_TRANSACTION if it had failed before; it is
     *     rolled back then
     */
    void commit();

    /** Ends the open transaction, if any, and drops its changes. */
    void rollback();

    /** Marks a point of the open transaction (one is begun if none is open). Marks nest like a stack. */
    void setSavepoint(String name);

    /** Drops what came after the mark; the mark stays. */
    void rollbackToSavepoint(String name);

    void releaseSavepoint(String name);

    /**
     * The branches of global transactions. While the session works for one, auto-commit is off, and what would begin or end
     * a transaction, or mark a point of it, fails with GLOBAL_TRANSACTION.
     *
     * @throws org.kalamdb.error.KalamException NOT_SUPPORTED if the database is open for reading only
     */
    Branches branches();

    /** From now on {@link #cancel()} stops the next statement, even before that has started, and its time runs. */
    void armCancel();

    /** Asks the running statement to stop with QUERY_CANCELED. Safe for use by several threads. */
    void cancel();

    /** Milliseconds after which a statement stops with QUERY_CANCELED; 0 for never. */
    void setStatementTimeoutMillis(long millis);

    /** The catalog as this session sees it. */
    Introspection introspection();

    /** The database it belongs to. */
    Database database();

    /**
     * Makes it as it was when it was opened: rolls back the open transaction and goes back to the first namespace and
     * settings. While it works for a branch of a global transaction, it only closes what is being read.
     */
    void reset();

    boolean isClosed();

    /** Rolls back the open transaction, if any. Idempotent. */
    @Override
    void close();
}
