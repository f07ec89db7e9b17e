// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.ddl.CatalogLock;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.index.Indexes;
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
import org.kalamdb.storage.StorageOptions;
import org.kalamdb.storage.StoreOpening;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;
import org.kalamdb.type.KalamDataType;

/** Tables, indexes and foreign keys that do not agree with each other are told. */
final class DatabaseCheckTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TableId PARENT = new TableId("main", "parent");
    private static final IndexDefinition INDEX = new IndexDefinition(5001, "by_v", List.of("v"), false);

    private RocksStorage storage;
    private Catalog catalog;
    private Transactions transactions;
    private TableStore tables;
    private Indexes indexes;
    private DatabaseCheck check;

    @BeforeEach
    void open() {
        storage = StoreOpening.open(new DatabaseLocation.Memory("test"), StorageOptions.defaults());
        catalog = Catalog.open(storage.catalogStore());
        CatalogLock lock = new CatalogLock(catalog);
        transactions = new Transactions(storage, lock, TransactionOptions.defaults());
        tables = new TableStore(storage, lock, Clock.systemUTC(), Indexes.maintenance());
        indexes = new Indexes(tables, new IndexEntries(storage));
        check = new DatabaseCheck(storage, catalog, lock, transactions, tables, indexes);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static TableDefinition table(
            TableId id, long objectId, List<IndexDefinition> indexes, List<Constraint> constraints) {
        return TableDefinition.create(
                id,
                objectId,
                TableType.SHARED,
                List.of(
                        ColumnDefinition.primaryKey("id", 1, KalamDataType.INT),
                        ColumnDefinition.simple("v", 2, KalamDataType.INT)),
                TableOptions.defaults(TableType.SHARED),
                StorageSettings.DEFAULT,
                constraints,
                indexes,
                null,
                START);
    }

    private void insert(TableDefinition table, Object... row) {
        try (Transaction transaction = transactions.begin()) {
            tables.insert(transaction, table, "", row);
            transaction.commit();
        }
    }

    private List<String> findings() {
        return check.run(() -> {}).stream()
                .map(finding ->
                        finding.fault().object() + ": " + finding.fault().message())
                .toList();
    }

    @Test
    void entriesThatAreMissingAreTold() {
        TableDefinition table =
                table(PARENT, 2000, List.of(INDEX), List.of(new Constraint.PrimaryKey("parent_pkey", List.of("id"))));
        catalog.createTable(table);
        insert(table, 1, 10);
        assertThat(findings()).isEmpty();

        indexes.remove(INDEX.indexId());

        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("index by_v: ")
                .contains("0 entries for 1 rows");
    }

    @Test
    void entriesOfNobodyAreTold() {
        TableDefinition table =
                table(PARENT, 2000, List.of(INDEX), List.of(new Constraint.PrimaryKey("parent_pkey", List.of("id"))));
        catalog.createTable(table);
        insert(table, 1, 10);
        catalog.dropTable(table.id());
        assertThat(findings()).isEmpty();

        catalog.forgetDroppedTable(table.objectId());
        catalog.forgetUnusedIndex(INDEX.indexId());

        assertThat(findings())
                .containsExactly(
                        "rows: there are some of object 2000, which does not exist",
                        "index entries: there are some of object 5001, which does not exist");
    }

    @Test
    void rowsThatReferenceNothingAreTold() {
        TableDefinition parent =
                table(PARENT, 2000, List.of(), List.of(new Constraint.PrimaryKey("parent_pkey", List.of("id"))));
        TableDefinition child = table(
                new TableId("main", "child"),
                2001,
                List.of(),
                List.of(
                        new Constraint.PrimaryKey("child_pkey", List.of("id")),
                        new Constraint.ForeignKey(
                                "child_v_fkey",
                                List.of("v"),
                                PARENT,
                                List.of("id"),
                                Constraint.ReferentialAction.NO_ACTION,
                                Constraint.ReferentialAction.NO_ACTION)));
        catalog.createTable(parent);
        catalog.createTable(child);
        insert(catalog.requireTable(PARENT), 10, 0);
        insert(child, 1, 10);
        assertThat(findings()).isEmpty();

        insert(child, 2, 11);

        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("foreign key child_v_fkey: ")
                .contains("11")
                .endsWith("is not present in table main.parent");
    }
}
