// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;

/** Small entries about the database itself. Safe for use by several threads. */
final class MetaStore {
    private final RocksStorage storage;
    private final ColumnFamilyHandle family;

    MetaStore(RocksStorage storage, ColumnFamilyHandle family) {
        this.storage = storage;
        this.family = family;
    }

    byte @Nullable [] get(byte[] key) {
        return storage.get(family, null, key);
    }

    void put(byte[] key, byte[] value) {
        storage.put(family, key, value);
    }

    /** Waits for the device. */
    void putDurably(byte[] key, byte[] value) {
        put(key, value);
        storage.syncLog();
    }

    void deletePrefix(byte[] prefix) {
        storage.deleteRange(family, prefix, KeyEncoder.successor(prefix));
    }
}
