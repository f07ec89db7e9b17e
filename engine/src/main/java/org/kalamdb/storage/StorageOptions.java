// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

/**
 * Settings of one open database. Immutable.
 *
 * @param blockCacheBytes native memory for blocks read from files, at least 1 MB
 * @param writeBufferBytes native memory for rows not yet in files, per generation, at least 1 MB; up to two generations
 */
public record StorageOptions(long blockCacheBytes, long writeBufferBytes) {
    private static final long MEGABYTE = 1L << 20;
    private static final StorageOptions DEFAULTS = new StorageOptions(96 * MEGABYTE, 32 * MEGABYTE);

    public StorageOptions {
        if (blockCacheBytes < MEGABYTE) {
            throw new IllegalArgumentException("blockCacheBytes is below 1 MB: " + blockCacheBytes);
        }
        if (writeBufferBytes < MEGABYTE) {
            throw new IllegalArgumentException("writeBufferBytes is below 1 MB: " + writeBufferBytes);
        }
    }

    /** 96 MB of cache, write buffers of 32 MB. */
    public static StorageOptions defaults() {
        return DEFAULTS;
    }
}
