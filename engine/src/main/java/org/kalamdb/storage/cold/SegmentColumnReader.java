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
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.error.KalamException;

/**
 * Reads pages of one column of a segment, best in ascending order: the longer pages are asked for one after the other, the
 * more of them are read from the file at once. Confined to one thread.
 */
public final class SegmentColumnReader {
    private final SegmentFile file;
    private final int column;
    private final int lastPage;

    private int group = -1;
    private int groupFirstPage;
    private List<PageLocation> locations = List.of();
    private PageDecoder decoder;
    private PageCompression compression = PageCompression.ZSTD;
    /** The bytes of the pages from {@code windowFirst} to {@code windowEnd} (exclusive), and where they begin in the file. */
    private byte[] window = {};

    private long windowOffset;
    private int windowFirst;
    private int windowEnd;
    private int windowPages;

    /** @param firstPage first page that will be asked for; the first row group is read from it on */
    SegmentColumnReader(SegmentFile file, int column, int firstPage, int lastPage) {
        this.file = file;
        this.column = column;
        this.windowEnd = firstPage;
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
            if (page < windowFirst || page >= windowEnd) {
                load(page);
            }
            int start = (int) (location.getOffset() - windowOffset);
            Page read = read(window, start, location.getCompressed_page_size(), PageType.DATA_PAGE);
            int rows = file.firstRow(page + 1) - file.firstRow(page);
            ColumnVector values = decoder.page(
                    read.plain(),
                    read.plainLength(),
                    rows,
                    read.header().getData_page_header().getNum_values(),
                    read.header().getData_page_header().getEncoding());
            return ColumnPage.of(values, locations.size());
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
        if (metadata.isSetDictionary_page_offset()) {
            ColumnVector known = file.dictionary(column, wanted);
            if (known == null) {
                known = readDictionary(metadata.getDictionary_page_offset());
                file.keepDictionary(column, wanted, known);
            }
            decoder.use(known);
        }
        group = wanted;
    }

    private ColumnVector readDictionary(long offset) throws IOException {
        int length = (int) (locations.get(0).getOffset() - offset);
        Page page = read(file.read(offset, length), 0, length, PageType.DICTIONARY_PAGE);
        return decoder.dictionary(
                page.plain(),
                page.plainLength(),
                page.header().getDictionary_page_header().getNum_values());
    }

    /** Reads a page and, if it follows on the one before, some behind it, twice as many each time. */
    private void load(int page) throws IOException {
        windowPages = page == windowEnd ? Math.max(1, 2 * windowPages) : 1;
        int last = Math.min(Math.min(lastPage, page + windowPages - 1), groupFirstPage + locations.size() - 1);
        last = Math.max(page, last);
        PageLocation end = locations.get(last - groupFirstPage);
        windowOffset = locations.get(page - groupFirstPage).getOffset();
        window = file.read(
                windowOffset, Math.toIntExact(end.getOffset() + end.getCompressed_page_size() - windowOffset));
        windowFirst = page;
        windowEnd = last + 1;
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
        byte[] plain = file.decompressor()
                .decompress(compression, source, dataStart, dataLength, plainLength, HybridDecoder.PADDING);
        return new Page(header, plain, plainLength);
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Page(PageHeader header, byte[] plain, int plainLength) {}
}
