// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.Transaction;

/** Deleted rows are kept as long as their table says. */
final class DeletedRowsTest {
    private static final int ROWS = 3000;

    @Test
    void removesWhatWasKeptForItsTime() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            DeletedRows deletedRows = new DeletedRows(database.storage, database.guard, database.now::get);
            TableDefinition table = keeping(12);
            insert(database, table);
            deleteWhere(database, table, 0);
            pass(database, Duration.ofHours(1));
            deleteWhere(database, table, 1);
            assertThat(kept(database, table)).isEqualTo(2 * ROWS / 3);
            assertThat(deletedRows.hasOverdue(table)).isFalse();

            pass(database, Duration.ofHours(11).minusSeconds(1));
            assertThat(deletedRows.hasOverdue(table)).isFalse();
            pass(database, Duration.ofSeconds(1));
            assertThat(deletedRows.hasOverdue(table)).isTrue();
            assertThat(deletedRows.purge(table)).isEqualTo(ROWS / 3);
            assertThat(kept(database, table)).isEqualTo(ROWS / 3);
            assertThat(deletedRows.hasOverdue(table)).isFalse();
            assertThat(database.tables.count(null, ScanRequest.all(table, TestDatabase.USER)))
                    .isEqualTo(ROWS / 3);

            assertThat(deletedRows.purge(keeping(0))).isEqualTo(ROWS / 3);
            assertThat(kept(database, table)).isZero();
        }
    }

    @Test
    void whatIsKeptForEverIsNeverRemoved() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            DeletedRows deletedRows = new DeletedRows(database.storage, database.guard, database.now::get);
            TableDefinition table = keeping(StorageSettings.KEPT_FOR_EVER);
            insert(database, table);
            deleteWhere(database, table, 2);
            pass(database, Duration.ofDays(100_000));

            assertThat(deletedRows.hasOverdue(table)).isFalse();
            assertThat(deletedRows.purge(table)).isZero();
            assertThat(kept(database, table)).isEqualTo(ROWS / 3);
        }
    }

    @Test
    void whatIsDeletedAgainIsKeptFromThenOn() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            DeletedRows deletedRows = new DeletedRows(database.storage, database.guard, database.now::get);
            TableDefinition table = keeping(12);
            insert(database, table);
            deleteWhere(database, table, 0);
            pass(database, Duration.ofHours(6));
            database.commitRows(table, TestDatabase.row(0L, "again"));
            deleteWhere(database, table, 0);

            pass(database, Duration.ofHours(6));
            assertThat(deletedRows.purge(table)).isEqualTo(ROWS / 3 - 1);
            assertThat(kept(database, table)).isEqualTo(1);
        }
    }

    private static TableDefinition keeping(int hours) {
        TableDefinition table = TestDatabase.simpleTable(TableType.USER, 7);
        return TableDefinition.create(
                table.id(),
                table.objectId(),
                table.type(),
                table.columns(),
                table.options(),
                new StorageSettings("local", false, null, hours),
                table.constraints(),
                null,
                TestDatabase.START);
    }

    private static void insert(TestDatabase database, TableDefinition table) {
        try (Transaction transaction = database.transactions.begin()) {
            for (long key = 0; key < ROWS; key++) {
                database.tables.insert(transaction, table, TestDatabase.USER, TestDatabase.row(key, "v"));
            }
            transaction.commit();
        }
    }

    private static void deleteWhere(TestDatabase database, TableDefinition table, int remainder) {
        RowKeys keys = database.tables.format(table).keys();
        try (Transaction transaction = database.transactions.begin()) {
            for (long key = remainder; key < ROWS; key += 3) {
                database.tables.delete(transaction, table, keys.ofKey(TestDatabase.USER, List.of(key)));
            }
            transaction.commit();
        }
    }

    private static int kept(TestDatabase database, TableDefinition table) {
        try (Transaction reader = database.transactions.begin()) {
            ScanRequest request = ScanRequest.of(table, TestDatabase.USER, new int[] {3}, KeyRange.ALL)
                    .withDeleted();
            return (int) database.rows(reader, request).stream()
                    .filter(row -> Boolean.TRUE.equals(row.get(0)))
                    .count();
        }
    }

    private static void pass(TestDatabase database, Duration time) {
        database.now.updateAndGet(now -> now.plus(time));
    }
}
