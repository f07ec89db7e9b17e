// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.CRC32C;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.ReadableFile;

/**
 * A segment that is open for reading. Safe for use by several threads.
 *
 * <p>The footer is checked against the manifest when the file is opened, and every page against its checksum when it is
 * read, so that a torn, truncated or foreign file gives an error with its name and never wrong rows.
 */
public final class SegmentFile implements AutoCloseable {
    private static final int COPY_BYTES = 1 << 16;

    private final Path path;
    private final List<SegmentColumn> columns;
    private final SegmentSummary summary;
    private final ReadableFile file;
    private final PageDecompressor decompressor;

    private final List<RowGroup> groups;
    private final KeyIndex keys;
    /** First page of each row group, and behind it the number of pages. */
    private final int[] groupFirstPages;
    /** Where the column indexes are; null in segments of older versions. */
    private final @Nullable String columnIndexPlace;
    /** By column, as far as they were asked for. */
    private final AtomicReferenceArray<PageBounds> bounds;
    /** By row group and column. */
    private final AtomicReferenceArray<OffsetIndex> offsets;
    /** By row group and column: those that decoded pages refer to, so that all pages share them. */
    private final AtomicReferenceArray<WeakReference<ColumnVector>> dictionaries;

    private SegmentFile(
            Path path,
            List<SegmentColumn> columns,
            SegmentSummary summary,
            ReadableFile file,
            PageDecompressor decompressor)
            throws IOException {
        this.path = path;
        this.columns = List.copyOf(columns);
        this.summary = summary;
        this.file = file;
        this.decompressor = decompressor;
        FileMetaData metadata = readFooter();
        this.groups = metadata.getRow_groups();
        this.keys = readKeyIndex(metadata);
        this.groupFirstPages = new int[groups.size() + 1];
        this.columnIndexPlace = entry(metadata, SegmentFormat.COLUMN_INDEX);
        this.bounds = new AtomicReferenceArray<>(columns.size());
        this.offsets = new AtomicReferenceArray<>(groups.size() * columns.size());
        this.dictionaries = new AtomicReferenceArray<>(groups.size() * columns.size());
        int firstRow = 0;
        for (int group = 0; group < groups.size(); group++) {
            groupFirstPages[group] = keys.pageOf(firstRow);
            firstRow += (int) groups.get(group).getNum_rows();
        }
        groupFirstPages[groups.size()] = keys.pageCount();
    }

    /**
     * Opens a segment.
     *
     * @param files where files are
     * @param columns the columns it was written with
     * @param summary what writing it gave
     * @param decompressor of its pages; not closed with it
     * @throws KalamException DATA_CORRUPTED if the file is missing or not the one that was written
     */
    public static SegmentFile open(
            FileAccess files,
            Path path,
            List<SegmentColumn> columns,
            SegmentSummary summary,
            PageDecompressor decompressor) {
        try {
            ReadableFile file = files.open(path);
            boolean opened = false;
            try {
                SegmentFile segment = new SegmentFile(path, columns, summary, file, decompressor);
                opened = true;
                return segment;
            } finally {
                if (!opened) {
                    file.close();
                }
            }
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw damaged(path, e);
        }
    }

    PageDecompressor decompressor() {
        return decompressor;
    }

    private FileMetaData readFooter() throws IOException {
        long length = file.length();
        if (length != summary.sizeInBytes()) {
            throw new IOException("it has " + length + " bytes instead of " + summary.sizeInBytes());
        }
        byte[] tail = read(length - SegmentFormat.TAIL_BYTES, SegmentFormat.TAIL_BYTES);
        int footerLength = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        if (!Arrays.equals(tail, Integer.BYTES, tail.length, SegmentFormat.MAGIC, 0, SegmentFormat.MAGIC.length)
                || footerLength < 0
                || footerLength > length - SegmentFormat.TAIL_BYTES) {
            throw new IOException("it does not end like a Parquet file");
        }
        int footerBytes = footerLength + SegmentFormat.TAIL_BYTES;
        byte[] footer = read(length - footerBytes, footerBytes);
        if (SegmentFormat.crc(footer) != summary.footerChecksum()) {
            throw new IOException("the checksum of its footer is wrong");
        }
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        requireColumns(metadata.getSchema());
        if (metadata.getNum_rows() != summary.rowCount()) {
            throw new IOException("it has " + metadata.getNum_rows() + " rows instead of " + summary.rowCount());
        }
        return metadata;
    }

    private void requireColumns(List<SchemaElement> actual) throws IOException {
        List<SchemaElement> expected = ParquetSchemas.elements(SegmentFormat.schema(columns));
        if (!actual.equals(expected)) {
            throw new IOException("its columns are not those of the manifest");
        }
    }

    private KeyIndex readKeyIndex(FileMetaData metadata) throws IOException {
        String place = entry(metadata, SegmentFormat.KEY_INDEX);
        if (place == null) {
            throw new IOException("it has no key index");
        }
        return KeyIndex.decode(readPlace(place));
    }

    private static @Nullable String entry(FileMetaData metadata, String key) {
        for (KeyValue entry : metadata.getKey_value_metadata()) {
            if (entry.getKey().equals(key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** The bytes of a place that {@link SegmentFormat#place} has named. */
    private byte[] readPlace(String place) throws IOException {
        String[] parts = place.split(" ", -1);
        byte[] bytes = read(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        if (SegmentFormat.crc(bytes) != (int) Long.parseLong(parts[2])) {
            throw new IOException("the checksum of an index of it is wrong");
        }
        return bytes;
    }

    /**
     * What is known of the values of the pages of a column; null if nothing is.
     *
     * @throws KalamException DATA_CORRUPTED if it is not what was written
     */
    public @Nullable PageBounds pageBounds(int column) {
        PageBounds known = bounds.get(column);
        if (known == null && columnIndexPlace != null) {
            try {
                known = readPageBounds(column, readPlace(columnIndexPlace));
            } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
                throw damaged(e);
            }
            bounds.set(column, known);
        }
        return known == null || known.isUnknown() ? null : known;
    }

    private PageBounds readPageBounds(int column, byte[] indexes) throws IOException {
        long start = Long.parseLong(requireNonNull(columnIndexPlace).split(" ", -1)[0]);
        PageBounds.Builder builder = new PageBounds.Builder();
        for (int group = 0; group < groups.size(); group++) {
            ColumnChunk chunk = chunk(column, group);
            if (!chunk.isSetColumn_index_offset()) {
                return PageBounds.UNKNOWN;
            }
            int at = (int) (chunk.getColumn_index_offset() - start);
            ColumnIndex index =
                    Util.readColumnIndex(new ByteArrayInputStream(indexes, at, chunk.getColumn_index_length()));
            int pages = groupFirstPages[group + 1] - groupFirstPages[group];
            if (index.getNull_pagesSize() != pages || index.getNull_countsSize() != pages) {
                throw new IOException("a column index has " + index.getNull_pagesSize() + " pages instead of " + pages);
            }
            for (int page = 0; page < pages; page++) {
                builder.add(
                        index.getNull_counts().get(page),
                        index.getNull_pages().get(page)
                                ? null
                                : bytes(index.getMin_values().get(page)),
                        index.getNull_pages().get(page)
                                ? null
                                : bytes(index.getMax_values().get(page)));
            }
        }
        return builder.build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The columns, in file order. */
    public List<SegmentColumn> columns() {
        return columns;
    }

    /** Number of rows. */
    public int rowCount() {
        return summary.rowCount();
    }

    /** Number of pages, which break at the same rows in all columns. */
    public int pageCount() {
        return keys.pageCount();
    }

    /** First row of a page, counted in the segment; for the page after the last one the number of rows. */
    public int firstRow(int page) {
        return page == keys.pageCount() ? summary.rowCount() : keys.firstRow(page);
    }

    /** The page that holds a row. */
    public int pageOf(int row) {
        return keys.pageOf(row);
    }

    /** The page that holds a row key if any does; -1 if the key is before all. */
    public int findPage(byte[] key) {
        return keys.findPage(key);
    }

    /** False if the segment surely has no row of this key. */
    public boolean mayContain(byte[] key) {
        return keys.mayContain(key);
    }

    /**
     * A reader of one column.
     *
     * @param column index of the column in the file
     * @param firstPage first page that will be asked for
     * @param lastPage last page that will be asked for
     */
    public SegmentColumnReader reader(int column, int firstPage, int lastPage) {
        return new SegmentColumnReader(this, column, firstPage, lastPage);
    }

    /** Compares every byte with the checksum of the manifest. @throws KalamException DATA_CORRUPTED */
    public void verify() {
        CRC32C crc = new CRC32C();
        long at = 0;
        try {
            while (at < summary.sizeInBytes()) {
                byte[] bytes = read(at, (int) Math.min(COPY_BYTES, summary.sizeInBytes() - at));
                crc.update(bytes);
                at += bytes.length;
            }
        } catch (IOException e) {
            throw damaged(e);
        }
        if ((int) crc.getValue() != summary.checksum()) {
            throw damaged(new IOException("its checksum is wrong"));
        }
    }

    int groupOf(int page) {
        int index = Arrays.binarySearch(groupFirstPages, page);
        return index >= 0 ? index : -index - 2;
    }

    int groupFirstPage(int group) {
        return groupFirstPages[group];
    }

    ColumnChunk chunk(int column, int group) {
        return groups.get(group).getColumns().get(column);
    }

    List<PageLocation> locations(int column, int group) throws IOException {
        int index = group * columns.size() + column;
        OffsetIndex known = offsets.get(index);
        if (known == null) {
            ColumnChunk chunk = chunk(column, group);
            byte[] bytes = read(chunk.getOffset_index_offset(), chunk.getOffset_index_length());
            known = Util.readOffsetIndex(new ByteArrayInputStream(bytes));
            offsets.set(index, known);
        }
        return known.getPage_locations();
    }

    /** The dictionary of a column chunk if a decoded page still refers to it, else null. */
    @Nullable
    ColumnVector dictionary(int column, int group) {
        WeakReference<ColumnVector> known = dictionaries.get(group * columns.size() + column);
        return known == null ? null : known.get();
    }

    void keepDictionary(int column, int group, ColumnVector dictionary) {
        dictionaries.set(group * columns.size() + column, new WeakReference<>(dictionary));
    }

    byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > summary.sizeInBytes()) {
            throw new IOException("it refers to bytes " + offset + " to " + (offset + length) + " behind its end");
        }
        return file.read(offset, length);
    }

    KalamException damaged(Exception cause) {
        return damaged(path, cause);
    }

    private static KalamException damaged(Path path, Exception cause) {
        String reason = cause instanceof IOException ? cause.getMessage() : cause.toString();
        return new KalamException(
                ErrorCode.DATA_CORRUPTED,
                "Cannot read segment " + path + ": " + reason + "; restore the file from a backup",
                cause);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new KalamException(ErrorCode.IO_ERROR, "Failed to close segment " + path + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
