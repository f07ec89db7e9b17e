// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.check.DatabaseCheck;
import org.kalamdb.check.Finding;
import org.kalamdb.ddl.CatalogLock;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.index.Indexes;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.storage.StorageOptions;
import org.kalamdb.storage.StoreOpening;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.file.FaultyFiles;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.DropBehavior;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;
import org.kalamdb.type.KalamDataType;

/** Whichever operation on files fails, a backup or a restored namespace is there as a whole or not at all. */
final class BackupFaultTest {
    private static final int MAX_OPERATIONS = 500;
    private static final int ROWS = 20;
    private static final TableId ID = new TableId("app", "t");

    private final FaultyFiles files = new FaultyFiles();

    @TempDir
    private Path folder;

    private Parts database;

    /** An open database. */
    private final class Parts implements AutoCloseable {
        private final RocksStorage storage;
        private final Catalog catalog;
        private final CatalogLock lock;
        private final Transactions transactions;
        private final TableStore tables;
        private final Indexes indexes;
        private final SegmentMaintenance segments;
        private final Backups backups;

        Parts(Path path) {
            StorageOptions options = StorageOptions.defaults().withFiles(files);
            storage = StoreOpening.open(new DatabaseLocation.Folder(path), options);
            catalog = Catalog.open(storage.catalogStore());
            lock = new CatalogLock(catalog);
            transactions = new Transactions(storage, lock, TransactionOptions.defaults());
            tables = new TableStore(storage, lock, Clock.systemUTC(), Indexes.maintenance());
            indexes = new Indexes(tables, new IndexEntries(storage));
            segments = new SegmentMaintenance(storage, tables, transactions, lock, Clock.systemUTC());
            backups = new Backups(storage, catalog, lock, indexes, options, Clock.systemUTC());
        }

        void fill() {
            catalog.createNamespace(new NamespaceDefinition("app", Instant.EPOCH, Map.of()));
            TableDefinition table = TableDefinition.createWithDefaults(
                    ID,
                    catalog.nextObjectId(),
                    TableType.SHARED,
                    List.of(
                            ColumnDefinition.primaryKey("id", 1, KalamDataType.INT),
                            ColumnDefinition.simple("v", 2, KalamDataType.TEXT)),
                    Instant.EPOCH);
            catalog.createTable(table);
            insert(table, 0, ROWS / 2);
            segments.flush(table);
            insert(table, ROWS / 2, ROWS);
        }

        private void insert(TableDefinition table, int from, int to) {
            try (Transaction transaction = transactions.begin()) {
                for (int id = from; id < to; id++) {
                    tables.insert(transaction, table, "", new Object[] {id, "v" + id});
                }
                transaction.commit();
            }
        }

        void requireContent(String context) {
            TableDefinition table = catalog.requireTable(ID);
            Set<Integer> ids = new TreeSet<>();
            try (RowCursor rows = tables.scanOfAllUsers(null, ScanRequest.all(table, ""))) {
                for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        assertThat(ids.add(batch.column(0).getInt(row)))
                                .as(context)
                                .isTrue();
                    }
                }
            }
            assertThat(ids).as(context).hasSize(ROWS);
            requireSound(context);
        }

        void requireSound(String context) {
            List<Finding> findings =
                    new DatabaseCheck(storage, catalog, lock, transactions, tables, indexes).run(() -> {});
            assertThat(findings).as(context).isEmpty();
        }

        void drop() {
            catalog.dropNamespace("app", DropBehavior.CASCADE).forEach(table -> {
                indexes.removeTable(table);
                catalog.forgetDroppedTable(table.objectId());
            });
        }

        @Override
        public void close() {
            storage.close();
        }
    }

    @BeforeEach
    void open() {
        database = new Parts(folder.resolve("db"));
        database.fill();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void wholeBackupIsThereOrNot() {
        backUpWithFaults(null, "link", "move", "syncFolder", "createFolders");
    }

    @Test
    void namespaceBackupIsThereOrNot() {
        backUpWithFaults("app", "create", "write", "sync", "read", "move");
    }

    private void backUpWithFaults(@Nullable String namespace, String... expectedFaults) {
        Set<String> faults = new TreeSet<>();
        for (int operation = 1; ; operation++) {
            assertThat(operation).isLessThan(MAX_OPERATIONS);
            Path target = folder.resolve("backup" + operation);
            int failing = operation;
            String fault = attempt(() -> database.backups.backup(target, namespace, () -> {}), failing);
            if (fault == null) {
                break;
            }
            faults.add(fault);
            String context = "operation " + operation + ", " + fault;
            if (!Files.exists(target)) {
                database.backups.backup(target, namespace, () -> {});
                assertThat(folder.resolve("backup" + operation + ".partial"))
                        .as(context)
                        .doesNotExist();
            }
            try (Parts copy = new Parts(target)) {
                copy.requireContent(context);
            }
        }
        database.requireContent("the original");
        assertThat(faults).contains(expectedFaults);
    }

    @Test
    void namespaceIsRestoredOrNot() {
        Path backup = folder.resolve("backup");
        database.backups.backup(backup, null, () -> {});
        List<String> faults = new ArrayList<>();
        database.drop();
        for (int operation = 1; ; operation++) {
            assertThat(operation).isLessThan(MAX_OPERATIONS);
            String fault = attempt(() -> database.backups.restore(backup, "app", () -> {}), operation);
            if (fault == null) {
                break;
            }
            faults.add(fault);
            String context = "operation " + operation + ", " + fault;
            if (database.catalog.findTable(ID).isEmpty()) {
                database.requireSound(context);
                assertThat(database.catalog.findNamespace("app")).as(context).isEmpty();
                database.backups.restore(backup, "app", () -> {});
            }
            database.requireContent(context);
            database.drop();
        }
        database.requireContent("at last");
        assertThat(faults).contains("open", "read", "create", "write", "sync", "syncFolder");
    }

    /** Answers which operation failed, or null if the work was done before it came to that. */
    private @Nullable String attempt(Runnable work, int operation) {
        files.failAt(operation);
        try {
            work.run();
            return files.stop();
        } catch (KalamException e) {
            assertThat(e.code()).isIn(ErrorCode.IO_ERROR, ErrorCode.DATA_CORRUPTED);
            assertThat(e).hasMessageContaining("injected fault");
            return files.stop();
        }
    }
}
