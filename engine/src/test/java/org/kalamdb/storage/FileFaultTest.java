// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.file.FaultyFiles;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.Transaction;

/** Whichever operation on files fails while rows are moved, no row is lost and the next attempt succeeds. */
final class FileFaultTest {
    private static final int MAX_OPERATIONS = 500;

    private final FaultyFiles files = new FaultyFiles();

    @TempDir
    private Path folder;

    @Test
    void flushLosesNothing() throws IOException {
        run((database, table) -> insert(database, table), (database, table) -> database.segments.flush(table));
    }

    @Test
    void compactionLosesNothing() throws IOException {
        run(
                (database, table) -> {
                    insert(database, table);
                    database.segments.flush(table);
                    try (Transaction transaction = database.transactions.begin()) {
                        database.tables.delete(transaction, table, rowKey(table, 3));
                        database.tables.insert(transaction, table, "", TestDatabase.row(9L, "later"));
                        transaction.commit();
                    }
                    database.segments.flush(table);
                    try (Transaction transaction = database.transactions.begin()) {
                        database.tables.insert(transaction, table, "", TestDatabase.row(3L, "c"));
                        database.tables.delete(transaction, table, rowKey(table, 9));
                        transaction.commit();
                    }
                },
                (database, table) -> database.segments.compact(table));
    }

    private static byte[] rowKey(TableDefinition table, long id) {
        return new RowKeys(table).ofKey("", List.of(id));
    }

    private static void insert(TestDatabase database, TableDefinition table) {
        database.commitRows(table, TestDatabase.row(1L, "a"), TestDatabase.row(2L, null), TestDatabase.row(3L, "c"));
    }

    /** Does the work on a table of its own for each operation that may fail, until there is none that did not. */
    private void run(
            BiConsumer<TestDatabase, TableDefinition> preparation, BiConsumer<TestDatabase, TableDefinition> work)
            throws IOException {
        List<TableDefinition> tables = new ArrayList<>();
        Set<String> failures = new TreeSet<>();
        try (TestDatabase database = TestDatabase.in(folder, files)) {
            for (int operation = 1; ; operation++) {
                assertThat(operation).isLessThan(MAX_OPERATIONS);
                TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 100 + operation);
                tables.add(table);
                preparation.accept(database, table);
                String fault = attempt(database, table, work, operation);
                if (fault == null) {
                    break;
                }
                failures.add(fault);
                String context = "operation " + operation + ", " + fault;
                requireRows(database, table, context);
                work.accept(database, table);
                requireRows(database, table, context);
                if (!fault.equals("delete")) {
                    database.segments.removeRetiredFiles();
                    assertThat(files(table)).as(context).isEqualTo(named(database, table));
                }
            }
            database.segments.removeRetiredFiles();
        }
        assertThat(failures).contains("create", "write", "sync", "close", "createFolders", "syncFolder");
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.segments.removeUnusedFiles();
            for (TableDefinition table : tables) {
                requireRows(database, table, "after opening again");
                assertThat(files(table)).isEqualTo(named(database, table));
            }
        }
    }

    /** Answers which operation failed, or null if the work was done before it came to that. */
    private @Nullable String attempt(
            TestDatabase database,
            TableDefinition table,
            BiConsumer<TestDatabase, TableDefinition> work,
            int operation) {
        files.failAt(operation);
        try {
            work.accept(database, table);
            return files.stop();
        } catch (KalamException e) {
            assertThat(e.code()).isIn(ErrorCode.IO_ERROR, ErrorCode.DATA_CORRUPTED);
            assertThat(e).hasMessageContaining("injected fault");
            String fault = files.stop();
            assertThat(fault).isNotNull();
            return fault;
        }
    }

    private static void requireRows(TestDatabase database, TableDefinition table, String context) {
        List<List<@Nullable Object>> rows =
                new ArrayList<>(database.rows(null, ScanRequest.all(table, "").inKeyOrder()));
        assertThat(rows.toString()).as(context).isEqualTo("[[1, a], [2, null], [3, c]]");
        assertThat(database.tables.find(null, table, "", List.of(3L)))
                .as(context)
                .isNotNull();
        try (StoreSnapshot snapshot = database.storage.snapshot()) {
            List<Fault> faults = new ArrayList<>();
            new TableCheck(database.storage, database.guard, snapshot, table, () -> {}, faults::add).run();
            assertThat(faults).as(context).isEmpty();
        }
    }

    private static Set<String> named(TestDatabase database, TableDefinition table) {
        return database.segments.segments(table).stream()
                .map(segment -> segment.entry().file())
                .collect(Collectors.toSet());
    }

    private Set<String> files(TableDefinition table) throws IOException {
        Path root = folder.resolve("cold");
        Path own = root.resolve("app").resolve(Long.toString(table.objectId()));
        if (!Files.exists(own)) {
            return Set.of();
        }
        try (Stream<Path> tree = Files.walk(own)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }
}
