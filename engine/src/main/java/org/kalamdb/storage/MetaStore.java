// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.row.KeyEncoder;
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

    /** Hands over every entry whose key begins with {@code prefix}, in key order. */
    void forEach(byte[] prefix, BiConsumer<byte[], byte[]> action) {
        try (NativeCursor cursor = storage.cursor(family, null, prefix, KeyEncoder.successor(prefix))) {
            cursor.forEach(action);
        }
    }

    void deletePrefix(byte[] prefix) {
        storage.deleteRange(family, prefix, KeyEncoder.successor(prefix));
    }
}
