// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ordered bytes under ordered bytes: what the catalog needs of a storage engine. Keys are ordered as unsigned bytes.
 * Failures are {@link org.kalamdb.error.KalamException}s. Safe for use by several threads.
 */
public interface KeyValueStore {
    /** The value under {@code key}, or null if there is none. The array is the caller's. */
    byte @Nullable [] get(byte[] key);

    /**
     * The entries whose keys begin with {@code prefix}, in key order, as of one moment not after the first is taken.
     * Reads as the stream is consumed; the stream must be closed and is confined to one thread.
     */
    Stream<KeyValue> scan(byte[] prefix);

    /** As {@link #scan(byte[])}, without the entries whose keys do not pass {@code keyFilter}; their values need not be read. */
    default Stream<KeyValue> scan(byte[] prefix, Predicate<byte[]> keyFilter) {
        return scan(prefix).filter(entry -> keyFilter.test(entry.key()));
    }

    /** Applies all of {@code batch} or nothing. When it returns, the change is durable as far as the store ever is. */
    void write(WriteBatch batch);
}
