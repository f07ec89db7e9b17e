// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;
import org.kalamdb.type.KalamDataType;

/** A store with its transactions, its table access and a clock that tests set. */
final class TestDatabase implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String USER = "alice";

    final RocksStorage storage;
    final TestSchemaGuard guard = new TestSchemaGuard();
    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final Transactions transactions;
    final TableStore tables;
    final SegmentMaintenance segments;

    private TestDatabase(DatabaseLocation location, Duration lockTimeout, StorageOptions options) {
        storage = StoreOpening.open(location, options);
        transactions = new Transactions(storage, guard, new TransactionOptions(lockTimeout, 1L << 30, 1L << 20));
        InstantSource clock = now::get;
        tables = new TableStore(storage, guard, clock);
        segments = new SegmentMaintenance(storage, tables, transactions, guard, clock);
    }

    static TestDatabase inMemory() {
        return new TestDatabase(new DatabaseLocation.Memory("test"), Duration.ofSeconds(2), StorageOptions.defaults());
    }

    static TestDatabase inMemory(Duration lockTimeout) {
        return new TestDatabase(new DatabaseLocation.Memory("test"), lockTimeout, StorageOptions.defaults());
    }

    static TestDatabase in(Path folder) {
        return new TestDatabase(new DatabaseLocation.Folder(folder), Duration.ofSeconds(2), StorageOptions.defaults());
    }

    static TestDatabase in(Path folder, FileAccess files) {
        return new TestDatabase(
                new DatabaseLocation.Folder(folder),
                Duration.ofSeconds(2),
                StorageOptions.defaults().withFiles(files));
    }

    static TableDefinition table(TableType type, long objectId, ColumnDefinition... columns) {
        return TableDefinition.createWithDefaults(
                new TableId("app", "t" + objectId), objectId, type, List.of(columns), START);
    }

    /** {@code id BIGINT PRIMARY KEY, name TEXT}. */
    static TableDefinition simpleTable(TableType type, long objectId) {
        return table(
                type,
                objectId,
                ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT),
                ColumnDefinition.simple("name", 2, KalamDataType.TEXT));
    }

    static TableDefinition streamTable(long objectId, long ttlSeconds) {
        TableDefinition table = simpleTable(TableType.STREAM, objectId);
        return TableDefinition.create(
                table.id(),
                objectId,
                TableType.STREAM,
                table.columns(),
                TableOptions.stream(ttlSeconds),
                StorageSettings.DEFAULT,
                table.constraints(),
                null,
                START);
    }

    void commitRows(TableDefinition table, @Nullable Object[]... rows) {
        try (Transaction transaction = transactions.begin()) {
            for (@Nullable Object[] row : rows) {
                tables.insert(transaction, table, USER, row);
            }
            transaction.commit();
        }
    }

    List<List<@Nullable Object>> rows(@Nullable Transaction transaction, TableDefinition table) {
        return rows(transaction, ScanRequest.all(table, USER));
    }

    List<List<@Nullable Object>> rows(@Nullable Transaction transaction, ScanRequest request) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (RowCursor cursor = tables.scan(transaction == null ? null : transaction.view(), request)) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int column = 0; column < batch.columns().size(); column++) {
                        values.add(batch.column(column).storedValue(row));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    @Override
    public void close() {
        storage.close();
    }
}
