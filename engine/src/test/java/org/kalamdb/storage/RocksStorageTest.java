// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kalamdb.storage.TestDatabase.USER;
import static org.kalamdb.storage.TestDatabase.row;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.Transaction;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

final class RocksStorageTest {
    private static final TableDefinition TABLE = TestDatabase.simpleTable(TableType.SHARED, 1);

    @TempDir
    private Path folder;

    @Test
    void keepsRowsAcrossOpens() {
        Path nested = folder.resolve("a/b");
        try (TestDatabase database = TestDatabase.in(nested)) {
            database.commitRows(TABLE, row(1L, "a"), row(2L, "b"));
        }
        try (TestDatabase database = TestDatabase.in(nested)) {
            assertThat(database.rows(null, TABLE)).containsExactly(List.of(1L, "a"), List.of(2L, "b"));
            assertThat(database.tables.estimatedRowCount(TABLE)).isEqualTo(2);
        }
    }

    @Test
    void findsRowsBehindAllKeysThatThereAreInAnOlderSnapshot() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.commitRows(TABLE, row(1L, "a"), row(2L, "b"));
            byte[] first = new RowKeys(TABLE).ofKey(USER, List.of(1L));
            byte[] second = new RowKeys(TABLE).ofKey(USER, List.of(2L));
            byte[] third = new RowKeys(TABLE).ofKey(USER, List.of(3L));
            try (StoreSnapshot before = database.storage.snapshot()) {
                try (Transaction transaction = database.transactions.begin()) {
                    transaction.delete(TABLE, KeySpace.ROWS, second);
                    transaction.commit();
                }
                database.storage.greatestKeys().forget(TABLE.objectId());
                try (StoreSnapshot after = database.storage.snapshot()) {
                    assertThat(database.storage.get(KeySpace.ROWS, after, second))
                            .isNull();
                    assertThat(database.storage.get(KeySpace.ROWS, before, second))
                            .isNotNull();
                    assertThat(database.storage.getAll(KeySpace.ROWS, before, List.of(second, third)))
                            .satisfiesExactly(
                                    found -> assertThat(found).isNotNull(),
                                    none -> assertThat(none).isNull());
                    assertThat(database.storage.getAll(KeySpace.ROWS, after, List.of(second, third)))
                            .containsOnlyNulls();
                    assertThat(database.storage.getAll(KeySpace.ROWS, after, List.of(third, first)))
                            .satisfiesExactly(
                                    none -> assertThat(none).isNull(),
                                    found -> assertThat(found).isNotNull());
                }
            }
        }
    }

    @Test
    void neverGivesAHiddenRowIdTwice() {
        TableDefinition keyless = TestDatabase.table(
                TableType.SHARED,
                2,
                org.kalamdb.schema.ColumnDefinition.simple("v", 1, org.kalamdb.type.KalamDataType.INT));
        for (int open = 1; open <= 3; open++) {
            try (TestDatabase database = TestDatabase.in(folder)) {
                database.commitRows(keyless, row(open), row(open));
                assertThat(database.rows(null, keyless)).hasSize(2 * open);
            }
        }
    }

    @Test
    void refusesAFolderThatThisJvmHasOpen() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertOpenFails(folder, ErrorCode.DATABASE_IN_USE, folder.toString());
            database.commitRows(TABLE, row(1L, "still works"));
        }
        TestDatabase.in(folder).close();
    }

    @Test
    void refusesAFolderThatAnotherClassLoaderHasOpen() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(RocksStorageTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> other = Class.forName(TestDatabase.class.getName(), true, loader);
            assertThat(other).isNotSameAs(TestDatabase.class);
            var open = other.getDeclaredMethod("in", Path.class);
            open.setAccessible(true);
            try (AutoCloseable held = (AutoCloseable) open.invoke(null, folder)) {
                assertThat(held).isNotNull();
                assertOpenFails(folder, ErrorCode.DATABASE_IN_USE, folder.toString());
            }
        }
        TestDatabase.in(folder).close();
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void refusesAFolderThatAnotherProcessHasOpen() throws Exception {
        try (StorageProcess holder = StorageProcess.start(folder)) {
            assertThat(holder.nextAcknowledged()).isNotNull();
            assertOpenFails(folder, ErrorCode.DATABASE_IN_USE, folder.toString());
            holder.kill();
        }
        TestDatabase.in(folder).close();
    }

    @Test
    void refusesAFolderOfOtherFiles() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "Dear");
        assertOpenFails(folder, ErrorCode.DATABASE_NOT_OPENABLE, "letter.txt");
        assertThat(folder).isDirectoryContaining("glob:**letter.txt");
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertOpenFails(file, ErrorCode.DATABASE_NOT_OPENABLE, "file");
    }

    @Test
    void refusesANewerFormat() throws Exception {
        TestDatabase.in(folder).close();
        overwriteFormat(new byte[] {99, 0, 0, 0});
        assertOpenFails(folder, ErrorCode.DATABASE_NOT_OPENABLE, "99");
        overwriteFormat(new byte[] {1});
        assertOpenFails(folder, ErrorCode.DATABASE_NOT_OPENABLE, "format version");
    }

    private void overwriteFormat(byte[] version) throws Exception {
        String hot = folder.resolve("hot").toString();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options listing = new Options();
                DBOptions options = new DBOptions();
                RocksDB database = RocksDB.open(
                        options,
                        hot,
                        RocksDB.listColumnFamilies(listing, hot).stream()
                                .map(ColumnFamilyDescriptor::new)
                                .toList(),
                        handles)) {
            database.put("format".getBytes(US_ASCII), version);
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    @Test
    void refusesAStoreOfAnotherProgram() throws Exception {
        Path hot = Files.createDirectories(folder.resolve("hot"));
        RocksDB.loadLibrary();
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB foreign = RocksDB.open(options, hot.toString())) {
            foreign.put("theirs".getBytes(US_ASCII), new byte[1]);
        }
        assertOpenFails(folder, ErrorCode.DATABASE_NOT_OPENABLE, "another program");
    }

    @Test
    void closesTwice() {
        TestDatabase database = TestDatabase.in(folder);
        database.close();
        database.close();
        TestDatabase.in(folder).close();
    }

    @Test
    void databasesInMemoryAreSeparateAndLeaveNothing() {
        try (TestDatabase first = TestDatabase.inMemory();
                TestDatabase second = TestDatabase.inMemory()) {
            first.commitRows(TABLE, row(1L, "a"));
            assertThat(second.tables.isEmpty(TABLE)).isTrue();
            assertThat(Path.of("/kalamdb")).doesNotExist();
        }
        try (TestDatabase again = TestDatabase.inMemory()) {
            assertThat(again.tables.isEmpty(TABLE)).isTrue();
        }
    }

    @Test
    void losesNoAcknowledgedTransactionAndShowsNoPartWhenKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<Long> acknowledged = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            try (StorageProcess writer = StorageProcess.start(folder)) {
                int target = 1 + random.nextInt(400);
                for (int i = 0; i < target; i++) {
                    assertThat(acknowledged.add(writer.nextAcknowledged()))
                            .as("a number is given once, seed %d", seed)
                            .isTrue();
                }
                writer.kill();
                for (Long late = writer.nextAcknowledged(); late != null; late = writer.nextAcknowledged()) {
                    acknowledged.add(late);
                }
            }
            try (TestDatabase database = TestDatabase.in(folder)) {
                Map<Long, Integer> found = new HashMap<>();
                for (List<Object> values : database.rows(null, StorageProcess.TABLE)) {
                    found.merge((Long) values.get(0), 1, Integer::sum);
                }
                assertThat(found.keySet()).as("seed %d", seed).containsAll(acknowledged);
                assertThat(found.values()).as("seed %d", seed).containsOnly(StorageProcess.ROWS_PER_TRANSACTION);
                acknowledged.addAll(found.keySet());
            }
        }
    }

    @Test
    void reportsADamagedRow() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            database.commitRows(TABLE, row(1L, "a"));
            byte[] key = database.tables.find(null, TABLE, USER, List.of(1L)).rowKey();
            try (var transaction = database.transactions.begin()) {
                transaction.lockAndRead(TABLE, KeySpace.ROWS, key);
                transaction.put(TABLE, KeySpace.ROWS, key, new byte[] {1, 0, 0});
                transaction.commit();
            }
            assertThatThrownBy(() -> database.rows(null, TABLE))
                    .hasMessageContaining("app.t1")
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.DATA_CORRUPTED);
        }
    }

    private static void assertOpenFails(Path path, ErrorCode code, String messagePart) {
        assertThatThrownBy(() -> StoreOpening.open(new DatabaseLocation.Folder(path), StorageOptions.defaults()))
                .isInstanceOf(KalamException.class)
                .hasMessageContaining(messagePart)
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(code);
    }
}
