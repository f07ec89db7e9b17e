// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.folder.DiskReserve;
import org.kalamdb.storage.folder.FolderLock;
import org.kalamdb.storage.folder.FolderState;
import org.kalamdb.storage.folder.ReaderRegistration;
import org.kalamdb.storage.folder.StoreFolder;
import org.kalamdb.storage.rocks.NativeLibrary;
import org.kalamdb.storage.rocks.NativeOptions;
import org.kalamdb.storage.rocks.RocksErrors;
import org.kalamdb.transaction.KeySpace;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Opens the key-value store of a database. Stateless. */
public final class StoreOpening {
    private static final String CATALOG_FAMILY = "catalog";
    private static final int MAX_READ_ATTEMPTS = 50;
    private static final long READ_RETRY_NANOS = 1_000_000;

    private StoreOpening() {}

    /**
     * Opens the store, making it if there is none.
     *
     * @throws KalamException DATABASE_IN_USE if another process or class loader holds the folder; DATABASE_NOT_OPENABLE
     *     if the folder holds something else, a database of a newer format, or cannot be read or made
     */
    public static RocksStorage open(DatabaseLocation location, StorageOptions options) {
        NativeLibrary.load();
        if (location instanceof DatabaseLocation.Folder folder) {
            return openFolder(folder.path().toAbsolutePath().normalize(), options);
        }
        return openStore("/kalamdb", null, options);
    }

    private static RocksStorage openFolder(Path folder, StorageOptions options) {
        StoreFolder.prepare(folder);
        FolderLock lock = FolderLock.acquire(folder);
        boolean opened = false;
        try {
            RocksStorage storage = openStore(folder.resolve(StoreFolder.HOT).toString(), lock, options);
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static RocksStorage openStore(String path, @Nullable FolderLock lock, StorageOptions storageOptions) {
        DiskReserve reserve = lock == null ? null : DiskReserve.of(Path.of(path), storageOptions.writeBufferBytes());
        NativeOptions options =
                new NativeOptions(storageOptions.blockCacheBytes(), storageOptions.writeBufferBytes(), lock == null);
        List<ColumnFamilyHandle> families = new ArrayList<>();
        RocksDB database;
        try {
            database = RocksDB.open(options.database(), path, descriptors(options), families);
        } catch (RocksDBException e) {
            options.close();
            throw notOpenable(path, e);
        }
        Path coldFolder = lock == null ? null : Path.of(path).resolveSibling(ColdTier.FOLDER);
        RocksStorage storage = new RocksStorage(lock, reserve, options, database, families, coldFolder, storageOptions);
        boolean valid = false;
        try {
            StoreFormat.check(storage, path);
            valid = true;
            return storage;
        } finally {
            if (!valid) {
                storage.close();
            }
        }
    }

    /**
     * Opens the store of a database as it is at this moment, to be read and never written. Nothing in the folder changes.
     * Another process may be writing to it; it may remove segments meanwhile unless a {@link ReaderRegistration} keeps it
     * from that.
     *
     * @param folder of a database
     * @throws KalamException DATABASE_NOT_OPENABLE if the folder is not that of a database, or of a newer format
     */
    public static RocksStorage openReadOnly(Path folder, StorageOptions storageOptions) {
        StoreFolder.requireDatabase(folder);
        NativeLibrary.load();
        String path = folder.resolve(StoreFolder.HOT).toString();
        for (int attempt = 1; ; attempt++) {
            FolderState before = FolderState.of(folder);
            try {
                RocksStorage storage = openReadOnly(folder, path, storageOptions);
                // What was read of the list of files and of the logs belongs together if no file came or went in
                // between.
                if (FolderState.of(folder).hasSameFiles(before)) {
                    return storage;
                }
                storage.close();
            } catch (KalamException e) {
                if (attempt == MAX_READ_ATTEMPTS || FolderState.of(folder).hasSameFiles(before)) {
                    throw e;
                }
            }
            if (attempt == MAX_READ_ATTEMPTS) {
                throw new KalamException(
                        ErrorCode.DATABASE_NOT_OPENABLE,
                        "Cannot read " + folder + ": its files change too fast; try it again");
            }
            LockSupport.parkNanos(attempt * READ_RETRY_NANOS);
        }
    }

    private static RocksStorage openReadOnly(Path folder, String path, StorageOptions storageOptions) {
        NativeOptions options =
                new NativeOptions(storageOptions.blockCacheBytes(), storageOptions.writeBufferBytes(), false);
        List<ColumnFamilyHandle> families = new ArrayList<>();
        RocksDB database;
        try {
            database = RocksDB.openReadOnly(options.readOnlyDatabase(), path, descriptors(options), families);
        } catch (RocksDBException e) {
            options.close();
            throw isOlder(path) ? needsWriter(folder, e) : notOpenable(path, e);
        }
        RocksStorage storage = new RocksStorage(
                null, null, options, database, families, folder.resolve(ColdTier.FOLDER), storageOptions);
        boolean valid = false;
        try {
            StoreFormat.requireKnown(storage.meta(), path);
            valid = true;
            return storage;
        } finally {
            if (!valid) {
                storage.close();
            }
        }
    }

    /** Whether a store is from before a key space was added, which is made when the store is opened to be written. */
    private static boolean isOlder(String path) {
        List<String> found;
        try (Options plain = new Options()) {
            found = RocksDB.listColumnFamilies(plain, path).stream()
                    .map(name -> new String(name, US_ASCII))
                    .toList();
        } catch (RocksDBException e) {
            // The failure to open it says more.
            return false;
        }
        return found.contains(CATALOG_FAMILY)
                && Arrays.stream(KeySpace.values()).anyMatch(space -> !found.contains(familyName(space)));
    }

    private static KalamException needsWriter(Path folder, RocksDBException e) {
        return new KalamException(
                ErrorCode.DATABASE_NOT_OPENABLE,
                "Cannot open the database in " + folder
                        + " for reading only: it was last written by an earlier version; open it once for writing",
                e);
    }

    private static String familyName(KeySpace space) {
        return space.name().toLowerCase(Locale.ROOT);
    }

    private static List<ColumnFamilyDescriptor> descriptors(NativeOptions options) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.small()));
        descriptors.add(new ColumnFamilyDescriptor(CATALOG_FAMILY.getBytes(US_ASCII), options.small()));
        for (KeySpace space : KeySpace.values()) {
            byte[] name = familyName(space).getBytes(US_ASCII);
            descriptors.add(new ColumnFamilyDescriptor(name, hasFewKeys(space) ? options.small() : options.rows()));
        }
        return descriptors;
    }

    private static boolean hasFewKeys(KeySpace space) {
        return space == KeySpace.SEGMENTS || space == KeySpace.PREPARED;
    }

    private static KalamException notOpenable(String path, RocksDBException e) {
        if (RocksErrors.isHeld(e)) {
            return FolderLock.inUse(Path.of(path), e);
        }
        if (RocksErrors.isDamage(e)) {
            return RocksErrors.translate(e, "open the database in " + path);
        }
        return new KalamException(
                ErrorCode.DATABASE_NOT_OPENABLE,
                "Cannot open the database in " + path + ": " + e.getMessage()
                        + "; check that the folder is a complete database",
                e);
    }
}
