// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

import java.time.InstantSource;
import org.kalamdb.ddl.CatalogLock;
import org.kalamdb.index.Indexes;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.SchemaGuard;

/** The parts of an open database that a copy works with. Immutable. */
record DatabaseParts(RocksStorage storage, Catalog catalog, SchemaGuard guard, Indexes indexes) {
    /** The parts of a database that nobody else has open. */
    static DatabaseParts of(RocksStorage storage, InstantSource clock) {
        Catalog catalog = Catalog.open(storage.catalogStore());
        CatalogLock guard = new CatalogLock(catalog);
        TableStore tables = new TableStore(storage, guard, clock);
        return new DatabaseParts(storage, catalog, guard, new Indexes(tables, new IndexEntries(storage)));
    }
}
