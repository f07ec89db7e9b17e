// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.store.WriteBatch;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.type.KalamDataType;

/** What is wrong with stored rows is told, each by itself. */
final class TableCheckTest {
    private final TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 5);

    @TempDir
    private Path folder;

    private List<String> faults(TestDatabase database, TableDefinition definition) {
        List<String> faults = new ArrayList<>();
        try (StoreSnapshot snapshot = database.storage.snapshot()) {
            new TableCheck(
                            database.storage,
                            database.guard,
                            snapshot,
                            definition,
                            () -> {},
                            fault -> faults.add(fault.severity() + " " + fault.object() + ": " + fault.message()))
                    .run();
        }
        return faults;
    }

    private static void fill(TestDatabase database, TableDefinition definition) {
        database.commitRows(
                definition, TestDatabase.row(1L, "a"), TestDatabase.row(2L, "b"), TestDatabase.row(3L, "c"));
        database.segments.flush(definition);
        database.commitRows(definition, TestDatabase.row(4L, "d"), TestDatabase.row(5L, null));
    }

    private byte[] rowKey(long id) {
        return new RowKeys(table).ofKey("", List.of(id));
    }

    private static byte[] encoded(TestDatabase database, TableDefinition definition, @Nullable Object... values) {
        return new TableFormat(definition, database.guard).encode(definition.schemaVersion(), values, 1);
    }

    @Test
    void soundTableHasNoFaults() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);

            assertThat(faults(database, table)).isEmpty();
        }
    }

    @Test
    void rowsThatCannotBeDecodedAreNamed() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);
            database.storage.write(
                    KeySpace.ROWS,
                    new WriteBatch().put(rowKey(7), new byte[] {1, 0, 5}).put(rowKey(8), new byte[0]));

            assertThat(faults(database, table))
                    .hasSize(2)
                    .allMatch(fault -> fault.startsWith("ERROR hot rows: row ") && fault.contains("cannot be decoded"));
        }
    }

    @Test
    void rowUnderAForeignKeyIsNamed() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);
            database.storage.write(
                    KeySpace.ROWS, new WriteBatch().put(rowKey(7), encoded(database, table, 8L, "wrong")));

            assertThat(faults(database, table))
                    .singleElement()
                    .asString()
                    .startsWith("ERROR hot rows: row ")
                    .endsWith("is not stored under its primary key");
        }
    }

    @Test
    void keyInBothTiersIsNamed() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);
            database.storage.write(KeySpace.ROWS, new WriteBatch().put(rowKey(2), encoded(database, table, 2L, "b")));

            assertThat(faults(database, table))
                    .singleElement()
                    .asString()
                    .startsWith("ERROR rows: row ")
                    .endsWith("is there more than once");
        }
    }

    @Test
    void nullWhereItIsNotAllowedIsNamed() {
        TableDefinition strict = TestDatabase.table(
                TableType.SHARED,
                5,
                ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT),
                ColumnDefinition.simple("name", 2, KalamDataType.TEXT).withNullable(false));
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);

            assertThat(faults(database, strict))
                    .singleElement()
                    .asString()
                    .contains("has NULL in column name, which is NOT NULL");
        }
    }

    @Test
    void masksThatFitNoSegmentAreNamed() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);
            long segment = database.segments.segments(table).get(0).entry().segmentId();
            database.storage.write(
                    KeySpace.SEGMENTS,
                    new WriteBatch()
                            .put(SegmentKeySpace.mask(5, segment, 77), SegmentKeySpace.PRESENT)
                            .put(SegmentKeySpace.mask(5, segment + 1000, 0), SegmentKeySpace.PRESENT));

            assertThat(faults(database, table))
                    .hasSize(2)
                    .anyMatch(fault -> fault.endsWith("row 77 is masked and it has 3 rows"))
                    .anyMatch(fault -> fault.startsWith("WARNING masks: rows of segment " + (segment + 1000)));
        }
    }

    @Test
    void wrongCountIsNamed() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);
            database.storage.counts().set(5, new TableCounts.Totals(5000, 0));

            assertThat(faults(database, table))
                    .containsExactly("WARNING row count: it has 5 rows, the statistics say 5000");
        }
    }

    @Test
    void rowsOfNobodyAreNamed() {
        try (TestDatabase database = TestDatabase.in(folder)) {
            fill(database, table);
            List<String> found = new ArrayList<>();
            try (StoreSnapshot snapshot = database.storage.snapshot()) {
                StoreCheck check = new StoreCheck(database.storage, () -> {}, fault -> found.add(fault.message()));
                check.checkOwners(snapshot, Set.of(5L), Set.of());
                assertThat(found).isEmpty();

                check.checkOwners(snapshot, Set.of(6L), Set.of());
            }
            assertThat(found)
                    .containsExactly(
                            "there are some of object 5, which does not exist",
                            "it names a segment of object 5, which does not exist");
        }
    }
}
