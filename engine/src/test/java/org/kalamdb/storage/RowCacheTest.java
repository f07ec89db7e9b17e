// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kalamdb.storage.TestDatabase.USER;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.transaction.Transaction;

/** Rows that are kept on the heap for the next reader are those that its snapshot sees. */
final class RowCacheTest {
    private static final int ROWS = 6;
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int READS = 2_000;

    private final TestDatabase database = TestDatabase.inMemory();
    private final TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 7);
    private final long seed = Long.getLong("kalamdb.seed", System.nanoTime());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void forgetsWhatACommitChanges() {
        database.commitRows(table, row(1, "old"));
        assertThat(name(null, 1)).isEqualTo("old");
        try (Transaction before = database.transactions.begin()) {
            assertThat(name(before, 1)).isEqualTo("old");

            update(1, "new");

            assertThat(name(before, 1)).isEqualTo("old");
            try (Transaction after = database.transactions.begin()) {
                assertThat(name(after, 1)).isEqualTo("new");
                assertThat(name(before, 1)).isEqualTo("old");
                assertThat(name(after, 1)).isEqualTo("new");
            }
        }
    }

    @Test
    void forgetsWhatACommitDeletes() {
        database.commitRows(table, row(1, "old"));
        try (Transaction before = database.transactions.begin();
                Transaction deleting = database.transactions.begin()) {
            assertThat(name(before, 1)).isEqualTo("old");
            StoredRow row = database.tables.find(deleting, table, USER, List.of(1L));
            assertThat(row).isNotNull();
            database.tables.delete(deleting, table, row.rowKey());
            deleting.commit();

            assertThat(name(before, 1)).isEqualTo("old");
            try (Transaction after = database.transactions.begin()) {
                assertThat(database.tables.find(after, table, USER, List.of(1L)))
                        .isNull();
            }
        }
    }

    @Test
    void readsByKeyWhatAScanReads() throws Exception {
        System.out.println("RowCacheTest: -Dkalamdb.seed=" + seed);
        for (int id = 0; id < ROWS; id++) {
            database.commitRows(table, row(id, "0"));
        }
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS + READERS);
        try {
            List<Future<Integer>> writers = new ArrayList<>();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(executor.submit(writer(seed + i, done)));
            }
            for (int i = 0; i < READERS; i++) {
                readers.add(executor.submit(reader(seed - 1 - i)));
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isEqualTo(READS);
            }
            done.set(true);
            for (Future<Integer> writer : writers) {
                assertThat(writer.get()).isPositive();
            }
        } finally {
            done.set(true);
            executor.shutdown();
        }
    }

    /** Moves one from a row to another, so that the sum stays. */
    private Callable<Integer> writer(long writerSeed, AtomicBoolean done) {
        SplittableRandom random = new SplittableRandom(writerSeed);
        return () -> {
            int commits = 0;
            while (!done.get()) {
                long from = random.nextInt(ROWS);
                long to = (from + 1 + random.nextInt(ROWS - 1)) % ROWS;
                try (Transaction transaction = database.transactions.begin()) {
                    add(transaction, Math.min(from, to), from < to ? -1 : 1);
                    add(transaction, Math.max(from, to), from < to ? 1 : -1);
                    transaction.commit();
                    commits++;
                } catch (KalamException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
                }
            }
            return commits;
        };
    }

    private Callable<Integer> reader(long readerSeed) {
        SplittableRandom random = new SplittableRandom(readerSeed);
        return () -> {
            for (int i = 0; i < READS; i++) {
                try (Transaction transaction = database.transactions.begin()) {
                    List<@Nullable Object> first = random.nextBoolean() ? byKey(transaction) : byScan(transaction);
                    assertThat(first.stream()
                                    .mapToInt(name -> Integer.parseInt((String) name))
                                    .sum())
                            .isZero();
                    assertThat(byKey(transaction)).isEqualTo(first);
                    assertThat(byScan(transaction)).isEqualTo(first);
                }
            }
            return READS;
        };
    }

    private List<@Nullable Object> byKey(Transaction transaction) {
        List<@Nullable Object> names = new ArrayList<>();
        for (long id = 0; id < ROWS; id++) {
            names.add(name(transaction, id));
        }
        return names;
    }

    private List<@Nullable Object> byScan(Transaction transaction) {
        List<@Nullable Object> names = new ArrayList<>();
        for (List<@Nullable Object> row : database.rows(transaction, table)) {
            names.add(row.get(1));
        }
        return names;
    }

    private void add(Transaction transaction, long id, int amount) {
        StoredRow row = database.tables.find(transaction, table, USER, List.of(id));
        assertThat(row).isNotNull();
        int balance = Integer.parseInt((String) row.values()[1]);
        database.tables.update(transaction, table, USER, row.rowKey(), row(id, Integer.toString(balance + amount)));
    }

    private void update(long id, String name) {
        try (Transaction transaction = database.transactions.begin()) {
            StoredRow row = database.tables.find(transaction, table, USER, List.of(id));
            assertThat(row).isNotNull();
            database.tables.update(transaction, table, USER, row.rowKey(), row(id, name));
            transaction.commit();
        }
    }

    private @Nullable Object name(@Nullable Transaction transaction, long id) {
        StoredRow row = database.tables.find(transaction, table, USER, List.of(id));
        assertThat(row).isNotNull();
        return row.values()[1];
    }

    private static @Nullable Object[] row(long id, String name) {
        return new @Nullable Object[] {id, name};
    }
}
