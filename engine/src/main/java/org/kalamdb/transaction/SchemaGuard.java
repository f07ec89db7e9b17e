// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.concurrent.locks.Lock;
import org.kalamdb.schema.TableDefinition;

/** Keeps definitions still while a transaction commits. Safe for use by several threads. */
public interface SchemaGuard {
    /**
     * The shared lock that a commit holds. DDL holds the exclusive one while it changes a definition; a thread that holds
     * the exclusive one may take this one.
     */
    Lock commitLock();

    /** Runs an action while no transaction commits and no definition changes. */
    void exclusively(Runnable action);

    /** The schema version that {@code table} has now, or 0 if it was dropped, even if its name is in use again. */
    int currentSchemaVersion(TableDefinition table);

    /**
     * Refuses changes of a table's definition, and its removal, until {@link #release}; calls count. The caller holds the
     * commit lock, or nobody changes definitions yet.
     */
    void hold(TableDefinition table);

    /** Takes back one {@link #hold}. */
    void release(TableDefinition table);
}
