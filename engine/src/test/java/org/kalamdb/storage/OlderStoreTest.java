// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.folder.StoreFolder;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A folder from before a key space was added. */
final class OlderStoreTest {
    private static final TableDefinition TABLE = TestDatabase.simpleTable(TableType.SHARED, 1);

    @TempDir
    private Path folder;

    @Test
    void isReadOnceItHasBeenOpenedToBeWritten() throws RocksDBException {
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.commitRows(TABLE, new Object[] {1L, "a"});
        }
        dropKeySpace("prepared");

        assertThatThrownBy(() -> StoreOpening.openReadOnly(folder, StorageOptions.defaults()))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_NOT_OPENABLE))
                .hasMessage("Cannot open the database in " + folder
                        + " for reading only: it was last written by an earlier version; open it once for writing");

        TestDatabase.in(folder).close();
        try (RocksStorage storage = StoreOpening.openReadOnly(folder, StorageOptions.defaults())) {
            assertThat(storage.isReadOnly()).isTrue();
        }
    }

    private void dropKeySpace(String name) throws RocksDBException {
        String path = folder.resolve(StoreFolder.HOT).toString();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        try (Options options = new Options()) {
            RocksDB.listColumnFamilies(options, path)
                    .forEach(each -> descriptors.add(new ColumnFamilyDescriptor(each)));
        }
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB database = RocksDB.open(options, path, descriptors, families)) {
            for (ColumnFamilyHandle family : families) {
                if (new String(family.getName(), US_ASCII).equals(name)) {
                    database.dropColumnFamily(family);
                }
                family.close();
            }
        }
    }
}
