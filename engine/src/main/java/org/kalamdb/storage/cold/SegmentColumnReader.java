// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.kalamdb.error.KalamException;

/**
 * Reads pages of one column of a segment, best in ascending order: the pages wanted of a row group are read from the file
 * at once. Confined to one thread.
 */
public final class SegmentColumnReader {
    private final SegmentFile file;
    private final int column;
    private final int firstPage;
    private final int lastPage;

    private int group = -1;
    private int groupFirstPage;
    private List<PageLocation> locations = List.of();
    private PageDecoder decoder;
    private PageCompression compression = PageCompression.ZSTD;
    /** The bytes of the pages wanted of the row group, and where they begin in the file. */
    private byte[] bytes = {};

    private long bytesOffset;

    SegmentColumnReader(SegmentFile file, int column, int firstPage, int lastPage) {
        this.file = file;
        this.column = column;
        this.firstPage = firstPage;
        this.lastPage = lastPage;
        this.decoder = new PageDecoder(file.columns().get(column));
    }

    /**
     * The values of a page.
     *
     * @throws KalamException DATA_CORRUPTED if they are not what was written
     */
    public ColumnPage page(int page) {
        try {
            int wanted = file.groupOf(page);
            if (wanted != group) {
                enter(wanted);
            }
            PageLocation location = locations.get(page - groupFirstPage);
            int start = (int) (location.getOffset() - bytesOffset);
            Page read = read(bytes, start, location.getCompressed_page_size(), PageType.DATA_PAGE);
            int rows = file.firstRow(page + 1) - file.firstRow(page);
            return decoder.page(
                    read.plain(),
                    read.plainLength(),
                    rows,
                    read.header().getData_page_header().getNum_values(),
                    read.header().getData_page_header().getEncoding());
        } catch (IOException | RuntimeException e) {
            throw e instanceof KalamException known ? known : file.damaged(e);
        }
    }

    private void enter(int wanted) throws IOException {
        ColumnMetaData metadata = file.chunk(column, wanted).getMeta_data();
        compression = PageCompression.of(metadata.getCodec());
        locations = file.locations(column, wanted);
        groupFirstPage = file.groupFirstPage(wanted);
        decoder = new PageDecoder(file.columns().get(column));
        int first = Math.max(0, firstPage - groupFirstPage);
        int last = Math.min(locations.size() - 1, lastPage - groupFirstPage);
        PageLocation end = locations.get(last);
        long from = locations.get(first).getOffset();
        long to = end.getOffset() + end.getCompressed_page_size();
        if (metadata.isSetDictionary_page_offset()) {
            long dictionary = metadata.getDictionary_page_offset();
            int dictionaryLength = (int) (locations.get(0).getOffset() - dictionary);
            if (first == 0) {
                from = dictionary;
            }
            bytes = file.read(from, Math.toIntExact(to - from));
            readDictionary(first == 0 ? bytes : file.read(dictionary, dictionaryLength), dictionaryLength);
        } else {
            bytes = file.read(from, Math.toIntExact(to - from));
        }
        bytesOffset = from;
        group = wanted;
    }

    private void readDictionary(byte[] source, int length) throws IOException {
        Page page = read(source, 0, length, PageType.DICTIONARY_PAGE);
        decoder.dictionary(
                page.plain(),
                page.plainLength(),
                page.header().getDictionary_page_header().getNum_values());
    }

    private Page read(byte[] source, int start, int length, PageType type) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(source, start, length);
        PageHeader header = Util.readPageHeader(in);
        int dataStart = start + length - in.available();
        int dataLength = header.getCompressed_page_size();
        if (header.getType() != type || dataLength < 0 || dataLength > in.available()) {
            throw new IOException("a page does not begin where it should");
        }
        CRC32 crc = new CRC32();
        crc.update(source, dataStart, dataLength);
        if (!header.isSetCrc() || (int) crc.getValue() != header.getCrc()) {
            throw new IOException("the checksum of a page is wrong");
        }
        int plainLength = header.getUncompressed_page_size();
        byte[] plain = compression.decompress(source, dataStart, dataLength, plainLength, HybridDecoder.PADDING);
        return new Page(header, plain, plainLength);
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Page(PageHeader header, byte[] plain, int plainLength) {}
}
