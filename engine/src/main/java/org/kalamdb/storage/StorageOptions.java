// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import org.kalamdb.storage.file.FileAccess;

/**
 * Settings of one open database. Immutable.
 *
 * @param blockCacheBytes native memory for blocks read from files, at least 1 MB
 * @param writeBufferBytes native memory for rows not yet in files, per generation, at least 1 MB; up to two generations
 * @param files how files of segments are reached
 */
public record StorageOptions(long blockCacheBytes, long writeBufferBytes, FileAccess files) {
    private static final long MEGABYTE = 1L << 20;
    private static final StorageOptions DEFAULTS =
            new StorageOptions(96 * MEGABYTE, 32 * MEGABYTE, FileAccess.system());

    public StorageOptions {
        requireNonNull(files, "files is null");
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

    /** The same with another way to reach files. */
    public StorageOptions withFiles(FileAccess changed) {
        return new StorageOptions(blockCacheBytes, writeBufferBytes, changed);
    }
}
