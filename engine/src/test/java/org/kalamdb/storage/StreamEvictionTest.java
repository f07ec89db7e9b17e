// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.schema.Compression;
import org.kalamdb.schema.EvictionStrategy;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.Transaction;

/** Rows of STREAM tables leave the store when their time is over or their table is over its size. */
final class StreamEvictionTest {
    private static final long TTL_SECONDS = 10;
    private static final int MAX_BYTES = 1000;

    @TempDir
    private Path folder;

    private final TableDefinition timed = stream(EvictionStrategy.TIME_BASED, MAX_BYTES);
    private final TableDefinition sized = stream(EvictionStrategy.SIZE_BASED, MAX_BYTES);

    private static TableDefinition stream(EvictionStrategy strategy, long maxBytes) {
        TableDefinition table = TestDatabase.simpleTable(TableType.STREAM, 9);
        return TableDefinition.create(
                table.id(),
                table.objectId(),
                TableType.STREAM,
                table.columns(),
                new TableOptions.Stream(TTL_SECONDS, strategy, maxBytes, true, 60, Compression.NONE),
                StorageSettings.DEFAULT,
                table.constraints(),
                null,
                TestDatabase.START);
    }

    private static void insert(TestDatabase database, TableDefinition table, long from, long to) {
        try (Transaction transaction = database.transactions.begin()) {
            for (long id = from; id < to; id++) {
                database.tables.insert(transaction, table, "user" + id % 2, TestDatabase.row(id, "event"));
            }
            transaction.commit();
        }
    }

    private static int entries(TestDatabase database, KeySpace space, TableDefinition table) {
        int[] count = new int[1];
        database.storage.forEachKey(space, null, RowKeys.table(table.objectId()), key -> count[0]++);
        return count[0];
    }

    private static List<Long> ids(TestDatabase database, TableDefinition table) {
        return List.of("user0", "user1").stream()
                .flatMap(user -> database.rows(null, ScanRequest.all(table, user)).stream())
                .map(row -> (Long) row.get(0))
                .sorted()
                .toList();
    }

    @Test
    void expiredRowsLeaveTheStoreWithAllThatBelongsToThem() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            StreamEviction eviction = new StreamEviction(database.tables, database.transactions);
            insert(database, timed, 0, 3000);
            database.now.set(TestDatabase.START.plusSeconds(1));
            insert(database, timed, 3000, 3005);
            assertThat(eviction.isDue(timed)).isFalse();
            assertThat(eviction.evict(timed)).isZero();

            database.now.set(TestDatabase.START.plusSeconds(TTL_SECONDS).minusNanos(1));
            assertThat(eviction.isDue(timed)).isFalse();
            database.now.set(TestDatabase.START.plusSeconds(TTL_SECONDS));
            assertThat(eviction.isDue(timed)).isTrue();
            assertThat(eviction.evict(timed)).isEqualTo(3000);
            assertThat(eviction.isDue(timed)).isFalse();
            assertThat(ids(database, timed)).containsExactly(3000L, 3001L, 3002L, 3003L, 3004L);
            assertThat(entries(database, KeySpace.ROWS, timed)).isEqualTo(5);
            assertThat(entries(database, KeySpace.ARRIVALS, timed)).isEqualTo(5);
            assertThat(database.tables.rowCount(timed)).isEqualTo(5);

            database.now.set(TestDatabase.START.plusSeconds(2 * TTL_SECONDS));
            assertThat(eviction.evict(timed)).isEqualTo(5);
            assertThat(database.tables.byteCount(timed)).isZero();
        }
    }

    @Test
    void aRowThatTakesTheKeyOfAnExpiredOneLivesItsOwnTime() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            StreamEviction eviction = new StreamEviction(database.tables, database.transactions);
            insert(database, timed, 0, 2);
            database.now.set(TestDatabase.START.plusSeconds(TTL_SECONDS));
            insert(database, timed, 0, 1);

            assertThat(eviction.evict(timed)).isOne();
            assertThat(ids(database, timed)).containsExactly(0L);
            assertThat(entries(database, KeySpace.ARRIVALS, timed)).isOne();
            try (Transaction transaction = database.transactions.begin()) {
                byte[] key = database.tables.format(timed).keys().ofKey("user0", List.of(0L));
                assertThat(database.tables.delete(transaction, timed, key)).isTrue();
                transaction.commit();
            }
            assertThat(entries(database, KeySpace.ARRIVALS, timed)).isZero();
            assertThat(entries(database, KeySpace.TOMBSTONES, timed)).isZero();
            assertThat(database.tables.byteCount(timed)).isZero();
        }
    }

    @Test
    void theOldestGoWhereATableIsOverItsSize() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            StreamEviction eviction = new StreamEviction(database.tables, database.transactions);
            for (int second = 0; second < 5; second++) {
                database.now.set(TestDatabase.START.plusSeconds(second));
                insert(database, sized, second * 10L, second * 10L + 10);
            }
            long bytes = database.tables.byteCount(sized);
            assertThat(bytes).isGreaterThan(MAX_BYTES);
            assertThat(new StreamEviction(database.tables, database.transactions).isDue(timed))
                    .isFalse();
            assertThat(eviction.isDue(sized)).isTrue();

            long removed = eviction.evict(sized);
            long perRow = bytes / 50;
            assertThat(removed).isEqualTo((bytes - MAX_BYTES + perRow - 1) / perRow);
            assertThat(database.tables.byteCount(sized)).isBetween(MAX_BYTES - perRow + 1, (long) MAX_BYTES);
            assertThat(ids(database, sized)).hasSize((int) (50 - removed)).allMatch(id -> id >= removed / 10 * 10);
            assertThat(eviction.isDue(sized)).isFalse();
        }
    }

    @Test
    void sizesAreKnownWhenTheDatabaseIsOpenedAgain() {
        long bytes;
        try (TestDatabase database = TestDatabase.in(folder)) {
            insert(database, sized, 0, 100);
            bytes = database.tables.byteCount(sized);
        }
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(database.tables.byteCount(sized)).isEqualTo(bytes);
            assertThat(database.tables.rowCount(sized)).isEqualTo(100);
            assertThat(new StreamEviction(database.tables, database.transactions).evict(sized))
                    .isPositive();
        }
    }
}
