// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** A folder that a later release has written. */
final class NewerFormatTest {
    private static final byte[] FORMAT = "format".getBytes(US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"read-write", "read-only"})
    void isRefusedByNameWithWhatToDo(String access, @TempDir Path folder) throws Exception {
        TestDatabases.connect(TestDatabases.url(folder)).close();
        markAsNewer(folder.resolve("hot").toString());
        assertThatThrownBy(() -> DriverManager.getConnection(TestDatabases.url(folder) + "?access=" + access))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("format version is 99")
                .hasMessageContaining("use a newer release")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
    }

    private static void markAsNewer(String path) throws Exception {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (Options listing = new Options();
                DBOptions options = new DBOptions();
                RocksDB database = RocksDB.open(
                        options,
                        path,
                        RocksDB.listColumnFamilies(listing, path).stream()
                                .map(ColumnFamilyDescriptor::new)
                                .toList(),
                        families)) {
            database.put(FORMAT, new byte[] {99, 0, 0, 0});
            families.forEach(ColumnFamilyHandle::close);
        }
    }
}
