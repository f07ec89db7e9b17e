// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.ddl.CatalogLock;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.storage.StorageOptions;
import org.kalamdb.storage.StoreOpening;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;
import org.kalamdb.type.KalamDataType;

/** Whatever is done to rows, their indexes say the same as they do. */
final class IndexAgreementTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] USERS = {"ann", "bob"};
    private static final IndexDefinition UNIQUE = new IndexDefinition(5001, "u", List.of("n", "s"), true);
    private static final IndexDefinition PLAIN = new IndexDefinition(5002, "p", List.of("s"), false);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @TempDir
    private Path folder;

    /** One open database with one table. */
    private final class Fixture implements AutoCloseable {
        private final RocksStorage storage;
        private final Catalog catalog;
        private final CatalogLock lock;
        private final Transactions transactions;
        private final TableStore tables;
        private final Indexes indexes;

        private final SegmentMaintenance segments;

        Fixture() {
            this(TransactionOptions.defaults());
        }

        Fixture(TransactionOptions options) {
            storage = StoreOpening.open(new DatabaseLocation.Folder(folder), StorageOptions.defaults());
            catalog = Catalog.open(storage.catalogStore());
            lock = new CatalogLock(catalog);
            transactions = new Transactions(storage, lock, options);
            tables = new TableStore(storage, lock, now::get, Indexes.maintenance());
            indexes = new Indexes(tables, new IndexEntries(storage));
            segments = new SegmentMaintenance(storage, tables, transactions, lock, now::get);
        }

        void build(TableDefinition table, IndexDefinition index) {
            try (IndexBuild build = indexes.startBuild(transactions, lock, table, index)) {
                build.run(() -> {});
                lock.exclusively(build::finish);
            }
        }

        void requireAgreement(TableDefinition table) {
            try (Transaction transaction = transactions.begin()) {
                for (IndexDefinition index : table.indexes()) {
                    assertThat(indexes.check(transaction, table, index).problems())
                            .isEmpty();
                }
            }
        }

        @Override
        public void close() {
            storage.close();
        }
    }

    private static TableDefinition table(TableType type, boolean withKey, List<IndexDefinition> indexes) {
        List<ColumnDefinition> columns = List.of(
                ColumnDefinition.simple("id", 1, KalamDataType.INT).withPrimaryKey(withKey),
                ColumnDefinition.simple("n", 2, KalamDataType.BIGINT),
                ColumnDefinition.simple("s", 3, KalamDataType.TEXT));
        return TableDefinition.create(
                new TableId("main", "t"),
                2000,
                type,
                columns,
                type == TableType.STREAM ? TableOptions.stream(60) : TableOptions.defaults(type),
                StorageSettings.DEFAULT,
                withKey ? List.of(new Constraint.PrimaryKey("t_pkey", List.of("id"))) : List.of(),
                indexes,
                null,
                START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHARED key", "SHARED hidden", "USER key", "STREAM key"})
    void agreesAfterRandomChanges(String kind) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TableType type = TableType.valueOf(kind.split(" ", -1)[0]);
        TableDefinition table = table(type, kind.endsWith("key"), List.of(UNIQUE, PLAIN));
        Fixture database = new Fixture();
        try {
            database.catalog.createTable(table);
            int unique = 0;
            for (int round = 0; round < 40; round++) {
                try (Transaction transaction = database.transactions.begin()) {
                    for (int i = random.nextInt(12); i >= 0; i--) {
                        change(database, transaction, table, random, 6);
                    }
                    if (random.nextInt(4) > 0) {
                        transaction.commit();
                    }
                }
                now.set(now.get().plusSeconds(random.nextInt(10)));
                database.requireAgreement(table);
                if (random.nextInt(8) == 0) {
                    database.close();
                    database = new Fixture();
                    database.requireAgreement(table);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            database.close();
        }
    }

    /** One change, undone if it fails as a statement is. @param numbers how many different values there are of n */
    private static void change(
            Fixture database, Transaction transaction, TableDefinition table, Random random, int numbers) {
        String user = USERS[random.nextInt(USERS.length)];
        @Nullable
        Object[] row = {
            random.nextInt(20),
            random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(numbers)),
            random.nextInt(5) == 0 ? null : "s" + random.nextInt(4)
        };
        Savepoint start = transaction.savepoint();
        try {
            List<StoredRow> rows = rows(database, transaction, table, user);
            int choice = rows.isEmpty() ? 0 : random.nextInt(10);
            if (choice < 5) {
                database.tables.insert(transaction, table, user, row);
            } else if (choice < 8 && table.type() != TableType.STREAM) {
                byte[] key = rows.get(random.nextInt(rows.size())).rowKey();
                database.tables.update(transaction, table, user, key, row);
            } else if (choice < 9) {
                database.tables.delete(
                        transaction,
                        table,
                        rows.get(random.nextInt(rows.size())).rowKey());
            } else {
                database.tables.removeExpired(transaction, table, 3);
            }
            if (random.nextInt(6) == 0) {
                transaction.rollbackTo(start);
            }
        } catch (KalamException e) {
            assertThat(e.code()).isIn(ErrorCode.PRIMARY_KEY_VIOLATION, ErrorCode.UNIQUE_VIOLATION);
            transaction.rollbackTo(start);
        } finally {
            transaction.release(start);
        }
    }

    private static List<StoredRow> rows(Fixture database, Transaction transaction, TableDefinition table, String user) {
        List<StoredRow> rows = new ArrayList<>();
        ScanRequest request = ScanRequest.all(table, user).withRowKeys();
        try (RowCursor cursor = database.tables.scan(transaction.view(), request)) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(new StoredRow(cursor.rowKey(row), new @Nullable Object[0]));
                }
            }
        }
        return rows;
    }

    @Test
    void isBuiltForTheRowsThatAreThere() {
        TableDefinition bare = table(TableType.USER, true, List.of());
        try (Fixture database = new Fixture()) {
            database.catalog.createTable(bare);
            try (Transaction transaction = database.transactions.begin()) {
                for (int i = 0; i < 10_000; i++) {
                    @Nullable Object[] row = {i, (long) i, i % 3 == 0 ? null : "s" + i % 7};
                    database.tables.insert(transaction, bare, USERS[i % 2], row);
                }
                transaction.commit();
            }
            TableDefinition indexed = bare.addIndex(UNIQUE, START).addIndex(PLAIN, START);
            database.build(bare, UNIQUE);
            database.build(bare, PLAIN);

            database.requireAgreement(indexed);
            database.indexes.remove(PLAIN.indexId());
            try (Transaction transaction = database.transactions.begin()) {
                IndexReport report = database.indexes.check(transaction, indexed, PLAIN);
                assertThat(report.agrees()).isFalse();
                assertThat(report.rowCount()).isEqualTo(10_000);
                assertThat(report.entryCount()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHARED key", "SHARED hidden", "USER key", "STREAM key"})
    void keepsUpWithChangesWhileItIsBuilt(String kind) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TableType type = TableType.valueOf(kind.split(" ", -1)[0]);
        TableDefinition table = table(type, kind.endsWith("key"), List.of());
        try (Fixture database = new Fixture()) {
            database.catalog.createTable(table);
            int unique = 0;
            for (int round = 0; round < 2; round++) {
                insertMany(database, table, round * 2000, 2000);
                buildWhileRowsChange(database, table, PLAIN, random);
                database.indexes.remove(PLAIN.indexId());
                try {
                    buildWhileRowsChange(database, table, UNIQUE, random);
                    unique++;
                } catch (KalamException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
                }
                database.indexes.remove(UNIQUE.indexId());
            }
            assertThat(unique).isPositive();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void buildWhileRowsChange(Fixture database, TableDefinition table, IndexDefinition index, Random random) {
        try (IndexBuild build = database.indexes.startBuild(database.transactions, database.lock, table, index)) {
            commitChanges(database, table, random);
            build.run(() -> commitChanges(database, table, random));
            commitChanges(database, table, random);
            database.lock.exclusively(build::finish);
        }
        database.requireAgreement(table.addIndex(index, START));
    }

    /** Changes few rows, mostly without doubling what must be unique. */
    private void commitChanges(Fixture database, TableDefinition table, Random random) {
        try (Transaction transaction = database.transactions.begin()) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                change(database, transaction, table, random, 5_000_000);
            }
            transaction.commit();
        }
        if (random.nextInt(8) == 0 && table.type() != TableType.STREAM) {
            database.segments.flush(table);
        }
        now.set(now.get().plusSeconds(random.nextInt(10)));
    }

    private static void insertMany(Fixture database, TableDefinition table, int from, int count) {
        try (Transaction transaction = database.transactions.begin()) {
            for (int i = from; i < from + count; i++) {
                @Nullable Object[] row = {100 + i, 100L + i, "s" + i % 7};
                database.tables.insert(transaction, table, USERS[i % 2], row);
            }
            transaction.commit();
        }
    }

    @Test
    void beginsAgainIfTooMuchHasChanged() {
        TableDefinition bare = table(TableType.SHARED, true, List.of());
        TransactionOptions options = new TransactionOptions(Duration.ofSeconds(2), 1 << 20, 0);
        try (Fixture database = new Fixture(options)) {
            database.catalog.createTable(bare);
            insertMany(database, bare, 0, 3000);
            try (IndexBuild build = database.indexes.startBuild(database.transactions, database.lock, bare, UNIQUE)) {
                for (int part = 1; part < 8; part++) {
                    insertMany(database, bare, part * 3000, 3000);
                }
                build.run(() -> {});
                database.lock.exclusively(build::finish);
            }
            database.requireAgreement(bare.addIndex(UNIQUE, START));
        }
    }

    @Test
    void findsWhatWasDoubledWhileItWasBuilt() {
        TableDefinition bare = table(TableType.SHARED, true, List.of());
        try (Fixture database = new Fixture()) {
            database.catalog.createTable(bare);
            insertMany(database, bare, 0, 10);
            try (IndexBuild build = database.indexes.startBuild(database.transactions, database.lock, bare, UNIQUE)) {
                build.run(() -> {});
                @Nullable Object[] row = {1, 103L, "s3"};
                try (Transaction transaction = database.transactions.begin()) {
                    database.tables.insert(transaction, bare, "", row);
                    transaction.commit();
                }
                assertThatThrownBy(() -> database.lock.exclusively(build::finish))
                        .hasMessageContaining("(n, s) = (103, s3)");
            }
        }
    }

    @Test
    void answersAsItWouldHaveForSnapshotsOlderThanItself() {
        TableDefinition bare = table(TableType.SHARED, true, List.of());
        try (Fixture database = new Fixture();
                Transaction old = database.transactions.begin()) {
            database.catalog.createTable(bare);
            try (Transaction transaction = database.transactions.begin()) {
                for (int i = 0; i < 10; i++) {
                    @Nullable Object[] row = {i, (long) i, "s" + i % 3};
                    database.tables.insert(transaction, bare, "", row);
                }
                transaction.commit();
            }
            assertThat(rows(database, old, bare, "")).hasSize(10);
            database.build(bare, PLAIN);
            TableDefinition indexed = bare.addIndex(PLAIN, START);

            try (RowCursor cursor = database.indexes.scan(
                    old.view(),
                    ScanRequest.all(indexed, ""),
                    PLAIN,
                    List.of(KeyRange.equalTo("s1"), KeyRange.equalTo("s2")),
                    true)) {
                List<Object> ids = new ArrayList<>();
                for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        ids.add(batch.column(0).storedValue(row));
                    }
                }
                assertThat(ids).containsExactly(8, 5, 2, 7, 4, 1);
            }
        }
    }
}
