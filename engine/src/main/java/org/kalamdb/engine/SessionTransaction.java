// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.Transaction;

/** A transaction that spans statements, with its named savepoints and open cursors. Confined to one thread. */
final class SessionTransaction {
    private final Transaction transaction;
    private final boolean readOnly;
    private final Deque<NamedSavepoint> savepoints = new ArrayDeque<>();
    private final List<ResultCursor> cursors = new ArrayList<>();

    private record NamedSavepoint(String name, Savepoint mark) {}

    SessionTransaction(Transaction transaction, boolean readOnly) {
        this.transaction = transaction;
        this.readOnly = readOnly;
    }

    Transaction transaction() {
        return transaction;
    }

    boolean readOnly() {
        return readOnly;
    }

    void opened(ResultCursor cursor) {
        cursors.add(cursor);
    }

    void closed(ResultCursor cursor) {
        cursors.remove(cursor);
    }

    void setSavepoint(String name) {
        savepoints.push(new NamedSavepoint(name, transaction.savepoint()));
    }

    void rollbackTo(String name) {
        NamedSavepoint savepoint = require(name);
        while (savepoints.peek() != savepoint) {
            savepoints.pop();
        }
        transaction.rollbackTo(savepoint.mark());
    }

    void release(String name) {
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

    void commit() {
        closeCursors();
        transaction.commit();
    }

    void rollback() {
        closeCursors();
        transaction.rollback();
    }

    private void closeCursors() {
        List.copyOf(cursors).forEach(ResultCursor::close);
    }
}
