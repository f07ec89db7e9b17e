// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.SchemaGuard;

/** Keeps definitions still while transactions commit, and commits away while definitions change. Safe for use by several threads. */
public final class CatalogLock implements SchemaGuard {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final ReentrantLock changes = new ReentrantLock(true);
    private final Catalog catalog;

    public CatalogLock(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Runs an action that changes definitions, of which there is one at a time. Transactions commit meanwhile, except where
     * it keeps them away by {@link #exclusively}.
     */
    public void changing(Runnable action) {
        changes.lock();
        try {
            action.run();
        } finally {
            changes.unlock();
        }
    }

    @Override
    public Lock commitLock() {
        return lock.readLock();
    }

    @Override
    public int currentSchemaVersion(TableDefinition table) {
        return catalog.findTable(table.id())
                .filter(current -> current.objectId() == table.objectId())
                .map(TableDefinition::schemaVersion)
                .orElse(0);
    }

    @Override
    public void exclusively(Runnable action) {
        lock.writeLock().lock();
        try {
            action.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void hold(TableDefinition table) {
        catalog.hold(table);
    }

    @Override
    public void release(TableDefinition table) {
        catalog.release(table);
    }
}
