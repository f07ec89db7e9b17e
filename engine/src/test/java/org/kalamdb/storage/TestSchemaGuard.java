// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.transaction.SchemaGuard;

/** A catalog in which every table is as it was first seen until a test says otherwise. */
final class TestSchemaGuard implements SchemaGuard {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ConcurrentHashMap<Long, Integer> versions = new ConcurrentHashMap<>();

    @Override
    public Lock commitLock() {
        return lock.readLock();
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
    public int currentSchemaVersion(TableDefinition table) {
        return versions.getOrDefault(table.objectId(), table.schemaVersion());
    }

    void altered(TableDefinition table) {
        versions.put(table.objectId(), table.schemaVersion());
    }

    void dropped(TableDefinition table) {
        versions.put(table.objectId(), 0);
    }

    @Override
    public void hold(TableDefinition table) {
        throw new UnsupportedOperationException("Tests of storage prepare nothing");
    }

    @Override
    public void release(TableDefinition table) {
        throw new UnsupportedOperationException("Tests of storage prepare nothing");
    }
}
