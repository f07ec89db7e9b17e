// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kalamdb.storage.TestDatabase.USER;
import static org.kalamdb.storage.TestDatabase.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;

/** Ranges that are kept on the heap for the next reader are those that its snapshot sees. */
final class RangeCacheTest {
    private static final int IDS = 60;
    private static final int STEPS = 3_000;
    private static final int MAX_OPEN = 4;
    private static final int THREADS = 2;
    private static final int READS = 2_000;

    private final TestDatabase database = TestDatabase.inMemory();
    private final TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 7);
    private final long seed = Long.getLong("kalamdb.seed", System.nanoTime());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsWhatWasReadUntilItChanges() {
        database.commitRows(table, row(1L, "a"), row(3L, "c"), row(9L, "i"));
        assertThat(kindOfScan(database.transactions, 0, 5)).isEqualTo(RangeCursor.class);
        assertThat(kindOfScan(database.transactions, 0, 5)).isEqualTo(KnownRowsCursor.class);
        assertThat(kindOfScan(database.transactions, 2, 4)).isEqualTo(KnownRowsCursor.class);
        assertThat(kindOfScan(database.transactions, 2, 6)).isEqualTo(RangeCursor.class);
        assertThat(kindOfScan(database.transactions, 0, 6)).isEqualTo(KnownRowsCursor.class);

        database.commitRows(table, row(8L, "h"));
        assertThat(kindOfScan(database.transactions, 0, 6)).isEqualTo(KnownRowsCursor.class);
        database.commitRows(table, row(4L, "d"));
        assertThat(kindOfScan(database.transactions, 0, 3)).isEqualTo(RangeCursor.class);
        assertThat(names(database.transactions, 0, 6)).containsExactly("a", "c", "d");
        assertThat(names(database.transactions, 0, 6)).containsExactly("a", "c", "d");
    }

    @Test
    void knowsThatNothingIsThere() {
        database.commitRows(table, row(1L, "a"));
        assertThat(names(database.transactions, 10, 20)).isEmpty();
        assertThat(kindOfScan(database.transactions, 12, 15)).isEqualTo(KnownRowsCursor.class);
        assertThat(names(database.transactions, 12, 15)).isEmpty();
    }

    @Test
    void keepsWhatAReaderStoppedAt() {
        for (long id = 0; id < IDS; id++) {
            database.commitRows(table, row(id, "n" + id));
        }
        ScanDemand first = new ScanDemand(3, true);
        assertThat(firstNames(first)).containsExactly("n10", "n11", "n12");
        assertThat(firstNames(first)).containsExactly("n10", "n11", "n12");
        assertThat(firstNames(new ScanDemand(5, true))).startsWith("n10", "n11", "n12", "n13", "n14");
        assertThat(kindOfScan(database.transactions, 10, 12)).isEqualTo(KnownRowsCursor.class);
    }

    @Test
    void doesNotKeepLongRanges() {
        for (long id = 0; id < 300; id++) {
            database.commitRows(table, row(id, "n" + id));
        }
        assertThat(names(database.transactions, 0, 300)).hasSize(300);
        assertThat(kindOfScan(database.transactions, 0, 300)).isEqualTo(RangeCursor.class);
    }

    /** The name of the cursor's class tells where its rows come from. */
    private Class<?> kindOfScan(Transactions transactions, long lower, long upper) {
        try (Transaction transaction = transactions.begin();
                RowCursor cursor =
                        database.tables.scan(transaction.view(), request(lower, upper, ScanDemand.ALL_ROWS))) {
            while (cursor.next() != null) {
                // It is kept when it has been read.
            }
            return cursor.getClass();
        }
    }

    private List<String> firstNames(ScanDemand demand) {
        try (Transaction transaction = database.transactions.begin(readCommitted());
                ReadView view = transaction.startStatement();
                RowCursor cursor = database.tables.scan(view, request(10, IDS, demand))) {
            ColumnBatch batch = cursor.next();
            assertThat(batch).isNotNull();
            List<String> names = new ArrayList<>();
            for (int row = 0; row < batch.rowCount(); row++) {
                names.add((String) batch.column(1).storedValue(row));
            }
            return names;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_000, 1 << 20})
    void answersAsAModelDoes(long cacheBytes) {
        System.out.println("RangeCacheTest: -Dkalamdb.seed=" + seed);
        Random random = new Random(seed);
        Transactions transactions = new Transactions(
                database.storage, database.guard, new TransactionOptions(Duration.ofSeconds(2), 1L << 30, cacheBytes));
        NavigableMap<Long, String> model = new TreeMap<>();
        List<Transaction> open = new ArrayList<>();
        List<NavigableMap<Long, String>> seen = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(4) == 0) {
                change(transactions, model, random.nextInt(IDS), "v" + step);
            }
            if (random.nextInt(20) == 0 && open.size() < MAX_OPEN) {
                Transaction reader = transactions.begin();
                reader.view().snapshot();
                open.add(reader);
                seen.add(new TreeMap<>(model));
            }
            if (random.nextInt(60) == 0 && !open.isEmpty()) {
                open.remove(0).close();
                seen.remove(0);
            }
            long lower = random.nextInt(IDS);
            long upper = lower + random.nextInt(15);
            int which = random.nextInt(open.size() + 1);
            List<String> expected = new ArrayList<>((which == open.size() ? model : seen.get(which))
                    .subMap(lower, true, upper, true)
                    .values());
            List<String> found = which == open.size()
                    ? names(transactions, lower, upper)
                    : names(open.get(which).view(), request(lower, upper, ScanDemand.ALL_ROWS));
            assertThat(found).as("seed %d, step %d", seed, step).isEqualTo(expected);
        }
        open.forEach(Transaction::close);
    }

    private void change(Transactions transactions, NavigableMap<Long, String> model, long id, String name) {
        try (Transaction transaction = transactions.begin()) {
            StoredRow known = database.tables.find(transaction, table, USER, List.of(id));
            if (known == null) {
                database.tables.insert(transaction, table, USER, row(id, name));
                model.put(id, name);
            } else if (name.hashCode() % 2 == 0) {
                database.tables.update(transaction, table, USER, known.rowKey(), row(id, name));
                model.put(id, name);
            } else {
                database.tables.delete(transaction, table, known.rowKey());
                model.remove(id);
            }
            // What is not committed yet is seen by its transaction alone.
            assertThat(names(transaction.view(), request(id, id + 1, ScanDemand.ALL_ROWS)))
                    .isEqualTo(List.copyOf(model.subMap(id, true, id + 1, true).values()));
            transaction.commit();
        }
    }

    /** Writers insert and delete rows of two far ends together, so that every reader finds both or none. */
    @Test
    void readsOneMomentWhileOthersWrite() throws Exception {
        System.out.println("RangeCacheTest: -Dkalamdb.seed=" + seed);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(2 * THREADS);
        try {
            List<Future<Integer>> writers = new ArrayList<>();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                writers.add(executor.submit(writer(seed + i, done)));
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

    private Callable<Integer> writer(long writerSeed, AtomicBoolean done) {
        SplittableRandom random = new SplittableRandom(writerSeed);
        return () -> {
            int commits = 0;
            while (!done.get()) {
                long id = random.nextInt(IDS / 2);
                try (Transaction transaction = database.transactions.begin()) {
                    StoredRow known = database.tables.find(transaction, table, USER, List.of(id));
                    StoredRow twin = database.tables.find(transaction, table, USER, List.of(IDS - 1 - id));
                    if (known == null || twin == null) {
                        database.tables.insert(transaction, table, USER, row(id, "x"));
                        database.tables.insert(transaction, table, USER, row(IDS - 1 - id, "x"));
                    } else {
                        database.tables.delete(transaction, table, known.rowKey());
                        database.tables.delete(transaction, table, twin.rowKey());
                    }
                    transaction.commit();
                    commits++;
                } catch (KalamException e) {
                    assertThat(e.code()).isIn(ErrorCode.WRITE_CONFLICT, ErrorCode.PRIMARY_KEY_VIOLATION);
                }
            }
            return commits;
        };
    }

    private Callable<Integer> reader(long readerSeed) {
        SplittableRandom random = new SplittableRandom(readerSeed);
        return () -> {
            for (int i = 0; i < READS; i++) {
                // In parts, so that what is kept is pieced together.
                long middle = random.nextInt(IDS);
                names(database.transactions, 0, middle);
                names(database.transactions, middle + 1, IDS);
                requirePairs(ids(database.transactions.begin(readCommitted()), ScanDemand.ALL_ROWS_ALONE));
                try (Transaction transaction = database.transactions.begin()) {
                    List<Long> first = ids(transaction.view(), ScanDemand.ALL_ROWS);
                    requirePairs(first);
                    assertThat(ids(transaction.view(), ScanDemand.ALL_ROWS)).isEqualTo(first);
                }
            }
            return READS;
        };
    }

    private static void requirePairs(List<Long> ids) {
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ids.get(ids.size() - 1 - i)).as("of %s", ids).isEqualTo(IDS - 1 - ids.get(i));
        }
    }

    private List<Long> ids(Transaction transaction, ScanDemand demand) {
        try (transaction;
                ReadView view = transaction.startStatement()) {
            return ids(view, demand);
        }
    }

    private List<Long> ids(ReadView view, ScanDemand demand) {
        List<Long> ids = new ArrayList<>();
        values(view, request(0, IDS, demand), 0).forEach(id -> ids.add((Long) id));
        return ids;
    }

    private List<String> names(Transactions transactions, long lower, long upper) {
        try (Transaction transaction = transactions.begin(readCommitted());
                ReadView view = transaction.startStatement()) {
            return names(view, request(lower, upper, ScanDemand.ALL_ROWS_ALONE));
        }
    }

    private List<String> names(ReadView view, ScanRequest request) {
        List<String> names = new ArrayList<>();
        values(view, request, 1).forEach(name -> names.add((String) name));
        return names;
    }

    private List<@Nullable Object> values(ReadView view, ScanRequest request, int column) {
        List<@Nullable Object> values = new ArrayList<>();
        try (RowCursor cursor = database.tables.scan(view, request)) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    values.add(batch.column(column).storedValue(row));
                }
            }
        }
        return values;
    }

    private ScanRequest request(long lower, long upper, ScanDemand demand) {
        KeyRange range = new KeyRange(List.of(), new KeyRange.Bound(lower, true), new KeyRange.Bound(upper, true));
        return ScanRequest.of(table, USER, new int[] {0, 1}, range).withDemand(demand);
    }

    private static TransactionSettings readCommitted() {
        return new TransactionSettings(IsolationLevel.READ_COMMITTED, false, Duration.ofSeconds(2), Durability.NORMAL);
    }
}
