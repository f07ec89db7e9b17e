// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.RowBlock;
import org.kalamdb.storage.row.RowEncoder;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.type.KalamDataType;

final class RowCodecTest {
    private static final Instant NOW = TestDatabase.START;
    private static final RowExpiry NO_EXPIRY = RowExpiry.of(TestDatabase.simpleTable(TableType.SHARED, 1), () -> NOW);

    private final TestSchemaGuard guard = new TestSchemaGuard();

    @Test
    void readsBackWhatItWrote() {
        long seed = System.nanoTime();
        RandomValues values = new RandomValues(seed);
        Random random = new Random(seed);
        TableFormat format = new TableFormat(tableOfAllTypes(), guard);
        List<@Nullable Object[]> rows = new ArrayList<>();
        RowBlock block = new RowBlock(format.table(), NO_EXPIRY, 1, 0);
        for (int i = 0; i < 500; i++) {
            @Nullable Object[] row = randomRow(values, random);
            if (i % 50 == 0) {
                row[6] = "long".repeat(20_000 + i);
            }
            byte[] stored = format.encoder().encode(row, RowEncoder.NO_INSERTION_TIME);
            @Nullable Object[] read = format.values(RowBlock.of(format.table(), NO_EXPIRY, stored), 0);
            assertThat(Arrays.deepEquals(read, row)).as("seed %d", seed).isTrue();
            block.add(stored);
            rows.add(row);
        }
        ColumnBatch batch = read(format, block);
        for (int i = 0; i < rows.size(); i++) {
            for (int column = 0; column < RandomValues.TYPES.size(); column++) {
                assertThat(batch.column(column).storedValue(i))
                        .as("row %d, column %d, seed %d", i, column, seed)
                        .isEqualTo(rows.get(i)[column]);
            }
        }
    }

    private static TableDefinition tableOfAllTypes() {
        ColumnDefinition[] columns = IntStream.range(0, RandomValues.TYPES.size())
                .mapToObj(i -> ColumnDefinition.simple("c" + i, i + 1, RandomValues.TYPES.get(i)))
                .toArray(ColumnDefinition[]::new);
        return TestDatabase.table(TableType.SHARED, 1, columns);
    }

    private static @Nullable Object[] randomRow(RandomValues values, Random random) {
        @Nullable Object[] row = new Object[RandomValues.TYPES.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = random.nextInt(4) == 0 ? null : values.next(RandomValues.TYPES.get(i));
        }
        return row;
    }

    private static ColumnBatch read(TableFormat format, RowBlock block) {
        int[] all = IntStream.range(0, format.table().columns().size()).toArray();
        BatchBuilder builder = format.builder(all, 2);
        format.read(block, all, builder);
        return builder.build(block.count());
    }

    @Test
    void readsRowsOfEveryVersionAsTheCurrentOne() {
        TableDefinition v1 = TestDatabase.table(
                TableType.SHARED,
                1,
                ColumnDefinition.simple("a", 1, KalamDataType.INT),
                ColumnDefinition.simple("b", 2, KalamDataType.TEXT));
        ColumnDefinition added = withInitialDefault("c", KalamDataType.INT, IntNode.valueOf(7));
        TableDefinition v2 = v1.addColumn(added, NOW);
        TableDefinition v3 = v2.dropColumn("b", NOW);
        TableDefinition v4 = v3.addColumn(ColumnDefinition.simple("b", 4, KalamDataType.TEXT), NOW);
        TableDefinition v5 = v4.renameColumn("a", "x", NOW);
        RowBlock block = new RowBlock(v5, NO_EXPIRY, 1, 0);
        block.add(encode(v1, 1, "old"));
        block.add(encode(v2, 2, "old", 20));
        block.add(encode(v3, 3, 30));
        block.add(encode(v4, 4, null, null));
        block.add(encode(v5, 5, 50, "new"));
        block.add(encode(v1, 6, "old"));

        TableFormat format = new TableFormat(v5, guard);
        List<List<@Nullable Object>> expected = List.of(
                Arrays.asList(1, 7, null),
                Arrays.asList(2, 20, null),
                Arrays.asList(3, 30, null),
                Arrays.asList(4, null, null),
                Arrays.asList(5, 50, "new"),
                Arrays.asList(6, 7, null));
        ColumnBatch batch = read(format, block);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(format.values(block, row)).containsExactlyElementsOf(expected.get(row));
            for (int column = 0; column < 3; column++) {
                assertThat(batch.column(column).storedValue(row))
                        .isEqualTo(expected.get(row).get(column));
            }
        }
    }

    private static ColumnDefinition withInitialDefault(String name, KalamDataType type, JsonNode value) {
        ColumnDefault literal = new ColumnDefault.Literal(value);
        return new ColumnDefinition(9, name, 9, type, null, true, false, false, literal, literal, null, null);
    }

    private byte[] encode(TableDefinition table, @Nullable Object... row) {
        return new TableFormat(table, guard).encoder().encode(row, RowEncoder.NO_INSERTION_TIME);
    }

    @Test
    void convertsWidenedTypes() {
        assertWidened(KalamDataType.SMALLINT, (short) -5, KalamDataType.INT, -5);
        assertWidened(KalamDataType.SMALLINT, (short) -5, KalamDataType.BIGINT, -5L);
        assertWidened(KalamDataType.INT, 5, KalamDataType.BIGINT, 5L);
        assertWidened(KalamDataType.INT, 5, KalamDataType.decimal(12, 2), new BigDecimal("5.00"));
        assertWidened(KalamDataType.BIGINT, -5L, KalamDataType.decimal(38, 2), new BigDecimal("-5.00"));
        assertWidened(KalamDataType.FLOAT, 1.5f, KalamDataType.DOUBLE, 1.5);
        assertWidened(
                KalamDataType.decimal(5, 2),
                new BigDecimal("-1.25"),
                KalamDataType.decimal(10, 2),
                new BigDecimal("-1.25"));
        assertWidened(
                KalamDataType.decimal(5, 2),
                new BigDecimal("1.25"),
                KalamDataType.decimal(30, 4),
                new BigDecimal("1.2500"));
        assertWidened(KalamDataType.JSON, "{\"a\":1}", KalamDataType.TEXT, "{\"a\":1}");
    }

    private void assertWidened(KalamDataType from, Object stored, KalamDataType to, Object expected) {
        TableDefinition before = TestDatabase.table(TableType.SHARED, 1, ColumnDefinition.simple("a", 1, from));
        TableDefinition after = before.modifyColumn("a", to, null, true, NOW);
        RowBlock block = new RowBlock(after, NO_EXPIRY, 1, 0);
        block.add(encode(before, stored));
        block.add(encode(before, (Object) null));
        block.add(encode(after, expected));

        TableFormat format = new TableFormat(after, guard);
        ColumnBatch batch = read(format, block);
        assertThat(format.values(block, 0)).containsExactly(expected);
        assertThat(batch.column(0).storedValue(0)).isEqualTo(expected);
        assertThat(batch.column(0).storedValue(1)).isNull();
        assertThat(batch.column(0).storedValue(2)).isEqualTo(expected);
    }

    @Test
    void convertsInitialDefaultsByType() {
        ColumnDefinition column = withInitialDefault("d", KalamDataType.DATE, TextNode.valueOf("1970-01-03"));
        TableDefinition v1 =
                TestDatabase.table(TableType.SHARED, 1, ColumnDefinition.simple("a", 1, KalamDataType.INT));
        TableDefinition v2 = v1.addColumn(column, NOW);
        assertThat(new TableFormat(v2, guard).values(RowBlock.of(v2, NO_EXPIRY, encode(v1, 1)), 0))
                .containsExactly(1, 2);
    }

    @Test
    void aReaderBehindTheSchemaIsToldToRetry() {
        TableDefinition v1 = TestDatabase.simpleTable(TableType.SHARED, 1);
        TableDefinition v2 = v1.addColumn(ColumnDefinition.simple("more", 3, KalamDataType.INT), NOW);
        byte[] stored = encode(v2, 1L, "a", 2);
        TableFormat behind = new TableFormat(v1, guard);
        guard.altered(v2);
        assertThatThrownBy(() -> behind.values(RowBlock.of(v1, NO_EXPIRY, stored), 0))
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
    }

    @Test
    void damagedBytesAreReportedAsSuch() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomValues values = new RandomValues(seed);
        TableFormat format = new TableFormat(tableOfAllTypes(), guard);
        int reported = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] stored = format.encoder().encode(randomRow(values, random), RowEncoder.NO_INSERTION_TIME);
            if (random.nextInt(3) == 0) {
                stored = Arrays.copyOf(stored, random.nextInt(stored.length + 20));
            }
            for (int flips = random.nextInt(4); flips > 0 && stored.length > 0; flips--) {
                stored[random.nextInt(stored.length)] = (byte) random.nextInt();
            }
            try {
                RowBlock block = new RowBlock(format.table(), NO_EXPIRY, 1, 0);
                block.add(stored);
                read(format, block);
                format.values(block, 0);
            } catch (KalamException e) {
                assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.DATA_CORRUPTED);
                reported++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(reported).isPositive();
    }
}
