// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.KalamDataType;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class CatalogConcurrencyTest {
    private static final TableId ID = new TableId("main", "t");
    private static final int READERS = 100;

    @Test
    void neverServesAnOlderVersionAfterAlterHasReturned() throws Exception {
        Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
        create(catalog, ID);
        // Raised only after ALTER has returned, and read before the lookup: what is found may not be below.
        AtomicInteger returned = new AtomicInteger(1);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(READERS);
        run(
                READERS,
                () -> {
                    started.countDown();
                    while (!done.get()) {
                        for (int i = 0; i < 200; i++) {
                            int atLeast = returned.get();
                            TableDefinition found = catalog.requireTable(ID);
                            if (found.schemaVersion() < atLeast
                                    || !comment(found.schemaVersion()).equals(found.comment())) {
                                throw new AssertionError(
                                        "Found version " + found.schemaVersion() + " after " + atLeast);
                            }
                        }
                        // A breath for the writer: a hundred readers that never wait would keep the processors to
                        // themselves.
                        Thread.sleep(1);
                    }
                },
                () -> {
                    started.await();
                    for (int i = 2; i <= 60; i++) {
                        TableDefinition altered = catalog.alterTable(
                                ID, table -> table.withComment(comment(table.schemaVersion() + 1), Instant.EPOCH));
                        returned.set(altered.schemaVersion());
                    }
                    done.set(true);
                });
        assertThat(catalog.requireTable(ID).schemaVersion()).isEqualTo(60);
        assertThat(catalog.cacheStatistics().hitRate()).isGreaterThan(0.99);
    }

    @Test
    void neverKeepsWhatALoadReadBeforeTheChange() throws Exception {
        // The store holds back a load between its read and its return, while an ALTER runs.
        HeldBackStore store = new HeldBackStore();
        Catalog writer = Catalog.open(store);
        create(writer, ID);
        Catalog catalog = Catalog.open(store);
        store.hold();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<TableDefinition> reader = threads.submit(() -> catalog.requireTable(ID));
            store.awaitHeld();
            Future<TableDefinition> alter =
                    threads.submit(() -> catalog.alterTable(ID, table -> table.withComment("new", Instant.EPOCH)));
            store.awaitWrite();
            store.release();
            assertThat(reader.get().schemaVersion()).isEqualTo(1);
            assertThat(alter.get().schemaVersion()).isEqualTo(2);
            assertThat(catalog.requireTable(ID).schemaVersion()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void neverFindsATableThatWasDroppedBefore() throws Exception {
        Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
        AtomicInteger dropped = new AtomicInteger(-1);
        AtomicBoolean done = new AtomicBoolean();
        run(
                4,
                () -> {
                    while (!done.get()) {
                        int gone = dropped.get();
                        if (gone >= 0) {
                            assertThat(catalog.findTable(new TableId("main", "t" + gone)))
                                    .isEmpty();
                        }
                    }
                },
                () -> {
                    for (int i = 0; i < 50; i++) {
                        TableId id = new TableId("main", "t" + i);
                        create(catalog, id);
                        catalog.requireTable(id);
                        catalog.dropTable(id);
                        dropped.set(i);
                    }
                    done.set(true);
                });
    }

    @Test
    void runsChangesOneAfterAnother() throws Exception {
        Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
        create(catalog, ID);
        run(
                8,
                () -> {
                    for (int i = 0; i < 5; i++) {
                        String name = "c" + Thread.currentThread().getId() + "_" + i;
                        catalog.alterTable(
                                ID,
                                table -> table.addColumn(
                                        ColumnDefinition.simple(name, 1, KalamDataType.INT), Instant.EPOCH));
                    }
                },
                () -> {});
        TableDefinition table = catalog.requireTable(ID);
        assertThat(table.schemaVersion()).isEqualTo(41);
        assertThat(table.columns()).hasSize(41);
        assertThat(table.history()).hasSize(41);
    }

    @Test
    void showsEachChangeWholeToScans() throws Exception {
        Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
        create(catalog, ID);
        AtomicBoolean done = new AtomicBoolean();
        run(
                4,
                () -> {
                    while (!done.get()) {
                        try (Stream<TableDefinition> tables = catalog.tables()) {
                            assertThat(tables).hasSize(1);
                        }
                    }
                },
                () -> {
                    TableId from = ID;
                    for (int i = 0; i < 40; i++) {
                        TableId current = from;
                        TableId to = new TableId("main", "t" + i);
                        catalog.alterTable(current, table -> table.rename(to, Instant.EPOCH));
                        from = to;
                    }
                    done.set(true);
                });
    }

    @Test
    void answersTenThousandLookupsFromTheCache() {
        Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
        for (int i = 0; i < 50; i++) {
            create(catalog, new TableId("main", "t" + i));
        }
        for (int i = 0; i < 10_000; i++) {
            catalog.requireTable(new TableId("main", "t" + i % 50));
        }
        assertThat(catalog.cacheStatistics().hitRate()).isGreaterThan(0.99);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void run(int threadCount, Action repeated, Action once) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(threadCount + 1);
        try {
            List<Callable<@Nullable Void>> tasks = new ArrayList<>();
            for (int i = 0; i < threadCount; i++) {
                tasks.add(() -> {
                    repeated.run();
                    return null;
                });
            }
            tasks.add(() -> {
                once.run();
                return null;
            });
            List<Future<@Nullable Void>> results = new ArrayList<>();
            for (Callable<@Nullable Void> task : tasks) {
                results.add(threads.submit(task));
            }
            for (Future<@Nullable Void> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String comment(int version) {
        return "version " + version;
    }

    private static void create(Catalog catalog, TableId id) {
        catalog.createTable(TableDefinition.create(
                id,
                catalog.nextObjectId(),
                TableType.SHARED,
                List.of(ColumnDefinition.simple("a", 1, KalamDataType.INT)),
                TableOptions.shared(),
                StorageSettings.DEFAULT,
                List.of(),
                comment(1),
                Instant.EPOCH));
    }

    /** A store whose next read waits, after it has read, until it is told to go on. */
    private static final class HeldBackStore implements KeyValueStore {
        private final InMemoryKeyValueStore store = new InMemoryKeyValueStore();
        private final AtomicBoolean holdNext = new AtomicBoolean();
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch written = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean armed;

        void hold() {
            armed = true;
            holdNext.set(true);
        }

        void awaitHeld() throws InterruptedException {
            held.await();
        }

        void awaitWrite() throws InterruptedException {
            written.await();
        }

        void release() {
            released.countDown();
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            byte[] value = store.get(key);
            if (holdNext.compareAndSet(true, false)) {
                held.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return value;
        }

        @Override
        public Stream<KeyValue> scan(byte[] prefix) {
            return store.scan(prefix);
        }

        @Override
        public void write(WriteBatch batch) {
            store.write(batch);
            if (armed) {
                written.countDown();
            }
        }
    }
}
