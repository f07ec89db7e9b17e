// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.PreparedTransaction;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.Transactions;

/**
 * A transaction that spans statements, with its named savepoints and open cursors. Confined to one thread.
 *
 * <p>A conflict with another transaction fails it: its changes and locks are gone at once, and all it does from then on
 * is to say so until it is ended.
 */
public final class SessionTransaction {
    private final Transactions transactions;
    private final Deque<NamedSavepoint> savepoints = new ArrayDeque<>();
    private final List<ResultCursor> cursors = new ArrayList<>();
    private Transaction transaction;
    private boolean started;
    private @Nullable KalamException failure;

    private record NamedSavepoint(String name, Savepoint mark) {}

    public SessionTransaction(Transactions transactions, TransactionSettings settings) {
        this.transactions = transactions;
        this.transaction = transactions.begin(settings);
    }

    public TransactionSettings settings() {
        return transaction.settings();
    }

    /** @throws KalamException TRANSACTION_ACTIVE once a statement has run */
    public void change(TransactionSettings settings) {
        requireNotFailed();
        if (started) {
            throw new KalamException(
                    ErrorCode.TRANSACTION_ACTIVE,
                    "Cannot change how a transaction runs after its first statement; say it right after BEGIN");
        }
        transaction.rollback();
        transaction = transactions.begin(settings);
    }

    /** The transaction, for a statement that runs in it now. */
    public Transaction start() {
        requireNotFailed();
        started = true;
        return transaction;
    }

    boolean readOnly() {
        return settings().readOnly();
    }

    public void opened(ResultCursor cursor) {
        cursors.add(cursor);
    }

    public void closed(ResultCursor cursor) {
        cursors.remove(cursor);
    }

    public void setSavepoint(String name) {
        savepoints.push(new NamedSavepoint(name, start().savepoint()));
    }

    public void rollbackTo(String name) {
        requireNotFailed();
        NamedSavepoint savepoint = require(name);
        while (savepoints.peek() != savepoint) {
            savepoints.pop();
        }
        transaction.rollbackTo(savepoint.mark());
    }

    public void release(String name) {
        requireNotFailed();
        NamedSavepoint savepoint = require(name);
        while (savepoints.pop() != savepoint) {
            continue;
        }
        transaction.release(savepoint.mark());
    }

    private NamedSavepoint require(String name) {
        Iterator<NamedSavepoint> latestFirst = savepoints.iterator();
        while (latestFirst.hasNext()) {
            NamedSavepoint savepoint = latestFirst.next();
            if (savepoint.name().equals(name)) {
                return savepoint;
            }
        }
        throw new KalamException(ErrorCode.INVALID_SAVEPOINT, "Savepoint " + name + " does not exist");
    }

    /** Told of each error of a statement: a conflict with another transaction ends all that this one can do. */
    public void statementFailed(KalamException error) {
        if (isConflict(error)) {
            failure = error;
            rollback();
        }
    }

    /** Whether an error means that other transactions were in the way, and all may be well when it is tried again. */
    public static boolean isConflict(KalamException error) {
        return switch (error.code()) {
            case SERIALIZATION_FAILURE, WRITE_CONFLICT, DEADLOCK -> true;
            default -> false;
        };
    }

    /** @throws KalamException FAILED_TRANSACTION if it has failed; it is over then too */
    public void commit() {
        closeCursors();
        if (failure != null) {
            throw new KalamException(
                    ErrorCode.FAILED_TRANSACTION,
                    "Cannot commit: the transaction had failed and was rolled back (" + failure.rawMessage() + ")",
                    failure);
        }
        transaction.commit();
    }

    /** Whether it has changed anything. */
    boolean hasWrites() {
        return transaction.hasWrites();
    }

    /** What has failed it, or null. */
    @Nullable
    KalamException failure() {
        return failure;
    }

    /** As {@link Transaction#prepare}, of a transaction that has not failed. */
    PreparedTransaction prepare(byte[] name) {
        closeCursors();
        return transaction.prepare(name);
    }

    public void rollback() {
        closeCursors();
        transaction.rollback();
    }

    /** Drops what it has written and its locks; what is still being read stays open, as its thread may be looking at it. */
    void undo() {
        transaction.rollback();
    }

    public void requireNotFailed() {
        if (failure != null) {
            throw new KalamException(
                    ErrorCode.FAILED_TRANSACTION,
                    "The transaction has failed and was rolled back; say ROLLBACK and try it again from the start",
                    failure);
        }
    }

    /** Closes what is still being read in it. */
    void closeCursors() {
        List.copyOf(cursors).forEach(ResultCursor::close);
    }
}
