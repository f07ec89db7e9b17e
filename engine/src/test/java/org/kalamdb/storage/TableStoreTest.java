// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kalamdb.storage.TestDatabase.USER;
import static org.kalamdb.storage.TestDatabase.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;
import org.kalamdb.type.KalamDataType;

final class TableStoreTest {
    private final TestDatabase database = TestDatabase.inMemory();
    private final TableStore tables = database.tables;
    private final TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 1);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void findsWhatWasCommitted() {
        database.commitRows(table, row(1L, "one"), row(2L, null));

        assertThat(tables.find(null, table, USER, List.of(1L)).values()).containsExactly(1L, "one");
        assertThat(tables.find(null, table, USER, List.of(2L)).values()).containsExactly(2L, null);
        assertThat(tables.find(null, table, USER, List.of(3L))).isNull();
    }

    @Test
    void scansInKeyOrder() {
        database.commitRows(table, row(300L, "c"), row(-1L, "a"), row(2L, "b"));

        assertThat(database.rows(null, table)).containsExactly(List.of(-1L, "a"), List.of(2L, "b"), List.of(300L, "c"));
    }

    @Test
    void readsOnlyTheRequestedColumnsInTheirOrder() {
        database.commitRows(table, row(1L, "one"));

        assertThat(database.rows(null, ScanRequest.of(table, USER, new int[] {1, 0, 1}, KeyRange.ALL)))
                .containsExactly(List.of("one", 1L, "one"));
    }

    @Test
    void scansRanges() {
        for (long id = 0; id < 10; id++) {
            database.commitRows(table, row(id, "x"));
        }

        assertThat(ids(KeyRange.between(new KeyRange.Bound(3L, true), new KeyRange.Bound(5L, true))))
                .containsExactly(3L, 4L, 5L);
        assertThat(ids(KeyRange.between(new KeyRange.Bound(3L, false), new KeyRange.Bound(5L, false))))
                .containsExactly(4L);
        assertThat(ids(KeyRange.between(null, new KeyRange.Bound(1L, true)))).containsExactly(0L, 1L);
        assertThat(ids(KeyRange.between(new KeyRange.Bound(8L, false), null))).containsExactly(9L);
        assertThat(ids(KeyRange.between(new KeyRange.Bound(7L, false), new KeyRange.Bound(3L, false))))
                .isEmpty();
        assertThat(ids(KeyRange.equalTo(4L))).containsExactly(4L);
        assertThat(ids(KeyRange.equalTo(40L))).isEmpty();
    }

    private List<Long> ids(KeyRange range) {
        return database.rows(null, ScanRequest.of(table, USER, new int[] {0}, range)).stream()
                .map(values -> (Long) values.get(0))
                .toList();
    }

    @Test
    void scansPrefixesOfCompositeKeys() {
        TableDefinition composite = TestDatabase.table(
                TableType.SHARED,
                2,
                ColumnDefinition.primaryKey("a", 1, KalamDataType.TEXT),
                ColumnDefinition.primaryKey("b", 2, KalamDataType.INT));
        database.commitRows(composite, row("x", 1), row("x", 2), row("x\0", 1), row("xy", 1), row("w", 9));

        assertThat(database.rows(null, ScanRequest.of(composite, USER, new int[] {1}, KeyRange.equalTo("x"))))
                .containsExactly(List.of(1), List.of(2));
        KeyRange from2 = new KeyRange(List.of("x"), new KeyRange.Bound(2, true), null);
        assertThat(database.rows(null, ScanRequest.of(composite, USER, new int[] {1}, from2)))
                .containsExactly(List.of(2));
        assertThat(database.rows(null, ScanRequest.of(composite, USER, new int[] {1}, KeyRange.equalTo("x", 2))))
                .containsExactly(List.of(2));
    }

    @Test
    void refusesADuplicateKey() {
        database.commitRows(table, row(7L, "a"));

        assertThatThrownBy(() -> database.commitRows(table, row(7L, "b")))
                .isInstanceOf(KalamException.class)
                .hasMessage("Duplicate key value violates primary key \"t1_pkey\" of table app.t1: (id) = (7)")
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(ErrorCode.PRIMARY_KEY_VIOLATION);
        assertThat(tables.find(null, table, USER, List.of(7L)).values()).containsExactly(7L, "a");
    }

    @Test
    void refusesADuplicateKeyWithinATransaction() {
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, table, USER, row(1L, "a"));

            assertCode(ErrorCode.PRIMARY_KEY_VIOLATION, () -> tables.insert(transaction, table, USER, row(1L, "b")));
            StoredRow existing = tables.tryInsert(transaction, table, USER, row(1L, "c"));
            assertThat(existing.values()).containsExactly(1L, "a");
        }
    }

    @Test
    void keepsRowsWithoutPrimaryKeyInOrderOfInsertion() {
        TableDefinition keyless =
                TestDatabase.table(TableType.SHARED, 3, ColumnDefinition.simple("v", 1, KalamDataType.INT));
        database.commitRows(keyless, row(5), row(5), row(1));

        assertThat(database.rows(null, keyless)).containsExactly(List.of(5), List.of(5), List.of(1));
        try (Transaction transaction = database.transactions.begin();
                RowCursor cursor = tables.scan(
                        transaction.view(), ScanRequest.all(keyless, USER).withRowKeys())) {
            cursor.next();
            assertThat(tables.update(transaction, keyless, USER, cursor.rowKey(1), row(6)))
                    .isTrue();
            assertThat(tables.delete(transaction, keyless, cursor.rowKey(0))).isTrue();
            transaction.commit();
        }
        assertThat(database.rows(null, keyless)).containsExactly(List.of(6), List.of(1));
    }

    @Test
    void updatesAndMovesRows() {
        database.commitRows(table, row(1L, "a"), row(2L, "b"));
        byte[] one = tables.find(null, table, USER, List.of(1L)).rowKey();
        try (Transaction transaction = database.transactions.begin()) {
            assertThat(tables.update(transaction, table, USER, one, row(1L, "A")))
                    .isTrue();
            assertCode(
                    ErrorCode.PRIMARY_KEY_VIOLATION, () -> tables.update(transaction, table, USER, one, row(2L, "A")));
            assertThat(tables.update(transaction, table, USER, one, row(9L, "A")))
                    .isTrue();
            assertThat(tables.update(transaction, table, USER, one, row(8L, "A")))
                    .isFalse();
            transaction.commit();
        }
        assertThat(database.rows(null, table)).containsExactly(List.of(2L, "b"), List.of(9L, "A"));
        assertThat(tables.estimatedRowCount(table)).isEqualTo(2);
    }

    @Test
    void deletesOnce() {
        database.commitRows(table, row(1L, "a"));
        byte[] key = tables.find(null, table, USER, List.of(1L)).rowKey();
        try (Transaction transaction = database.transactions.begin()) {
            assertThat(tables.delete(transaction, table, key)).isTrue();
            assertThat(tables.delete(transaction, table, key)).isFalse();
            tables.insert(transaction, table, USER, row(1L, "again"));
            transaction.commit();
        }
        assertThat(database.rows(null, table)).containsExactly(List.of(1L, "again"));
    }

    @Test
    void readsOwnWritesInScansAndGets() {
        database.commitRows(table, row(1L, "a"), row(3L, "c"), row(5L, "e"));
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, table, USER, row(2L, "b"));
            tables.insert(transaction, table, USER, row(9L, "z"));
            byte[] three = tables.find(transaction, table, USER, List.of(3L)).rowKey();
            tables.update(transaction, table, USER, three, row(3L, "C"));
            byte[] five = tables.find(transaction, table, USER, List.of(5L)).rowKey();
            tables.delete(transaction, table, five);

            assertThat(database.rows(transaction, table))
                    .containsExactly(List.of(1L, "a"), List.of(2L, "b"), List.of(3L, "C"), List.of(9L, "z"));
            assertThat(tables.find(transaction, table, USER, List.of(5L))).isNull();
            assertThat(tables.count(transaction.view(), ScanRequest.all(table, USER)))
                    .isEqualTo(4);
            assertThat(transaction.rowCountDelta(table)).isEqualTo(1);
            assertThat(database.rows(null, table))
                    .containsExactly(List.of(1L, "a"), List.of(3L, "c"), List.of(5L, "e"));
        }
    }

    @Test
    void aCursorDoesNotSeeWhatIsWrittenAfterItWasOpened() {
        database.commitRows(table, row(1L, "a"), row(2L, "b"));
        try (Transaction transaction = database.transactions.begin();
                RowCursor cursor = tables.scan(
                        transaction.view(),
                        ScanRequest.all(table, USER).withRowKeys().withBatchRows(1))) {
            int moved = 0;
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                long id = batch.column(0).getLong(0);
                tables.update(transaction, table, USER, cursor.rowKey(0), row(id + 100, "moved"));
                moved++;
            }
            assertThat(moved).isEqualTo(2);
            transaction.commit();
        }
        assertThat(ids(KeyRange.ALL)).containsExactly(101L, 102L);
    }

    @Test
    void readsASnapshot() {
        database.commitRows(table, row(1L, "a"));
        try (Transaction reader = database.transactions.begin()) {
            assertThat(database.rows(reader, table)).hasSize(1);
            database.commitRows(table, row(2L, "b"));

            assertThat(database.rows(reader, table)).hasSize(1);
            assertThat(tables.find(reader, table, USER, List.of(2L))).isNull();
            reader.restart();
            assertThat(database.rows(reader, table)).hasSize(2);
        }
    }

    @Test
    void refusesToOverwriteWhatChangedAfterTheSnapshot() {
        database.commitRows(table, row(1L, "a"));
        try (Transaction slow = database.transactions.begin()) {
            StoredRow row = tables.find(slow, table, USER, List.of(1L));
            try (Transaction fast = database.transactions.begin()) {
                tables.update(fast, table, USER, row.rowKey(), row(1L, "fast"));
                fast.commit();
            }
            assertThatThrownBy(() -> tables.update(slow, table, USER, row.rowKey(), row(1L, "slow")))
                    .hasMessageContaining("app.t1")
                    .hasMessageContaining("retry")
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.WRITE_CONFLICT);
            slow.restart();
            assertThat(tables.update(slow, table, USER, row.rowKey(), row(1L, "slow")))
                    .isTrue();
            slow.commit();
        }
        assertThat(database.rows(null, table)).containsExactly(List.of(1L, "slow"));
    }

    @Test
    void undoesToSavepoints() {
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, table, USER, row(1L, "a"));
            Savepoint outer = transaction.savepoint();
            byte[] two = tables.insert(transaction, table, USER, row(2L, "b"));
            Savepoint inner = transaction.savepoint();
            tables.update(transaction, table, USER, two, row(2L, "B"));
            tables.insert(transaction, table, USER, row(3L, "c"));
            transaction.rollbackTo(inner);
            assertThat(database.rows(transaction, table)).containsExactly(List.of(1L, "a"), List.of(2L, "b"));
            tables.delete(transaction, table, two);
            transaction.release(inner);
            transaction.rollbackTo(outer);
            assertThat(database.rows(transaction, table)).containsExactly(List.of(1L, "a"));
            tables.insert(transaction, table, USER, row(4L, "d"));
            transaction.rollbackTo(outer);
            transaction.release(outer);
            assertThat(transaction.rowCountDelta(table)).isEqualTo(1);
            transaction.commit();
        }
        assertThat(database.rows(null, table)).containsExactly(List.of(1L, "a"));
    }

    @Test
    void writesManyRowsInOneTransactionAndRefusesTooMany() {
        int rows = 50_000;
        try (Transaction transaction = database.transactions.begin()) {
            for (long id = 0; id < rows; id++) {
                tables.insert(transaction, table, USER, row(id, "x".repeat((int) (id % 50))));
            }
            transaction.commit();
        }
        assertThat(tables.count(null, ScanRequest.all(table, USER))).isEqualTo(rows);
        Transactions small = new Transactions(
                database.storage, database.guard, new TransactionOptions(Duration.ofSeconds(1), 10_000, 0));
        try (Transaction transaction = small.begin()) {
            assertCode(ErrorCode.LIMIT_EXCEEDED, () -> {
                for (long id = rows; id < rows + 1000; id++) {
                    tables.insert(transaction, table, USER, row(id, "x"));
                }
            });
        }
    }

    @Test
    void rollsBack() {
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, table, USER, row(1L, "a"));
        }
        assertThat(tables.isEmpty(table)).isTrue();
        database.commitRows(table, row(1L, "b"));
        assertThat(tables.isEmpty(table)).isFalse();
    }

    @Test
    void agreesWithAModelUnderRandomStatements() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeMap<Long, String> committed = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            TreeMap<Long, String> model = new TreeMap<>(committed);
            try (Transaction transaction = database.transactions.begin()) {
                List<Savepoint> savepoints = new ArrayList<>();
                List<TreeMap<Long, String>> states = new ArrayList<>();
                for (int step = 0; step < 30; step++) {
                    long id = random.nextInt(40);
                    String name = "v" + random.nextInt();
                    StoredRow old = tables.find(transaction, table, USER, List.of(id));
                    assertThat(old == null ? null : old.values()[1])
                            .as("seed " + seed)
                            .isEqualTo(model.get(id));
                    switch (random.nextInt(6)) {
                        case 0, 1, 2 -> {
                            if (old == null) {
                                tables.insert(transaction, table, USER, row(id, name));
                            } else {
                                tables.update(transaction, table, USER, old.rowKey(), row(id, name));
                            }
                            model.put(id, name);
                        }
                        case 3 -> {
                            if (old != null) {
                                tables.delete(transaction, table, old.rowKey());
                                model.remove(id);
                            }
                        }
                        case 4 -> {
                            savepoints.add(transaction.savepoint());
                            states.add(new TreeMap<>(model));
                        }
                        default -> {
                            if (!savepoints.isEmpty()) {
                                int index = random.nextInt(savepoints.size());
                                transaction.rollbackTo(savepoints.get(index));
                                model = new TreeMap<>(states.get(index));
                                savepoints.subList(index + 1, savepoints.size()).clear();
                                states.subList(index + 1, states.size()).clear();
                            }
                        }
                    }
                }
                assertThat(asMap(transaction)).as("seed " + seed).isEqualTo(model);
                if (random.nextBoolean()) {
                    transaction.commit();
                    committed = model;
                }
            }
            assertThat(asMap(null)).as("seed " + seed).isEqualTo(committed);
            assertThat(tables.estimatedRowCount(table)).as("seed " + seed).isEqualTo(committed.size());
        }
    }

    private TreeMap<Long, String> asMap(@Nullable Transaction transaction) {
        TreeMap<Long, String> map = new TreeMap<>();
        for (List<@Nullable Object> values : database.rows(transaction, table)) {
            map.put((Long) values.get(0), (String) values.get(1));
        }
        return map;
    }

    @Test
    void oneOfEightConcurrentInsertsOfAKeyWins() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (long id = 0; id < 50; id++) {
                long key = id;
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Boolean>> outcomes = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    String name = "thread" + thread;
                    outcomes.add(pool.submit(() -> {
                        start.await();
                        try {
                            database.commitRows(table, row(key, name));
                            return true;
                        } catch (KalamException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.PRIMARY_KEY_VIOLATION);
                            return false;
                        }
                    }));
                }
                start.countDown();
                int winners = 0;
                for (Future<Boolean> outcome : outcomes) {
                    winners += outcome.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(tables.count(null, ScanRequest.all(table, USER))).isEqualTo(50);
    }

    @Test
    void concurrentIncrementsLoseNothing() throws Exception {
        database.commitRows(table, row(1L, "0"));
        int threads = 4;
        int increments = 100;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                done.add(pool.submit(() -> {
                    for (int i = 0; i < increments; i++) {
                        incrementWithRetry();
                    }
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(database.rows(null, table)).containsExactly(List.of(1L, String.valueOf(threads * increments)));
    }

    private void incrementWithRetry() {
        while (true) {
            try (Transaction transaction = database.transactions.begin()) {
                StoredRow row = tables.find(transaction, table, USER, List.of(1L));
                int value = Integer.parseInt((String) row.values()[1]);
                tables.update(transaction, table, USER, row.rowKey(), row(1L, String.valueOf(value + 1)));
                transaction.commit();
                return;
            } catch (KalamException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            }
        }
    }

    @Test
    void usersSeeOnlyTheirOwnRows() {
        TableDefinition mine = TestDatabase.simpleTable(TableType.USER, 4);
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, mine, "a", row(1L, "of a"));
            tables.insert(transaction, mine, "ab", row(1L, "of ab"));
            tables.insert(transaction, mine, "a\0", row(2L, "of a0"));
            transaction.commit();
        }
        assertThat(database.rows(null, ScanRequest.all(mine, "a"))).containsExactly(List.of(1L, "of a"));
        assertThat(database.rows(null, ScanRequest.all(mine, "ab"))).containsExactly(List.of(1L, "of ab"));
        assertThat(database.rows(null, ScanRequest.all(mine, "b"))).isEmpty();
        assertThat(tables.find(null, mine, "ab", List.of(2L))).isNull();
        assertThat(tables.estimatedRowCount(mine)).isEqualTo(3);
    }

    @Test
    void streamRowsExpireExactlyAtTheirTimeToLive() {
        TableDefinition stream = TestDatabase.streamTable(5, 10);
        database.now.set(TestDatabase.START.plusMillis(900));
        database.commitRows(stream, row(1L, "x"));

        database.now.set(TestDatabase.START.plusMillis(9_999));
        assertThat(database.rows(null, stream)).hasSize(1);
        assertThat(tables.find(null, stream, USER, List.of(1L))).isNotNull();
        assertThat(tables.count(null, ScanRequest.all(stream, USER))).isEqualTo(1);
        assertCode(ErrorCode.PRIMARY_KEY_VIOLATION, () -> database.commitRows(stream, row(1L, "y")));

        database.now.set(TestDatabase.START.plusSeconds(10));
        assertThat(database.rows(null, stream)).isEmpty();
        assertThat(database.rows(null, ScanRequest.of(stream, USER, new int[] {0}, KeyRange.equalTo(1L))))
                .isEmpty();
        assertThat(tables.find(null, stream, USER, List.of(1L))).isNull();
        assertThat(tables.count(null, ScanRequest.all(stream, USER))).isZero();
        database.commitRows(stream, row(1L, "y"));
        assertThat(database.rows(null, stream)).containsExactly(List.of(1L, "y"));
    }

    @Test
    void removesExpiredRowsForGood() {
        TableDefinition stream = TestDatabase.streamTable(5, 10);
        try (Transaction transaction = database.transactions.begin()) {
            for (long id = 0; id < 5; id++) {
                tables.insert(transaction, stream, "user" + id % 2, row(id, "old"));
            }
            transaction.commit();
        }
        database.now.set(TestDatabase.START.plusSeconds(10));
        database.commitRows(stream, row(9L, "new"));
        try (Transaction transaction = database.transactions.begin()) {
            assertThat(tables.removeExpired(transaction, stream, 3)).isEqualTo(3);
            transaction.commit();
        }
        try (Transaction transaction = database.transactions.begin()) {
            assertThat(tables.removeExpired(transaction, stream, 100)).isEqualTo(2);
            assertThat(tables.removeExpired(transaction, table, 100)).isZero();
            transaction.commit();
        }
        assertThat(tables.estimatedRowCount(stream)).isEqualTo(1);
        assertThat(database.rows(null, stream)).containsExactly(List.of(9L, "new"));
    }

    @Test
    void anUpdateKeepsTheInsertionTimeOfAStreamRow() {
        TableDefinition stream = TestDatabase.streamTable(6, 10);
        database.commitRows(stream, row(1L, "x"));
        database.now.set(TestDatabase.START.plusSeconds(9));
        try (Transaction transaction = database.transactions.begin()) {
            byte[] key = tables.find(transaction, stream, USER, List.of(1L)).rowKey();
            assertThat(tables.update(transaction, stream, USER, key, row(1L, "y")))
                    .isTrue();
            transaction.commit();
        }
        assertThat(database.rows(null, stream)).containsExactly(List.of(1L, "y"));
        database.now.set(TestDatabase.START.plusSeconds(10));
        assertThat(database.rows(null, stream)).isEmpty();
    }

    @Test
    void reportsDeadlocksAndTimeouts() throws Exception {
        try (TestDatabase impatient = TestDatabase.inMemory(Duration.ofMillis(50))) {
            impatient.commitRows(table, row(1L, "a"), row(2L, "b"));
            byte[] one = impatient.tables.find(null, table, USER, List.of(1L)).rowKey();
            try (Transaction holder = impatient.transactions.begin();
                    Transaction waiter = impatient.transactions.begin()) {
                impatient.tables.delete(holder, table, one);
                assertCode(ErrorCode.LOCK_TIMEOUT, () -> impatient.tables.delete(waiter, table, one));
            }
        }
        database.commitRows(table, row(1L, "a"), row(2L, "b"));
        byte[] one = tables.find(null, table, USER, List.of(1L)).rowKey();
        byte[] two = tables.find(null, table, USER, List.of(2L)).rowKey();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Transaction first = database.transactions.begin()) {
            tables.delete(first, table, one);
            CountDownLatch locked = new CountDownLatch(1);
            Future<ErrorCode> outcome = other.submit(() -> {
                try (Transaction second = database.transactions.begin()) {
                    tables.delete(second, table, two);
                    locked.countDown();
                    tables.delete(second, table, one);
                    return null;
                } catch (KalamException e) {
                    return e.code();
                }
            });
            locked.await();
            ErrorCode mine = null;
            try {
                tables.delete(first, table, two);
            } catch (KalamException e) {
                mine = e.code();
            }
            first.rollback();
            List<ErrorCode> codes = new ArrayList<>();
            codes.add(mine);
            codes.add(outcome.get());
            assertThat(codes).containsExactlyInAnyOrder(ErrorCode.DEADLOCK, null);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void refusesToCommitToAnAlteredOrDroppedTable() {
        database.guard.altered(table);
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, table, USER, row(1L, "a"));
            database.guard.altered(
                    table.addColumn(ColumnDefinition.simple("more", 3, KalamDataType.INT), TestDatabase.START));
            assertThatThrownBy(transaction::commit)
                    .hasMessageContaining("app.t1 was altered")
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
            assertThat(transaction.isActive()).isFalse();
        }
        try (Transaction transaction = database.transactions.begin()) {
            tables.insert(transaction, table, USER, row(1L, "a"));
            database.guard.dropped(table);
            assertThatThrownBy(transaction::commit).hasMessageContaining("app.t1 was dropped");
        }
        assertThat(tables.isEmpty(table)).isTrue();
    }

    @Test
    void dropsTheRowsOfOneTableOnly() {
        TableDefinition next = TestDatabase.simpleTable(TableType.SHARED, 2);
        database.commitRows(table, row(1L, "a"), row(2L, "b"));
        database.commitRows(next, row(1L, "a"));

        tables.dropRows(table.objectId());

        assertThat(tables.isEmpty(table)).isTrue();
        assertThat(tables.estimatedRowCount(table)).isZero();
        assertThat(database.rows(null, next)).hasSize(1);
    }

    @Test
    void refusesValuesOfAnotherTypeAndNullKeys() {
        try (Transaction transaction = database.transactions.begin()) {
            assertCode(ErrorCode.NOT_NULL_VIOLATION, () -> tables.insert(transaction, table, USER, row(null, "a")));
            assertCode(ErrorCode.TYPE_MISMATCH, () -> tables.insert(transaction, table, USER, row("1", "a")));
            assertCode(ErrorCode.TYPE_MISMATCH, () -> tables.insert(transaction, table, USER, row(1L, 5)));
            assertThat(transaction.hasWrites()).isFalse();
        }
    }

    @Test
    void stopsWhenCanceled() {
        database.commitRows(table, row(1L, "a"));
        try (RowCursor cursor = tables.scan(null, ScanRequest.all(table, USER).withCancellation(() -> true))) {
            assertCode(ErrorCode.QUERY_CANCELED, cursor::next);
        }
    }

    @Test
    void refusesUseAfterTheEnd() {
        Transaction transaction = database.transactions.begin();
        transaction.commit();
        assertCode(ErrorCode.NO_TRANSACTION, () -> tables.insert(transaction, table, USER, row(1L, "a")));
        database.commitRows(table, row(1L, "a"));
        RowCursor cursor = tables.scan(null, ScanRequest.all(table, USER));
        Transaction open = database.transactions.begin();
        tables.find(open, table, USER, List.of(1L));
        database.close();
        assertCode(ErrorCode.CONNECTION_CLOSED, cursor::next);
        assertCode(ErrorCode.CONNECTION_CLOSED, () -> tables.find(null, table, USER, List.of(1L)));
        cursor.close();
        open.close();
        database.close();
    }

    private static void assertCode(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(KalamException.class)
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(code);
    }
}
