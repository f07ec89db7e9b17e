// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.FolderNames;
import org.kalamdb.storage.cold.PageCompression;
import org.kalamdb.storage.cold.SegmentColumn;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.cold.SegmentWriter;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.type.KalamDataType;

/** A segment of a table that is being written. Confined to one thread; must be closed, which removes an unfinished file. */
final class NewSegment implements AutoCloseable {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    /** About what a batch takes. */
    private static final long BATCH_BYTES = 64 << 10;

    private final RocksStorage storage;
    private final TableFormat format;
    private final @Nullable String user;
    private final long segmentId;
    private final String file;
    private final Path path;
    private final List<SegmentColumn> columns;
    private final List<Integer> keyIndexes;
    private final FileAccess files;
    private final SegmentWriter writer;

    NewSegment(RocksStorage storage, TableFormat format, @Nullable String user) {
        this.storage = storage;
        this.format = format;
        this.user = user;
        this.segmentId = storage.sequences().segmentIds().next();
        TableDefinition table = format.table();
        String folder = FolderNames.encode(table.id().namespace()) + "/" + table.objectId()
                + (user == null ? "" : "/user=" + FolderNames.encode(user));
        this.file = ColdTier.fileName(folder, segmentId);
        this.path = storage.cold().requireFolder().resolve(file);
        List<Integer> keys = format.keys().keyIndexes();
        this.columns = columns(table, keys);
        this.keyIndexes = keys.isEmpty() ? List.of(columns.size() - 1) : keys;
        this.files = storage.cold().files();
        this.writer = SegmentWriter.create(
                files, path, columns, PageCompression.of(table.options().compression()));
    }

    private static List<SegmentColumn> columns(TableDefinition table, List<Integer> keyIndexes) {
        List<SegmentColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            columns.add(new SegmentColumn(
                    column.columnId(), column.name(), column.dataType(), column.nullable(), keyIndexes.contains(i)));
        }
        columns.add(SegmentColumn.seq());
        if (keyIndexes.isEmpty()) {
            columns.add(SegmentColumn.rowId());
        }
        return columns;
    }

    /** What {@link #write} wants to know of the rows of a table. */
    static ScanRequest request(TableDefinition table) {
        int[] columnIndexes = new int[SystemColumns.seqIndex(table) + 1];
        Arrays.setAll(columnIndexes, index -> index);
        return ScanRequest.of(table, "", columnIndexes, KeyRange.ALL).withRowKeys();
    }

    /** @param batch as {@link #request} asks for it */
    void write(ColumnBatch batch, IntFunction<byte[]> rowKeys) {
        storage.requireRoom(BATCH_BYTES);
        writer.write(format.keys().hasPrimaryKey() ? batch : withRowIds(batch, rowKeys), rowKeys);
    }

    private ColumnBatch withRowIds(ColumnBatch batch, IntFunction<byte[]> rowKeys) {
        long[] rowIds = new long[batch.rowCount()];
        for (int row = 0; row < rowIds.length; row++) {
            rowIds[row] = format.keys().rowIdOf(rowKeys.apply(row));
        }
        List<ColumnVector> vectors = new ArrayList<>(batch.columns());
        vectors.add(new LongVector(KalamDataType.BIGINT, rowIds.length, rowIds, null));
        return new ColumnBatch(rowIds.length, vectors);
    }

    int rowCount() {
        return writer.rowCount();
    }

    /**
     * Removes the finished file after putting it in its place has failed, unless the manifest names it: a write that fails
     * may have been applied all the same.
     */
    void deleteUnlessNamed() {
        byte[] key = SegmentKeySpace.manifest(format.table().objectId(), segmentId);
        if (storage.getStored(KeySpace.SEGMENTS, null, key) != null) {
            return;
        }
        try {
            files.delete(path);
        } catch (IOException e) {
            throw FileFaults.failed("remove segment " + path, e);
        }
    }

    /** Ends the file, which is on the device then, and answers what the manifest has to say of it. */
    SegmentEntry finish(InstantSource clock) {
        Instant now = clock.instant();
        return new SegmentEntry(
                format.table().objectId(),
                segmentId,
                user,
                file,
                format.table().schemaVersion(),
                columns,
                keyIndexes,
                now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO,
                writer.finish());
    }

    @Override
    public void close() {
        writer.close();
    }
}
