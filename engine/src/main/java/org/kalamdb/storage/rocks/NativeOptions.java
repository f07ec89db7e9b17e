// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksMemEnv;
import org.rocksdb.WriteOptions;

/** The native option objects of one open store; closed after it, in reverse order of creation. */
public final class NativeOptions implements AutoCloseable {
    private static final long MEGABYTE = 1L << 20;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int BLOCK_BYTES = 8 << 10;

    private final List<AutoCloseable> owned = new ArrayList<>();
    private final DBOptions database;
    private final ColumnFamilyOptions rows;
    private final ColumnFamilyOptions small;
    private final WriteOptions normalWrite;
    private final WriteOptions durableWrite;

    /**
     * @param blockCacheBytes for blocks read from files
     * @param writeBufferBytes for rows not yet in files, per generation
     */
    public NativeOptions(long blockCacheBytes, long writeBufferBytes, boolean inMemory) {
        Cache cache = own(new LRUCache(blockCacheBytes));
        BloomFilter bloom = own(new BloomFilter(BLOOM_BITS_PER_KEY, false));
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(bloom)
                .setBlockSize(BLOCK_BYTES)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        rows = own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(writeBufferBytes)
                .setMaxWriteBufferNumber(2)
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(0.05);
        small = own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(Math.min(4 * MEGABYTE, writeBufferBytes))
                .setCompressionType(CompressionType.ZSTD_COMPRESSION);
        database = own(databaseOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxBackgroundJobs(2)
                // By default each column family would start sixteen threads for its few files.
                .setMaxFileOpeningThreads(1)
                .setMaxTotalWalSize(8 * writeBufferBytes)
                // Each commit says itself whether its log record is to leave the process.
                .setManualWalFlush(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setMaxLogFileSize(MEGABYTE)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setSkipStatsUpdateOnDbOpen(true);
        if (inMemory) {
            database.setEnv(own(new RocksMemEnv(Env.getDefault())));
        }
        // Rows in memory die with the process, so that a log would only cost.
        normalWrite = own(new WriteOptions()).setDisableWAL(inMemory);
        durableWrite = own(new WriteOptions()).setDisableWAL(inMemory).setSync(!inMemory);
    }

    /** Options that have no setter in Java. */
    private static DBOptions databaseOptions() {
        Properties properties = new Properties();
        // A new list of files at each opening would be three more waits for the device.
        properties.setProperty("reuse_manifest_on_open", "true");
        return requireNonNull(DBOptions.getDBOptionsFromProps(properties), "An option is unknown to RocksDB");
    }

    public DBOptions database() {
        return database;
    }

    /** Options for a store that is read as it is at one moment, though another process may be writing to it. */
    public DBOptions readOnlyDatabase() {
        // Files stay readable when the writer removes them, as long as they are open.
        return database.setCreateIfMissing(false)
                .setCreateMissingColumnFamilies(false)
                .setMaxOpenFiles(-1);
    }

    /** Options of the column family of rows. */
    public ColumnFamilyOptions rows() {
        return rows;
    }

    /** Options of column families with few and short entries. */
    public ColumnFamilyOptions small() {
        return small;
    }

    public WriteOptions normalWrite() {
        return normalWrite;
    }

    public WriteOptions durableWrite() {
        return durableWrite;
    }

    private <T extends AutoCloseable> T own(T object) {
        owned.add(object);
        return object;
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            NativeObjects.close(owned.get(i));
        }
        owned.clear();
    }
}
