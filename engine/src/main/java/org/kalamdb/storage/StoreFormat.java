// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.row.LittleEndian;
import org.rocksdb.ColumnFamilyHandle;

/** The version of what is stored. Stateless. */
public final class StoreFormat {
    /** Version of the key and row encodings; a folder with a greater one is refused. */
    public static final int VERSION = 1;

    private static final byte[] KEY = "format".getBytes(US_ASCII);

    private StoreFormat() {}

    /** Looks whether this release can read a store, and marks one that is new. @throws KalamException DATABASE_NOT_OPENABLE */
    static void check(RocksStorage storage, String path) {
        byte[] stored = storage.meta().get(KEY);
        if (stored == null) {
            requireNoData(storage, path);
            byte[] version = new byte[Integer.BYTES];
            LittleEndian.putInt(version, 0, VERSION);
            storage.meta().putDurably(KEY, version);
            storage.counts().open(true);
            return;
        }
        requireKnown(path, stored);
        storage.counts().open(false);
    }

    /** Looks whether this release can read a store. @throws KalamException DATABASE_NOT_OPENABLE */
    static void requireKnown(MetaStore meta, String path) {
        requireKnown(path, meta.get(KEY));
    }

    private static void requireKnown(String path, byte @Nullable [] stored) {
        int version = stored != null && stored.length == Integer.BYTES ? LittleEndian.getInt(stored, 0) : -1;
        if (version < 1) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot open the database in " + path + ": its format version is not readable");
        }
        if (version > VERSION) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot open the database in " + path + ": its format version is " + version
                            + " and this release reads up to " + VERSION + "; use a newer release");
        }
    }

    /** A store without format version is one whose creation was cut short, unless there is something in it. */
    private static void requireNoData(RocksStorage storage, String path) {
        for (ColumnFamilyHandle family : storage.families()) {
            try (NativeCursor cursor = storage.cursor(family, null, new byte[0], null)) {
                if (!cursor.seekToFirst()) {
                    continue;
                }
            }
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot open " + path + ": it holds data of another program; choose an empty or new folder");
        }
    }
}
