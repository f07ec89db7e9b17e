// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.EmbeddingVector;

/** Gathers the pages of one column of one row group on the heap. Confined to one thread. */
final class ChunkWriter {
    /** The rate of false positives that Parquet's writers aim at. */
    private static final double BLOOM_FALSE_POSITIVES = 0.01;

    /** The part of its bytes that compression must save to be worth what it costs to undo. */
    private static final int MIN_SAVED_PART = 8;

    private final ColumnDescriptor descriptor;
    private final ValuesWriter values;
    private final boolean isOfWholeNumbers;
    /** Of all pages; known when the first is there. */
    private PageCompression compression;

    private final ValuesWriter definitionLevels;
    private final ValuesWriter repetitionLevels;
    private final ValueStatistics statistics;
    private final ColumnIndexBuilder columnIndex;
    private final ValueSink sink;

    private final List<byte[]> pages = new ArrayList<>();
    private final List<Integer> firstRows = new ArrayList<>();
    private final Set<Encoding> encodings = EnumSet.of(Encoding.RLE);
    private long uncompressedBytes;
    private long compressedBytes;
    private long valueCount;
    private int pageValueCount;
    private ValueStatistics pageStatistics;

    ChunkWriter(
            SegmentColumn column,
            ColumnDescriptor descriptor,
            ParquetProperties properties,
            PageCompression compression) {
        this.descriptor = descriptor;
        this.compression = compression;
        this.values = valuesWriter(descriptor, properties);
        this.isOfWholeNumbers = isOfWholeNumbers(descriptor);
        this.definitionLevels = properties.newDefinitionLevelWriter(descriptor);
        this.repetitionLevels = properties.newRepetitionLevelWriter(descriptor);
        this.statistics = new ValueStatistics(descriptor.getPrimitiveType());
        // Bounds of elements say nothing of the rows that have them.
        this.columnIndex = descriptor.getMaxRepetitionLevel() > 0
                ? ColumnIndexBuilder.getNoOpBuilder()
                : ColumnIndexBuilder.getBuilder(descriptor.getPrimitiveType(), ValueStatistics.MAX_BOUND_BYTES);
        this.pageStatistics = new ValueStatistics(descriptor.getPrimitiveType());
        this.sink = ValueSink.of(column, values, pageStatistics);
    }

    private static boolean isOfWholeNumbers(ColumnDescriptor descriptor) {
        PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        return type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
    }

    private static ValuesWriter valuesWriter(ColumnDescriptor descriptor, ParquetProperties properties) {
        if (!isOfWholeNumbers(descriptor)) {
            return properties.newValuesWriter(descriptor);
        }
        return descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32
                ? WholeNumberWriters.ofInts(properties)
                : WholeNumberWriters.ofLongs(properties);
    }

    /** Appends the rows {@code from} to {@code to} (exclusive) of a vector. */
    void write(ColumnVector vector, int from, int to) {
        int present = descriptor.getMaxDefinitionLevel();
        int elements = vector instanceof EmbeddingVector embedding ? embedding.dimension() : 1;
        for (int row = from; row < to; row++) {
            if (vector.isNull(row)) {
                repetitionLevels.writeInteger(0);
                definitionLevels.writeInteger(0);
                pageStatistics.addNull();
                pageValueCount++;
                continue;
            }
            for (int i = 0; i < elements; i++) {
                repetitionLevels.writeInteger(i == 0 ? 0 : 1);
                definitionLevels.writeInteger(present);
            }
            pageValueCount += elements;
            sink.write(vector, row);
        }
    }

    /** About how many bytes the page being written has. */
    long pageBytes() {
        return values.getBufferedSize();
    }

    /** Bytes of the finished pages. */
    long compressedBytes() {
        return compressedBytes;
    }

    /** @param firstRow of the page, counted in the row group */
    void endPage(int firstRow) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        repetitionLevels.getBytes().writeAllTo(plain);
        definitionLevels.getBytes().writeAllTo(plain);
        values.getBytes().writeAllTo(plain);
        Encoding encoding = Encoding.valueOf(values.getEncoding().name());
        encodings.add(encoding);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, 0, 0)
                .setData_page_header(new DataPageHeader(pageValueCount, encoding, Encoding.RLE, Encoding.RLE));
        byte[] bytes = plain.toByteArray();
        if (pages.isEmpty() && isOfWholeNumbers) {
            compression = worthwhile(bytes);
        }
        pages.add(page(header, bytes));
        firstRows.add(firstRow);
        valueCount += pageValueCount;
        pageValueCount = 0;
        endStatistics();
        values.reset();
        definitionLevels.reset();
        repetitionLevels.reset();
    }

    /**
     * None if it makes a page little smaller. Numbers are as short as they can be by then, of other values only those of the
     * dictionary, which comes last.
     */
    private PageCompression worthwhile(byte[] firstPage) throws IOException {
        return compression.compress(firstPage).length > firstPage.length - firstPage.length / MIN_SAVED_PART
                ? PageCompression.UNCOMPRESSED
                : compression;
    }

    private void endStatistics() {
        statistics.merge(pageStatistics);
        pageStatistics.addTo(columnIndex);
        pageStatistics = new ValueStatistics(descriptor.getPrimitiveType());
        sink.beginPage(pageStatistics);
    }

    /** Least and greatest values of the pages as the format wants them, or null if they have none. */
    private @Nullable ColumnIndex columnIndex() {
        org.apache.parquet.internal.column.columnindex.ColumnIndex built =
                statistics.hasNan() ? null : columnIndex.build();
        return built == null
                ? null
                : new ColumnIndex(
                                built.getNullPages(),
                                built.getMinValues(),
                                built.getMaxValues(),
                                BoundaryOrder.valueOf(built.getBoundaryOrder().name()))
                        .setNull_counts(built.getNullCounts());
    }

    private byte[] page(PageHeader header, byte[] plain) throws IOException {
        byte[] compressed = compression.compress(plain);
        CRC32 checksum = new CRC32();
        checksum.update(compressed);
        header.setUncompressed_page_size(plain.length)
                .setCompressed_page_size(compressed.length)
                .setCrc((int) checksum.getValue());
        ByteArrayOutputStream page = new ByteArrayOutputStream(compressed.length + 64);
        Util.writePageHeader(header, page);
        uncompressedBytes += page.size() + plain.length;
        page.write(compressed);
        compressedBytes += page.size();
        return page.toByteArray();
    }

    /** Writes all pages and says what they are. @param position of the stream in the file */
    Finished finish(OutputStream target, long position) throws IOException {
        byte[] dictionary = dictionaryPage();
        long at = position;
        if (dictionary != null) {
            target.write(dictionary);
            at += dictionary.length;
        }
        ColumnMetaData metadata = new ColumnMetaData(
                        ParquetSchemas.physicalType(
                                descriptor.getPrimitiveType().getPrimitiveTypeName()),
                        List.copyOf(encodings),
                        Arrays.asList(descriptor.getPath()),
                        compression.codec(),
                        valueCount,
                        uncompressedBytes,
                        compressedBytes,
                        at)
                .setStatistics(statistics.toParquet());
        if (dictionary != null) {
            metadata.setDictionary_page_offset(position);
        }
        List<PageLocation> locations = new ArrayList<>(pages.size());
        for (int i = 0; i < pages.size(); i++) {
            byte[] page = pages.get(i);
            locations.add(new PageLocation(at, page.length, firstRows.get(i)));
            target.write(page);
            at += page.length;
        }
        return new Finished(metadata, new OffsetIndex(locations), columnIndex(), statistics, bloomFilter(), at);
    }

    private byte @Nullable [] dictionaryPage() throws IOException {
        DictionaryPage dictionary = values.toDictPageAndClose();
        if (dictionary == null) {
            return null;
        }
        Encoding encoding = Encoding.valueOf(dictionary.getEncoding().name());
        encodings.add(encoding);
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 0, 0)
                .setDictionary_page_header(new DictionaryPageHeader(dictionary.getDictionarySize(), encoding));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        dictionary.getBytes().writeAllTo(plain);
        return page(header, plain.toByteArray());
    }

    private @Nullable BlockSplitBloomFilter bloomFilter() {
        long[] hashes = sink.hashes();
        if (hashes.length == 0) {
            return null;
        }
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(
                BlockSplitBloomFilter.optimalNumOfBits(hashes.length, BLOOM_FALSE_POSITIVES) / Byte.SIZE);
        for (long hash : hashes) {
            filter.insertHash(hash);
        }
        return filter;
    }

    /**
     * A chunk in the file.
     *
     * @param metadata what the footer says of it
     * @param offsets where its pages are
     * @param bounds what values its pages have, or null if that is not known
     * @param statistics of its values
     * @param bloomFilter of its values, or null for none
     * @param end the position behind it
     */
    record Finished(
            ColumnMetaData metadata,
            OffsetIndex offsets,
            @Nullable ColumnIndex bounds,
            ValueStatistics statistics,
            @Nullable BlockSplitBloomFilter bloomFilter,
            long end) {}
}
