// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
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
import org.kalamdb.engine.batch.ColumnBatch;

/**
 * Writes batches into a stream as one Parquet file. Confined to one thread.
 *
 * <p>Pages of all columns break at the same rows. Row groups are gathered on the heap.
 */
public final class ParquetWriter {
    private static final String CREATED_BY = "KalamDB version 0.1.0";
    private static final int PAGE_ROWS = 4096;
    private static final int GROUP_ROWS = 32 * PAGE_ROWS;
    private static final long PAGE_BYTES = 1L << 20;
    private static final long GROUP_BYTES = 64L << 20;
    private static final int DICTIONARY_BYTES = 1 << 20;

    /** A sketch of fewer rows would be larger than they are. */
    private static final int MIN_SKETCHED_ROWS = 1_000;

    /** Rows between looks at the sizes of pages. */
    private static final int SLICE_ROWS = 128;

    private final OutputStream out;
    private final List<SegmentColumn> columns;
    private final PageCompression compression;
    private final MessageType schema;
    private final List<ColumnDescriptor> descriptors;
    private final ParquetProperties properties;

    private final List<RowGroup> groups = new ArrayList<>();
    private final List<ChunkWriter.Finished> finishedChunks = new ArrayList<>();
    private List<ChunkWriter> chunks = List.of();
    private long position;
    private int rowCount;
    private int groupFirstRow;
    private int pageFirstRow;
    private byte[] columnIndexes = {};
    private long columnIndexPosition;

    /**
     * Begins a file.
     *
     * @param out where it goes; the caller flushes and closes it
     * @param columns the columns of the batches to come
     * @param compression of pages
     */
    public ParquetWriter(OutputStream out, List<SegmentColumn> columns, PageCompression compression)
            throws IOException {
        this.out = out;
        this.columns = List.copyOf(columns);
        this.compression = compression;
        this.schema = SegmentFormat.schema(columns);
        this.descriptors = schema.getColumns();
        this.properties = ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                .build();
        write(SegmentFormat.MAGIC);
    }

    /** Appends all rows of a batch. */
    public void write(ColumnBatch batch) throws IOException {
        for (int from = 0; from < batch.rowCount(); ) {
            from = write(batch, from);
        }
    }

    /** Whether the next row is the first of a page. */
    boolean isAtPageStart() {
        return rowCount == pageFirstRow;
    }

    /** Appends some rows, all of one page. @return the row after them */
    int write(ColumnBatch batch, int from) throws IOException {
        if (chunks.isEmpty()) {
            startGroup();
        }
        int room = Math.min(SLICE_ROWS, PAGE_ROWS - (rowCount - pageFirstRow));
        int to = Math.min(batch.rowCount(), from + room);
        for (int i = 0; i < chunks.size(); i++) {
            chunks.get(i).write(batch.column(i), from, to);
        }
        rowCount += to - from;
        endPageIfFull();
        return to;
    }

    /** Rows written so far. */
    public int rowCount() {
        return rowCount;
    }

    /** Bytes written so far; those of the row group being gathered are not counted. */
    long sizeInBytes() {
        return position;
    }

    private void startGroup() {
        List<ChunkWriter> started = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            started.add(new ChunkWriter(columns.get(i), descriptors.get(i), properties, compression));
        }
        chunks = started;
        groupFirstRow = rowCount;
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

    /** Writes what is still on the heap, and what finds values: bloom filters and the offsets of pages. */
    public void finishRows() throws IOException {
        if (rowCount > pageFirstRow) {
            endPage();
        }
        if (!chunks.isEmpty()) {
            endGroup();
        }
        writeBloomFilters();
        writeColumnIndexes();
        writeOffsetIndexes();
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

    private void writeColumnIndexes() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int next = 0;
        for (RowGroup group : groups) {
            for (ColumnChunk chunk : group.getColumns()) {
                ColumnIndex bounds = finishedChunks.get(next++).bounds();
                if (bounds != null) {
                    int start = all.size();
                    Util.writeColumnIndex(bounds, all);
                    chunk.setColumn_index_offset(position + start).setColumn_index_length(all.size() - start);
                }
            }
        }
        columnIndexes = all.toByteArray();
        columnIndexPosition = position;
        write(columnIndexes);
    }

    /** Where the least and greatest values of all pages are, as a footer entry says it. */
    String columnIndexPlace() {
        return SegmentFormat.place(columnIndexPosition, columnIndexes);
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

    /**
     * Ends the file.
     *
     * @param entries what the footer says besides
     * @return the bytes written, which are the end of the file
     */
    public byte[] writeFooter(Map<String, String> entries) throws IOException {
        List<ColumnOrder> orders = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
        }
        FileMetaData metadata = new FileMetaData(1, ParquetSchemas.elements(schema), rowCount, groups)
                .setCreated_by(CREATED_BY)
                .setColumn_orders(orders)
                .setKey_value_metadata(entries.entrySet().stream()
                        .map(entry -> new KeyValue(entry.getKey()).setValue(entry.getValue()))
                        .toList());
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, footer);
        int length = footer.size();
        footer.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array());
        footer.write(SegmentFormat.MAGIC);
        byte[] end = footer.toByteArray();
        write(end);
        return end;
    }

    /** Statistics of each column over all row groups, in file order. */
    List<ColumnSummary> summaries() {
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
                    total.hasBounds() ? total.max() : null,
                    rowCount < MIN_SKETCHED_ROWS ? null : total.sketch().toBytes()));
        }
        return summaries;
    }

    /** Writes bytes where other readers of Parquet do not look: after the rows, before the footer. */
    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }
}
