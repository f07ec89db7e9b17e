// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.exec.resource.MemoryBudget;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.exec.resource.SpillFolder;
import org.kalamdb.exec.resource.WorkerPool;
import org.kalamdb.storage.StorageOptions;

/** What the queries of a database share, as it is when the database is opened. */
final class SharedResources {
    private SharedResources() {}

    /** Of a database that this process alone has open. */
    static Resources ofOwner(DatabaseLocation location) {
        return location instanceof DatabaseLocation.Folder folder
                ? resources(
                        SpillFolder.in(folder.path(), StorageOptions.defaults().files()))
                : ofReader();
    }

    /** Of a database that has no folder, or one that another process writes to. */
    static Resources ofReader() {
        return resources(SpillFolder.temporary(StorageOptions.defaults().files()));
    }

    private static Resources resources(SpillFolder spill) {
        return new Resources(
                new MemoryBudget(MemoryBudget.defaultLimitBytes()), spill, new WorkerPool(WorkerPool.defaultThreads()));
    }
}
