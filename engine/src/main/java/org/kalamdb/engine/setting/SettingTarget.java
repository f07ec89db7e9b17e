// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.setting;

import org.kalamdb.engine.Session;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.exec.resource.Resources;

/** A session as its settings know it. Confined to one thread. */
public interface SettingTarget {
    /** What its queries share with those of other sessions. */
    Resources resources();

    /** What RESET goes back to. */
    TransactionSettings initialSettings();

    /** Of the transactions that begin from now on. */
    TransactionSettings transactionSettings();

    /** Of the open transaction, or of the next. */
    TransactionSettings currentTransactionSettings();

    boolean inTransaction();

    /** As {@link Session#setTransactionSettings}, also inside a transaction, which goes on as it is. */
    void changeDefaults(TransactionSettings settings);

    /** Changes how the open transaction runs, or begins one that runs so if auto-commit is off. */
    void changeTransaction(TransactionSettings settings);
}
