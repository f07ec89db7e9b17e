// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.nio.ByteBuffer;

/**
 * The numbers of indexes that no definition has, or has yet, but whose entries may be stored. Safe for use by several
 * threads.
 */
final class UnusedIndexes extends EntityStore<Long, Long> {
    private static final byte[] SPACE = CatalogKeys.space("unused_index");

    UnusedIndexes(KeyValueStore store) {
        super(store);
    }

    @Override
    byte[] prefix() {
        return SPACE;
    }

    @Override
    Long keyOf(Long value) {
        return value;
    }

    @Override
    byte[] keyBytes(Long key) {
        return CatalogKeys.number(SPACE, key);
    }

    @Override
    byte[] encode(Long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Override
    Long decode(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
