// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.sql.TransactionControl;
import org.kalamdb.sql.TransactionControl.TransactionMode;

/** BEGIN, COMMIT, SAVEPOINT and their like. Confined to one thread. */
final class TransactionCommands {
    private final EngineSession session;

    TransactionCommands(EngineSession session) {
        this.session = session;
    }

    void run(TransactionControl control) {
        if (control instanceof TransactionControl.Begin begin) {
            session.begin(with(session.transactionSettings(), begin.mode()));
        } else if (control instanceof TransactionControl.Commit) {
            session.commit();
        } else if (control instanceof TransactionControl.Rollback) {
            session.rollback();
        } else if (control instanceof TransactionControl.SetTransaction set) {
            session.changeTransaction(with(session.currentTransactionSettings(), set.mode()));
        } else if (control instanceof TransactionControl.SetSessionCharacteristics set) {
            session.changeDefaults(with(session.transactionSettings(), set.mode()));
        } else {
            mark(control);
        }
    }

    private void mark(TransactionControl control) {
        if (control instanceof TransactionControl.Savepoint savepoint) {
            if (!session.inTransaction() && session.autoCommit()) {
                throw new KalamException(ErrorCode.NO_TRANSACTION, "SAVEPOINT needs a transaction: say BEGIN first");
            }
            session.setSavepoint(ObjectNames.simple(savepoint.name()));
        } else if (control instanceof TransactionControl.RollbackToSavepoint rollback) {
            session.rollbackToSavepoint(ObjectNames.simple(rollback.name()));
        } else if (control instanceof TransactionControl.ReleaseSavepoint release) {
            session.releaseSavepoint(ObjectNames.simple(release.name()));
        } else {
            throw new IllegalStateException("No runner for " + control.getClass());
        }
    }

    private static TransactionSettings with(TransactionSettings settings, TransactionMode mode) {
        TransactionSettings changed = settings;
        if (mode.isolationLevel() != null) {
            changed = changed.withIsolation(mode.isolationLevel());
        }
        return mode.readOnly() == null ? changed : changed.withReadOnly(mode.readOnly());
    }
}
