// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;
import org.kalamdb.storage.file.NewFile;

/**
 * Writes a segment: rows in key order into one Parquet file. Confined to one thread; must be closed, which removes the
 * file unless it was finished.
 *
 * <p>Pages of all columns break at the same rows, so that one row is one page of each column. Row groups are gathered on
 * the heap.
 */
public final class SegmentWriter implements AutoCloseable {
    private static final int INITIAL_KEYS = 4096;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final List<Path> foldersToSync;
    private final FileAccess files;
    private final NewFile newFile;
    private final CRC32C checksum = new CRC32C();
    private final OutputStream out;
    private final ParquetWriter parquet;

    private final List<Integer> pageFirstRows = new ArrayList<>();
    private final List<byte[]> pageFirstKeys = new ArrayList<>();
    private long[] keyHashes = new long[INITIAL_KEYS];
    private byte[] maxKey = {};
    private int rowCount;
    private boolean finished;

    private SegmentWriter(FileAccess files, Path file, List<SegmentColumn> columns, PageCompression compression)
            throws IOException {
        this.files = files;
        this.file = file;
        this.foldersToSync =
                createFolders(files, requireNonNull(file.toAbsolutePath().getParent(), "The file has no folder"));
        this.newFile = files.create(file);
        this.out = new CheckedOutputStream(new BufferedOutputStream(newFile, BUFFER_BYTES), checksum);
        this.parquet = new ParquetWriter(out, columns, compression);
    }

    /**
     * Begins a segment.
     *
     * @param files where files are
     * @param file where to write it; its folders are made if they are missing
     * @param columns the columns of the batches to come
     * @param compression of its pages
     * @throws KalamException IO_ERROR
     */
    public static SegmentWriter create(
            FileAccess files, Path file, List<SegmentColumn> columns, PageCompression compression) {
        try {
            return new SegmentWriter(files, file, columns, compression);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Rows written so far. */
    public int rowCount() {
        return rowCount;
    }

    /** Bytes in the file so far; those of the row group being gathered are not counted. */
    public long sizeInBytes() {
        return parquet.sizeInBytes();
    }

    /**
     * Appends rows, whose keys must be greater than all before.
     *
     * @param rowKeys the row key of each row of the batch
     * @throws KalamException IO_ERROR
     */
    public void write(ColumnBatch batch, IntFunction<byte[]> rowKeys) {
        try {
            for (int from = 0; from < batch.rowCount(); ) {
                if (parquet.isAtPageStart()) {
                    pageFirstRows.add(rowCount);
                    pageFirstKeys.add(rowKeys.apply(from));
                }
                int to = parquet.write(batch, from);
                addKeys(rowKeys, from, to);
                from = to;
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void addKeys(IntFunction<byte[]> rowKeys, int from, int to) {
        if (rowCount + to - from > keyHashes.length) {
            keyHashes = Arrays.copyOf(keyHashes, 2 * keyHashes.length);
        }
        for (int row = from; row < to; row++) {
            maxKey = rowKeys.apply(row);
            keyHashes[rowCount++] = KeyIndex.hash(maxKey);
        }
    }

    /**
     * Ends the file and returns when it and its folder are on the device.
     *
     * @throws KalamException IO_ERROR
     * @throws IllegalStateException if no row was written
     */
    public SegmentSummary finish() {
        if (pageFirstKeys.isEmpty()) {
            throw new IllegalStateException("A segment has at least one row");
        }
        try {
            parquet.finishRows();
            String keyIndex = writeKeyIndex();
            byte[] footer = parquet.writeFooter(
                    Map.of(SegmentFormat.KEY_INDEX, keyIndex, SegmentFormat.COLUMN_INDEX, parquet.columnIndexPlace()));
            out.flush();
            newFile.sync();
            out.close();
            syncFolders();
            finished = true;
            return new SegmentSummary(
                    parquet.sizeInBytes(),
                    (int) checksum.getValue(),
                    SegmentFormat.crc(footer),
                    rowCount,
                    pageFirstKeys.get(0),
                    maxKey,
                    parquet.summaries());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private String writeKeyIndex() throws IOException {
        byte[] bytes = KeyIndex.encode(pageFirstRows, pageFirstKeys, keyHashes, rowCount);
        long position = parquet.sizeInBytes();
        parquet.write(bytes);
        return SegmentFormat.place(position, bytes);
    }

    /** Makes a folder and answers those that have a new entry once the file is in it. */
    private static List<Path> createFolders(FileAccess files, Path folder) throws IOException {
        List<Path> changed = new ArrayList<>();
        changed.add(folder);
        Path missing = folder;
        while (!Files.exists(missing)) {
            missing = requireNonNull(missing.getParent(), "No folder exists");
            changed.add(missing);
        }
        files.createFolders(folder);
        return changed;
    }

    /** The name of a new file is safe only when its folders are. */
    private void syncFolders() throws IOException {
        for (Path folder : foldersToSync) {
            files.syncFolder(folder);
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            try {
                newFile.close();
            } finally {
                files.delete(file);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static KalamException failed(Path file, IOException e) {
        return FileFaults.failed("write segment " + file, e);
    }
}
