// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SplitBlockAlgorithm;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Uncompressed;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.XxHash;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.NewFile;

/**
 * Writes a segment: rows in key order into one Parquet file. Confined to one thread; must be closed, which removes the
 * file unless it was finished.
 *
 * <p>Pages of all columns break at the same rows, so that one row is one page of each column. Row groups are gathered on
 * the heap.
 */
public final class SegmentWriter implements AutoCloseable {
    private static final String CREATED_BY = "KalamDB version 0.1.0";
    private static final int PAGE_ROWS = 4096;
    private static final int GROUP_ROWS = 32 * PAGE_ROWS;
    private static final long PAGE_BYTES = 1L << 20;
    private static final long GROUP_BYTES = 64L << 20;
    private static final int DICTIONARY_BYTES = 256 << 10;
    /** Rows between looks at the sizes of pages. */
    private static final int SLICE_ROWS = 128;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final List<SegmentColumn> columns;
    private final MessageType schema;
    private final List<ColumnDescriptor> descriptors;
    private final ParquetProperties properties;
    private final List<Path> foldersToSync;
    private final FileAccess files;
    private final NewFile newFile;
    private final CRC32C checksum = new CRC32C();
    private final OutputStream out;

    private final List<RowGroup> groups = new ArrayList<>();
    private final List<ChunkWriter.Finished> finishedChunks = new ArrayList<>();
    private final List<Integer> pageFirstRows = new ArrayList<>();
    private final List<byte[]> pageFirstKeys = new ArrayList<>();
    private long[] keyHashes = new long[PAGE_ROWS];
    private byte @Nullable [] minKey;
    private byte[] maxKey = {};
    private List<ChunkWriter> chunks = List.of();
    private long position;
    private int rowCount;
    private int groupFirstRow;
    private int pageFirstRow;
    private boolean finished;

    private SegmentWriter(FileAccess files, Path file, List<SegmentColumn> columns) throws IOException {
        this.files = files;
        this.file = file;
        this.columns = List.copyOf(columns);
        this.schema = SegmentFormat.schema(columns);
        this.descriptors = schema.getColumns();
        this.properties = ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                .build();
        this.foldersToSync =
                createFolders(files, requireNonNull(file.toAbsolutePath().getParent(), "The file has no folder"));
        this.newFile = files.create(file);
        this.out = new CheckedOutputStream(new BufferedOutputStream(newFile, BUFFER_BYTES), checksum);
        write(SegmentFormat.MAGIC);
    }

    /**
     * Begins a segment.
     *
     * @param files where files are
     * @param file where to write it; its folders are made if they are missing
     * @param columns the columns of the batches to come
     * @throws KalamException IO_ERROR
     */
    public static SegmentWriter create(FileAccess files, Path file, List<SegmentColumn> columns) {
        try {
            return new SegmentWriter(files, file, columns);
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
        return position;
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
                if (rowCount == pageFirstRow) {
                    startPage(rowKeys.apply(from));
                }
                int room = Math.min(SLICE_ROWS, PAGE_ROWS - (rowCount - pageFirstRow));
                int to = Math.min(batch.rowCount(), from + room);
                for (int i = 0; i < chunks.size(); i++) {
                    chunks.get(i).write(batch.column(i), from, to);
                }
                addKeys(rowKeys, from, to);
                from = to;
                endPageIfFull();
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

    private void startPage(byte[] firstKey) {
        if (chunks.isEmpty()) {
            List<ChunkWriter> started = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                started.add(new ChunkWriter(columns.get(i), descriptors.get(i), properties));
            }
            chunks = started;
            groupFirstRow = rowCount;
        }
        if (minKey == null) {
            minKey = firstKey;
        }
        pageFirstRows.add(rowCount);
        pageFirstKeys.add(firstKey);
    }

    private void endPageIfFull() throws IOException {
        boolean full = rowCount - pageFirstRow >= PAGE_ROWS;
        for (int i = 0; i < chunks.size() && !full; i++) {
            full = chunks.get(i).pageBytes() >= PAGE_BYTES;
        }
        if (full) {
            endPage();
            long bytes = 0;
            for (ChunkWriter chunk : chunks) {
                bytes += chunk.compressedBytes();
            }
            if (rowCount - groupFirstRow >= GROUP_ROWS || bytes >= GROUP_BYTES) {
                endGroup();
            }
        }
    }

    private void endPage() throws IOException {
        for (ChunkWriter chunk : chunks) {
            chunk.endPage(pageFirstRow - groupFirstRow);
        }
        pageFirstRow = rowCount;
    }

    private void endGroup() throws IOException {
        List<ColumnChunk> written = new ArrayList<>(chunks.size());
        long start = position;
        long uncompressed = 0;
        for (ChunkWriter chunk : chunks) {
            ChunkWriter.Finished done = chunk.finish(out, position);
            position = done.end();
            finishedChunks.add(done);
            uncompressed += done.metadata().getTotal_uncompressed_size();
            written.add(new ColumnChunk(0).setMeta_data(done.metadata()));
        }
        groups.add(new RowGroup(written, uncompressed, rowCount - groupFirstRow)
                .setFile_offset(start)
                .setTotal_compressed_size(position - start)
                .setOrdinal((short) groups.size()));
        chunks = List.of();
    }

    /**
     * Ends the file and returns when it and its folder are on the device.
     *
     * @throws KalamException IO_ERROR
     * @throws IllegalStateException if no row was written
     */
    public SegmentSummary finish() {
        byte[] firstKey = minKey;
        if (firstKey == null) {
            throw new IllegalStateException("A segment has at least one row");
        }
        try {
            if (rowCount > pageFirstRow) {
                endPage();
            }
            if (!chunks.isEmpty()) {
                endGroup();
            }
            writeBloomFilters();
            writeOffsetIndexes();
            String keyIndex = writeKeyIndex();
            int footerChecksum = writeFooter(keyIndex);
            out.flush();
            newFile.sync();
            out.close();
            syncFolders();
            finished = true;
            return new SegmentSummary(
                    position, (int) checksum.getValue(), footerChecksum, rowCount, firstKey, maxKey, summaries());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void writeBloomFilters() throws IOException {
        for (ChunkWriter.Finished chunk : finishedChunks) {
            BlockSplitBloomFilter filter = chunk.bloomFilter();
            if (filter != null) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Util.writeBloomFilterHeader(
                        new BloomFilterHeader(
                                filter.getBitsetSize(),
                                BloomFilterAlgorithm.BLOCK(new SplitBlockAlgorithm()),
                                BloomFilterHash.XXHASH(new XxHash()),
                                BloomFilterCompression.UNCOMPRESSED(new Uncompressed())),
                        bytes);
                filter.writeTo(bytes);
                chunk.metadata().setBloom_filter_offset(position).setBloom_filter_length(bytes.size());
                write(bytes.toByteArray());
            }
        }
    }

    private void writeOffsetIndexes() throws IOException {
        int next = 0;
        for (RowGroup group : groups) {
            for (ColumnChunk chunk : group.getColumns()) {
                OffsetIndex offsets = finishedChunks.get(next++).offsets();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Util.writeOffsetIndex(offsets, bytes);
                chunk.setOffset_index_offset(position).setOffset_index_length(bytes.size());
                write(bytes.toByteArray());
            }
        }
    }

    private String writeKeyIndex() throws IOException {
        byte[] bytes = KeyIndex.encode(pageFirstRows, pageFirstKeys, keyHashes, rowCount);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        String place = position + " " + bytes.length + " " + crc.getValue();
        write(bytes);
        return place;
    }

    private int writeFooter(String keyIndex) throws IOException {
        List<ColumnOrder> orders = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
        }
        FileMetaData metadata = new FileMetaData(1, ParquetSchemas.elements(schema), rowCount, groups)
                .setCreated_by(CREATED_BY)
                .setColumn_orders(orders)
                .setKey_value_metadata(List.of(new KeyValue(SegmentFormat.KEY_INDEX).setValue(keyIndex)));
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, footer);
        int length = footer.size();
        footer.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array());
        footer.write(SegmentFormat.MAGIC);
        CRC32C crc = new CRC32C();
        crc.update(footer.toByteArray());
        write(footer.toByteArray());
        return (int) crc.getValue();
    }

    private List<ColumnSummary> summaries() {
        List<ColumnSummary> summaries = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            ValueStatistics total = new ValueStatistics(descriptors.get(i).getPrimitiveType());
            for (int chunk = i; chunk < finishedChunks.size(); chunk += columns.size()) {
                total.merge(finishedChunks.get(chunk).statistics());
            }
            summaries.add(new ColumnSummary(
                    columns.get(i).columnId(),
                    total.nullCount(),
                    total.hasBounds() ? total.min() : null,
                    total.hasBounds() ? total.max() : null));
        }
        return summaries;
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
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
        return new KalamException(
                ErrorCode.IO_ERROR,
                "Failed to write segment " + file + ": " + e + "; check the space and the rights",
                e);
    }
}
