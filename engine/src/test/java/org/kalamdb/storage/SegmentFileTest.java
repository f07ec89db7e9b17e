// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.PageCompression;
import org.kalamdb.storage.cold.PageDecompressor;
import org.kalamdb.storage.cold.SegmentColumn;
import org.kalamdb.storage.cold.SegmentColumnReader;
import org.kalamdb.storage.cold.SegmentFile;
import org.kalamdb.storage.cold.SegmentSummary;
import org.kalamdb.storage.cold.SegmentWriter;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.type.KalamDataType;

final class SegmentFileTest {
    private static final int BATCH_ROWS = 1000;

    private final PageDecompressor decompressor = new PageDecompressor();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        decompressor.close();
    }

    @Test
    void readsWhatWasWrittenInAllTypes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomValues values = new RandomValues(seed);
        List<SegmentColumn> columns = columns();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int row = 0; row < 10_000; row++) {
            @Nullable Object[] cells = new @Nullable Object[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                SegmentColumn column = columns.get(i);
                cells[i] = column.nullable() && random.nextInt(3) == 0 ? null : values.next(column.type());
            }
            cells[0] = (long) row;
            rows.add(cells);
        }
        Path path = folder.resolve("a/b/segment.parquet");
        SegmentSummary summary = write(path, columns, rows);
        try (SegmentFile file = SegmentFile.open(FileAccess.system(), path, columns, summary, decompressor)) {
            assertThat(file.rowCount()).isEqualTo(rows.size());
            for (int i = 0; i < columns.size(); i++) {
                SegmentColumnReader reader = file.reader(i, 0, file.pageCount() - 1);
                for (int page = 0; page < file.pageCount(); page++) {
                    ColumnVector decoded = reader.page(page).values();
                    int[] all = new int[file.firstRow(page + 1) - file.firstRow(page)];
                    Arrays.setAll(all, row -> row);
                    VectorBuilder builder = VectorBuilder.of(columns.get(i).type(), 0);
                    builder.append(decoded, all, 0, all.length);
                    for (int row = 0; row < all.length; row++) {
                        Object expected = rows.get(file.firstRow(page) + row)[i];
                        assertThat(decoded.storedValue(row))
                                .as("seed %d, column %s, row %d", seed, columns.get(i), row)
                                .isEqualTo(expected);
                        assertThat(builder.build().storedValue(row))
                                .as("seed %d, column %s, row %d", seed, columns.get(i), row)
                                .isEqualTo(expected);
                    }
                }
            }
            file.verify();
        }
    }

    @Test
    void findsKeysByPageAndFilter() {
        List<SegmentColumn> columns = List.of(columns().get(0));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (long key = 0; key < 20_000; key += 2) {
            rows.add(new @Nullable Object[] {key});
        }
        Path path = folder.resolve("keys.parquet");
        SegmentSummary summary = write(path, columns, rows);
        assertThat(summary.minKey()).isEqualTo(key(0));
        assertThat(summary.maxKey()).isEqualTo(key(19_998));
        try (SegmentFile file = SegmentFile.open(FileAccess.system(), path, columns, summary, decompressor)) {
            int wrong = 0;
            for (long key = 0; key < 20_000; key += 2) {
                assertThat(file.mayContain(key(key))).isTrue();
                int page = file.findPage(key(key));
                assertThat((int) key / 2).isBetween(file.firstRow(page), file.firstRow(page + 1) - 1);
                wrong += file.mayContain(key(key + 1)) ? 1 : 0;
            }
            assertThat(wrong).isLessThan(1_000);
            assertThat(file.findPage(key(-1))).isEqualTo(-1);
        }
    }

    @Test
    void namesADamagedFile() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<SegmentColumn> columns = List.of(columns().get(0));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (long key = 0; key < 5_000; key++) {
            rows.add(new @Nullable Object[] {key});
        }
        Path path = folder.resolve("damaged.parquet");
        SegmentSummary summary = write(path, columns, rows);
        byte[] sound = Files.readAllBytes(path);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            if (i % 2 == 1) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(path, damaged);
            assertThatThrownBy(() -> readAll(path, columns, summary))
                    .as("seed %d, damage %d", seed, i)
                    .isInstanceOf(KalamException.class)
                    .hasMessageContaining("damaged.parquet")
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.DATA_CORRUPTED);
        }
        Files.delete(path);
        assertThatThrownBy(() -> readAll(path, columns, summary)).hasMessageContaining("damaged.parquet");
    }

    private void readAll(Path path, List<SegmentColumn> columns, SegmentSummary summary) {
        try (SegmentFile file = SegmentFile.open(FileAccess.system(), path, columns, summary, decompressor)) {
            SegmentColumnReader reader = file.reader(0, 0, file.pageCount() - 1);
            for (int page = 0; page < file.pageCount(); page++) {
                reader.page(page);
            }
            file.verify();
        }
    }

    private static List<SegmentColumn> columns() {
        List<SegmentColumn> columns = new ArrayList<>();
        columns.add(new SegmentColumn(1, "id", KalamDataType.BIGINT, false, true));
        for (KalamDataType type : RandomValues.TYPES) {
            int id = columns.size() + 1;
            columns.add(new SegmentColumn(id, "c" + id, type, id % 3 != 0, false));
        }
        return columns;
    }

    private static byte[] key(long value) {
        return new KeyEncoder().unsignedInt(7).integer(value).toBytes();
    }

    private static SegmentSummary write(Path path, List<SegmentColumn> columns, List<@Nullable Object[]> rows) {
        try (SegmentWriter writer = SegmentWriter.create(FileAccess.system(), path, columns, PageCompression.ZSTD)) {
            for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
                BatchBuilder builder = new BatchBuilder(
                        columns.stream().map(SegmentColumn::type).toList(), 0);
                List<@Nullable Object[]> part = rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS));
                part.forEach(builder::appendRow);
                writer.write(builder.build(), row -> key((Long) part.get(row)[0]));
            }
            return writer.finish();
        }
    }
}
