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
 * @param columnCacheBytes heap for decoded columns of segments, at least 0
 * @param files how files of segments are reached
 */
public record StorageOptions(long blockCacheBytes, long writeBufferBytes, long columnCacheBytes, FileAccess files) {
    private static final long MEGABYTE = 1L << 20;
    private static final int COLUMN_CACHE_PART_OF_HEAP = 4;
    private static final StorageOptions DEFAULTS = new StorageOptions(
            96 * MEGABYTE,
            32 * MEGABYTE,
            Runtime.getRuntime().maxMemory() / COLUMN_CACHE_PART_OF_HEAP,
            FileAccess.system());

    public StorageOptions {
        requireNonNull(files, "files is null");
        if (blockCacheBytes < MEGABYTE) {
            throw new IllegalArgumentException("blockCacheBytes is below 1 MB: " + blockCacheBytes);
        }
        if (writeBufferBytes < MEGABYTE) {
            throw new IllegalArgumentException("writeBufferBytes is below 1 MB: " + writeBufferBytes);
        }
        if (columnCacheBytes < 0) {
            throw new IllegalArgumentException("columnCacheBytes is negative: " + columnCacheBytes);
        }
    }

    /** 96 MB of block cache, write buffers of 32 MB, a quarter of the heap for decoded columns. */
    public static StorageOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another way to reach files. */
    public StorageOptions withFiles(FileAccess changed) {
        return new StorageOptions(blockCacheBytes, writeBufferBytes, columnCacheBytes, changed);
    }

    /** The same with another bound of the heap for decoded columns. */
    public StorageOptions withColumnCacheBytes(long bytes) {
        return new StorageOptions(blockCacheBytes, writeBufferBytes, bytes, files);
    }
}
