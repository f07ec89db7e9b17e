// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

/**
 * Settings of one open database. Immutable.
 *
 * @param durability what a commit survives; a database in memory ignores it
 * @param blockCacheBytes native memory for blocks read from files, at least 1 MB
 * @param writeBufferBytes native memory for rows not yet in files, per generation, at least 1 MB; up to two generations
 */
public record StorageOptions(Durability durability, long blockCacheBytes, long writeBufferBytes) {
    private static final long MEGABYTE = 1L << 20;
    private static final StorageOptions DEFAULTS = new StorageOptions(Durability.NORMAL, 96 * MEGABYTE, 32 * MEGABYTE);

    public StorageOptions {
        requireNonNull(durability, "durability is null");
        if (blockCacheBytes < MEGABYTE) {
            throw new IllegalArgumentException("blockCacheBytes is below 1 MB: " + blockCacheBytes);
        }
        if (writeBufferBytes < MEGABYTE) {
            throw new IllegalArgumentException("writeBufferBytes is below 1 MB: " + writeBufferBytes);
        }
    }

    /** Normal durability, 96 MB of cache, write buffers of 32 MB. */
    public static StorageOptions defaults() {
        return DEFAULTS;
    }
}
