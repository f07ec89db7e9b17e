// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.transaction.KeySpace;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A write batch by key space. Confined to one thread. */
final class KeySpaceBatch {
    private final WriteBatch batch;
    private final Map<KeySpace, ColumnFamilyHandle> families;

    KeySpaceBatch(WriteBatch batch, Map<KeySpace, ColumnFamilyHandle> families) {
        this.batch = batch;
        this.families = families;
    }

    void put(KeySpace space, byte[] key, byte[] value) throws RocksDBException {
        batch.put(family(space), key, value);
    }

    void delete(KeySpace space, byte[] key) throws RocksDBException {
        batch.delete(family(space), key);
    }

    void deleteRange(KeySpace space, KeySpan span) throws RocksDBException {
        batch.deleteRange(family(space), span.lower(), span.upper());
    }

    private ColumnFamilyHandle family(KeySpace space) {
        return requireNonNull(families.get(space));
    }
}
