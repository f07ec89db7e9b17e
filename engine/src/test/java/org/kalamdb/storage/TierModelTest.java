// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.type.KalamDataType;

/** Random work on both tiers against a map. */
final class TierModelTest {
    private static final int STEPS = 80;
    private static final int KEYS = 400;
    private static final int MAX_READERS = 3;
    private static final String[] USERS = {"alice", "Bob/../x", ""};

    @TempDir
    private Path folder;

    private final Map<Transaction, Model> readers = new HashMap<>();

    /** What rows there are, by user and key, and what was deleted. */
    private static final class Model {
        final Map<String, TreeMap<Long, String>> rows = new HashMap<>();
        final Map<String, TreeMap<Long, String>> deleted = new HashMap<>();
        /** The numbers of the commits that wrote both. */
        final Map<String, TreeMap<Long, Long>> numbers = new HashMap<>();

        TreeMap<Long, String> of(String user) {
            return rows.computeIfAbsent(user, u -> new TreeMap<>());
        }

        TreeMap<Long, String> deletedOf(String user) {
            return deleted.computeIfAbsent(user, u -> new TreeMap<>());
        }

        TreeMap<Long, Long> numbersOf(String user) {
            return numbers.computeIfAbsent(user, u -> new TreeMap<>());
        }

        long lastNumber() {
            return numbers.values().stream()
                    .flatMap(each -> each.values().stream())
                    .mapToLong(number -> number)
                    .max()
                    .orElse(0);
        }

        Model copy() {
            Model copy = new Model();
            copy.take(this);
            return copy;
        }

        void take(Model other) {
            rows.clear();
            other.rows.forEach((user, values) -> rows.put(user, new TreeMap<>(values)));
            deleted.clear();
            other.deleted.forEach((user, values) -> deleted.put(user, new TreeMap<>(values)));
            numbers.clear();
            other.numbers.forEach((user, values) -> numbers.put(user, new TreeMap<>(values)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SHARED", "USER"})
    void bothTiersAreOneTable(TableType type) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TableDefinition table = TestDatabase.simpleTable(type, 5);
        Model model = new Model();
        TestDatabase database = TestDatabase.in(folder);
        try {
            for (int step = 0; step < STEPS; step++) {
                String context = "seed " + seed + ", step " + step;
                switch (random.nextInt(12)) {
                    case 0 -> database.segments.flush(table);
                    case 1 -> {
                        database.segments.compact(table);
                        database.segments.removeUnusedFiles();
                    }
                    case 2 -> {
                        if (random.nextInt(4) == 0) {
                            readers.keySet().forEach(Transaction::close);
                            readers.clear();
                            database.close();
                            database = TestDatabase.in(folder);
                            database.segments.removeUnusedFiles();
                        }
                    }
                    case 3 -> {
                        if (readers.size() == MAX_READERS) {
                            break;
                        }
                        Transaction reader = database.transactions.begin();
                        reader.view().snapshot();
                        readers.put(reader, model.copy());
                    }
                    case 4 -> {
                        if (!readers.isEmpty()) {
                            Transaction reader = readers.keySet().iterator().next();
                            readers.remove(reader);
                            reader.close();
                        }
                    }
                    default -> write(database, table, model, random, context);
                }
                check(database, null, table, model, random, context);
                for (Map.Entry<Transaction, Model> reader : readers.entrySet()) {
                    check(database, reader.getKey(), table, reader.getValue(), random, context + ", old reader");
                }
            }
            readers.keySet().forEach(Transaction::close);
        } finally {
            database.close();
        }
    }

    private void write(TestDatabase database, TableDefinition table, Model model, Random random, String context) {
        Model changed = model.copy();
        boolean kept = random.nextInt(4) > 0;
        try (Transaction transaction = database.transactions.begin()) {
            for (int i = random.nextInt(60); i >= 0; i--) {
                String user = user(table, random);
                TreeMap<Long, String> rows = changed.of(user);
                long key = random.nextInt(KEYS);
                String value = random.nextInt(5) == 0 ? null : "v" + random.nextInt();
                byte[] rowKey = database.tables.format(table).keys().ofKey(user, List.of(key));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        boolean there = rows.containsKey(key);
                        try {
                            database.tables.insert(transaction, table, user, new @Nullable Object[] {key, value});
                            assertThat(there).as(context).isFalse();
                            rows.put(key, value);
                            changed.deletedOf(user).remove(key);
                            changed.numbersOf(user).put(key, 0L);
                        } catch (KalamException e) {
                            assertThat(e.code()).as(context).isEqualTo(ErrorCode.PRIMARY_KEY_VIOLATION);
                            assertThat(there).as(context).isTrue();
                        }
                    }
                    case 1 -> {
                        boolean there = database.tables.update(
                                transaction, table, user, rowKey, new @Nullable Object[] {key, value});
                        assertThat(there).as(context).isEqualTo(rows.containsKey(key));
                        if (there) {
                            rows.put(key, value);
                            changed.numbersOf(user).put(key, 0L);
                        }
                    }
                    default -> {
                        boolean there = database.tables.delete(transaction, table, rowKey);
                        assertThat(there).as(context).isEqualTo(rows.containsKey(key));
                        if (there) {
                            changed.deletedOf(user).put(key, rows.remove(key));
                            changed.numbersOf(user).put(key, 0L);
                        }
                    }
                }
                if (random.nextInt(40) == 0) {
                    database.segments.flush(table);
                }
                if (random.nextInt(60) == 0) {
                    database.segments.compact(table);
                }
            }
            check(database, transaction, table, changed, random, context + ", own writes");
            if (kept) {
                transaction.commit();
                number(database, table, changed, model.lastNumber(), context);
                model.take(changed);
            }
        }
    }

    /** All that was written has one new number. */
    private static void number(TestDatabase database, TableDefinition table, Model changed, long last, String context) {
        Set<Long> given = new HashSet<>();
        try (Transaction reader = database.transactions.begin()) {
            changed.numbers.forEach((user, numbers) -> numbers.replaceAll((key, number) -> {
                if (number > 0) {
                    return number;
                }
                long now = (Long) requireNonNull(database.rows(
                                reader,
                                ScanRequest.of(table, user, new int[] {2}, KeyRange.equalTo(key))
                                        .withDeleted())
                        .get(0)
                        .get(0));
                given.add(now);
                return now;
            }));
        }
        assertThat(given).as(context).hasSizeLessThan(2).allMatch(number -> number > last);
    }

    private static String user(TableDefinition table, Random random) {
        return table.type() == TableType.USER ? USERS[random.nextInt(USERS.length)] : "";
    }

    private static void check(
            TestDatabase database,
            @Nullable Transaction transaction,
            TableDefinition table,
            Model model,
            Random random,
            String context) {
        long all = 0;
        for (String user : table.type() == TableType.USER ? USERS : new String[] {""}) {
            TreeMap<Long, String> rows = model.of(user);
            all += rows.size();
            ScanRequest request = ScanRequest.all(table, user).withBatchRows(1 + random.nextInt(100));
            assertThat(read(database, transaction, request.inKeyOrder()))
                    .as(context)
                    .containsExactlyElementsOf(rows.entrySet());
            List<Map.Entry<Long, @Nullable String>> unordered = read(database, transaction, request);
            unordered.sort(Map.Entry.comparingByKey());
            assertThat(unordered).as(context).containsExactlyElementsOf(rows.entrySet());
            assertThat(database.tables.count(viewOf(transaction), request))
                    .as(context)
                    .isEqualTo(rows.size());
            long from = random.nextInt(KEYS);
            long to = from + random.nextInt(50);
            KeyRange range = KeyRange.between(new KeyRange.Bound(from, true), new KeyRange.Bound(to, false));
            assertThat(read(
                            database,
                            transaction,
                            ScanRequest.of(table, user, new int[] {0, 1}, range).inKeyOrder()))
                    .as(context)
                    .containsExactlyElementsOf(rows.subMap(from, to).entrySet());
            long key = random.nextInt(KEYS);
            StoredRow found = database.tables.find(transaction, table, user, List.of(key));
            assertThat(found == null ? "none" : found.values()[1])
                    .as(context)
                    .isEqualTo(rows.containsKey(key) ? rows.get(key) : "none");
        }
        checkDeleted(database, transaction, table, model, context);
        if (transaction == null) {
            assertThat(database.tables.isEmpty(table)).as(context).isEqualTo(all == 0);
            assertThat(database.tables.estimatedRowCount(table)).as(context).isEqualTo(all);
            boolean hasNull = model.rows.values().stream().anyMatch(rows -> rows.containsValue(null));
            assertThat(database.tables.hasNull(table, 1)).as(context).isEqualTo(hasNull);
        }
    }

    private static void checkDeleted(
            TestDatabase database, @Nullable Transaction within, TableDefinition table, Model model, String context) {
        Transaction reader = within == null ? database.transactions.begin() : within;
        for (String user : table.type() == TableType.USER ? USERS : new String[] {""}) {
            List<List<@Nullable Object>> expected = new ArrayList<>();
            model.numbersOf(user).forEach((key, number) -> {
                boolean deleted = model.deletedOf(user).containsKey(key);
                String value = (deleted ? model.deletedOf(user) : model.of(user)).get(key);
                expected.add(Arrays.asList(key, value, number, deleted));
            });
            ScanRequest request = ScanRequest.of(table, user, new int[] {0, 1, 2, 3}, KeyRange.ALL)
                    .withDeleted();
            assertThat(database.rows(reader, request.inKeyOrder())).as(context).containsExactlyElementsOf(expected);
            assertThat(database.rows(reader, request)).as(context).containsExactlyInAnyOrderElementsOf(expected);
        }
        if (within == null) {
            reader.close();
        }
    }

    private static @Nullable ReadView viewOf(@Nullable Transaction transaction) {
        return transaction == null ? null : transaction.view();
    }

    private static List<Map.Entry<Long, @Nullable String>> read(
            TestDatabase database, @Nullable Transaction transaction, ScanRequest request) {
        List<Map.Entry<Long, @Nullable String>> rows = new ArrayList<>();
        try (RowCursor cursor = database.tables.scan(viewOf(transaction), request.withRowKeys())) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    Object key = batch.column(0).storedValue(row);
                    byte[] expected =
                            database.tables.format(request.table()).keys().ofKey(request.user(), List.of(key));
                    assertThat(cursor.rowKey(row)).isEqualTo(expected);
                    rows.add(new SimpleEntry<>(
                            (Long) key, (String) batch.column(1).storedValue(row)));
                }
            }
        }
        return rows;
    }

    @Test
    void rowsWithoutKeyKeepTheirIdentity() {
        TableDefinition table =
                TestDatabase.table(TableType.SHARED, 6, ColumnDefinition.simple("n", 1, KalamDataType.INT));
        try (TestDatabase database = TestDatabase.in(folder)) {
            for (int i = 0; i < 5000; i++) {
                database.commitRows(table, TestDatabase.row(i));
            }
            database.segments.flush(table);
            database.commitRows(table, TestDatabase.row(5000));
            List<byte[]> keys = new ArrayList<>();
            try (RowCursor cursor = database.tables.scan(
                    null, ScanRequest.all(table, "").withRowKeys().inKeyOrder())) {
                for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        keys.add(cursor.rowKey(row));
                        assertThat(batch.column(0).getInt(row)).isEqualTo(keys.size() - 1);
                    }
                }
            }
            try (Transaction transaction = database.transactions.begin()) {
                for (int i = 0; i < 5001; i += 2) {
                    assertThat(database.tables.delete(transaction, table, keys.get(i)))
                            .isTrue();
                }
                transaction.commit();
            }
            assertThat(database.tables.count(null, ScanRequest.all(table, ""))).isEqualTo(2500);
            assertThat(database.segments.compact(table)).isEqualTo(new MovedRows(2500, 1, 1));
            assertThat(database.tables.count(null, ScanRequest.all(table, ""))).isEqualTo(2500);
            assertThat(database.tables.findByRowKey(null, table, keys.get(1))).isNotNull();
            assertThat(database.tables.findByRowKey(null, table, keys.get(2))).isNull();
        }
    }
}
