// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.Transaction;

/** Counts are exact, whatever way the process ended. */
final class TableCountsTest {
    private static final int ROWS = 900;

    @TempDir
    private Path folder;

    private final TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 5);

    private void insert(TestDatabase database, int from, int to) {
        try (Transaction transaction = database.transactions.begin()) {
            for (long id = from; id < to; id++) {
                database.tables.insert(transaction, table, "", TestDatabase.row(id, "x"));
            }
            transaction.commit();
        }
    }

    private void delete(TestDatabase database, int from, int to) {
        RowKeys keys = database.tables.format(table).keys();
        try (Transaction transaction = database.transactions.begin()) {
            for (long id = from; id < to; id++) {
                database.tables.delete(transaction, table, keys.ofKey("", List.of(id)));
            }
            transaction.commit();
        }
    }

    /** What a process that dies now leaves. */
    private Path copyOfNow(TestDatabase database, String name) throws IOException {
        Path source = folder.resolve("database");
        Path copy = Files.createDirectories(folder.resolve(name));
        database.storage.checkpoint(copy.resolve("hot"));
        Path segments = source.resolve(ColdTier.FOLDER);
        try (Stream<Path> files = Files.exists(segments) ? Files.walk(segments) : Stream.empty()) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return copy;
    }

    @Test
    void aDatabaseThatIsOnlyReadIsNotWrittenTo() throws IOException {
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            insert(database, 0, ROWS);
        }
        long before;
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            before = database.storage.lastSequence();
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS);
        }
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            assertThat(database.storage.lastSequence()).isEqualTo(before);
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS);
            delete(database, 0, 10);
        }
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            assertThat(database.tables.estimatedRowCount(table)).isEqualTo(ROWS - 10);
        }
    }

    @Test
    void countsAreExactAfterTheProcessHasDied() throws IOException {
        Path died;
        Path diedLater;
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            insert(database, 0, ROWS);
            database.segments.flush(table);
            delete(database, 0, 100);
            insert(database, ROWS, ROWS + 50);
            died = copyOfNow(database, "died");
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS - 50);
        }
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            assertThat(database.tables.estimatedRowCount(table)).isEqualTo(ROWS - 50);
            delete(database, 100, 110);
            diedLater = copyOfNow(database, "died later");
        }
        try (TestDatabase database = TestDatabase.in(died)) {
            insert(database, 2000, 2001);
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS - 49);
            assertThat(database.tables.estimatedRowCount(table)).isEqualTo(ROWS - 49);
            insert(database, 2001, 2003);
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS - 47);
        }
        try (TestDatabase database = TestDatabase.in(died)) {
            assertThat(database.tables.estimatedRowCount(table)).isEqualTo(ROWS - 47);
        }
        try (TestDatabase database = TestDatabase.in(diedLater)) {
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS - 60);
        }
    }

    @Test
    void aTableIsCountedWhileOthersChangeIt() throws Exception {
        Path died;
        try (TestDatabase database = TestDatabase.in(folder.resolve("database"))) {
            insert(database, 0, ROWS);
            died = copyOfNow(database, "died");
        }
        try (TestDatabase database = TestDatabase.in(died)) {
            Thread writer = new Thread(() -> {
                for (int id = ROWS; id < ROWS + 300; id++) {
                    insert(database, id, id + 1);
                }
                delete(database, 0, 100);
            });
            writer.start();
            database.tables.recount(table);
            writer.join();
            assertThat(database.tables.rowCount(table)).isEqualTo(ROWS + 200);
            assertThat(database.tables.count(null, ScanRequest.all(table, ""))).isEqualTo(ROWS + 200);
        }
    }
}
