// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.InMemoryKeyValueStore;
import org.kalamdb.store.KeyValue;
import org.kalamdb.store.KeyValueStore;
import org.kalamdb.store.WriteBatch;
import org.kalamdb.system.SystemTables;
import org.kalamdb.type.KalamDataType;

/** A catalog of 5,000 tables is read as it is consumed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LargeCatalogTest {
    private static final int NAMESPACES = 5;
    private static final int TABLES = 1000;

    private final CountingStore store = new CountingStore();
    private final Catalog catalog = Catalog.open(store, Clock.systemUTC(), 100);
    private final Introspection introspection = new Introspection(catalog);

    @BeforeAll
    void createTables() {
        for (int n = 0; n < NAMESPACES; n++) {
            String namespace = "n" + n;
            catalog.createNamespace(new NamespaceDefinition(namespace, Instant.EPOCH, Map.of()));
            for (int t = 0; t < TABLES; t++) {
                catalog.createTable(TableDefinition.createWithDefaults(
                        new TableId(namespace, String.format("t%04d", t)),
                        catalog.nextObjectId(),
                        TableType.SHARED,
                        List.of(
                                ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT),
                                ColumnDefinition.simple("body", 2, KalamDataType.TEXT)),
                        Instant.EPOCH));
            }
        }
    }

    @BeforeEach
    void resetCounters() {
        store.entriesRead.set(0);
        store.gets.set(0);
        store.openScans.set(0);
    }

    @Test
    void readsNoMoreThanIsConsumed() {
        try (Stream<ColumnInfo> columns =
                introspection.columns(NamePattern.like("n%"), NamePattern.ALL, NamePattern.ALL)) {
            Iterator<ColumnInfo> iterator = columns.iterator();
            for (int i = 0; i < 10; i++) {
                iterator.next();
            }
            assertThat(store.entriesRead.get()).isLessThan(50);
            assertThat(store.openScans.get()).isPositive();
        }
        assertThat(store.openScans.get()).isZero();
    }

    @Test
    void readsNoMoreTablesThanAreConsumed() {
        try (Stream<TableInfo> tables =
                introspection.tables(NamePattern.ALL, NamePattern.ALL, EnumSet.allOf(RelationKind.class))) {
            Iterator<TableInfo> iterator = tables.iterator();
            for (int i = 0; i < SystemTables.ALL.size() + 10; i++) {
                iterator.next();
            }
            assertThat(store.entriesRead.get()).isLessThan(20);
        }
        assertThat(store.openScans.get()).isZero();
    }

    @Test
    void readsEveryTableOnceAndInOrder() {
        try (Stream<TableInfo> tables = introspection.tables(
                NamePattern.ALL, NamePattern.ALL, EnumSet.of(RelationKind.TABLE, RelationKind.VIEW))) {
            assertThat(tables.map(TableInfo::id)).hasSize(NAMESPACES * TABLES).isSorted();
        }
        assertThat(store.entriesRead.get()).isEqualTo(NAMESPACES * TABLES);
        assertThat(store.openScans.get()).isZero();
    }

    @Test
    void streamsSystemTables() {
        try (Stream<@Nullable Object[]> rows = introspection
                .systemTable(SystemTables.COLUMNS.id())
                .orElseThrow()
                .rows()) {
            assertThat(rows.filter(row -> !"system".equals(row[0]) && !"information_schema".equals(row[0]))
                            .count())
                    .isEqualTo(2L * NAMESPACES * TABLES);
        }
        assertThat(store.openScans.get()).isZero();
    }

    @Test
    void readsOnlyThePrefixOfAPattern() {
        try (Stream<TableInfo> tables = introspection.tables(
                NamePattern.exactly("n3"), NamePattern.like("t00%1"), EnumSet.allOf(RelationKind.class))) {
            assertThat(tables).hasSize(10);
        }
        assertThat(store.entriesRead.get()).isEqualTo(100);
    }

    @Test
    void findsOneTableByOneCacheHit() {
        TableId id = new TableId("n2", "t0500");
        catalog.requireTable(id);
        long hits = catalog.cacheStatistics().hits();
        resetCounters();
        try (Stream<ColumnInfo> columns =
                introspection.columns(NamePattern.exactly("n2"), NamePattern.like("t0500"), NamePattern.ALL)) {
            assertThat(columns).hasSize(2);
        }
        assertThat(catalog.cacheStatistics().hits()).isEqualTo(hits + 1);
        assertThat(store.entriesRead.get()).isZero();
        assertThat(store.gets.get()).isZero();
    }

    /** A store that tells what is read from it. */
    private static final class CountingStore implements KeyValueStore {
        private final InMemoryKeyValueStore store = new InMemoryKeyValueStore();
        private final AtomicLong gets = new AtomicLong();
        private final AtomicLong entriesRead = new AtomicLong();
        private final AtomicLong openScans = new AtomicLong();

        @Override
        public byte @Nullable [] get(byte[] key) {
            gets.incrementAndGet();
            return store.get(key);
        }

        @Override
        public Stream<KeyValue> scan(byte[] prefix) {
            openScans.incrementAndGet();
            return store.scan(prefix)
                    .peek(entry -> entriesRead.incrementAndGet())
                    .onClose(openScans::decrementAndGet);
        }

        @Override
        public void write(WriteBatch batch) {
            store.write(batch);
        }
    }
}
