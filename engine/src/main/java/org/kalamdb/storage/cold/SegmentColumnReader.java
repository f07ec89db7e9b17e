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
    /** So many are read from the page cache of the system in the time that another call takes. */
    private static final int CHEAP_BYTES = 1 << 16;

    private final SegmentFile file;
    private final int column;
    private final int lastPage;
    private final PageBuffers buffers = new PageBuffers();

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
        this.decoder = new PageDecoder(file.columns().get(column), buffers);
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
                    read.from(),
                    read.to(),
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
        decoder = new PageDecoder(file.columns().get(column), buffers);
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
        Page page = read(readPadded(offset, length), 0, length, PageType.DICTIONARY_PAGE);
        return decoder.dictionary(
                page.plain(),
                page.from(),
                page.to(),
                page.header().getDictionary_page_header().getNum_values());
    }

    /**
     * Reads a page and some behind it: as many as cost little more, and if it follows on the one before, at least twice as many
     * each time.
     */
    private void load(int page) throws IOException {
        windowPages = page == windowEnd ? Math.max(1, 2 * windowPages) : 1;
        windowOffset = locations.get(page - groupFirstPage).getOffset();
        int furthest = Math.min(lastPage, groupFirstPage + locations.size() - 1);
        int last = page;
        while (last < furthest && (last + 1 < page + windowPages || endOf(last + 1) - windowOffset <= CHEAP_BYTES)) {
            last++;
        }
        window = readPadded(windowOffset, Math.toIntExact(endOf(last) - windowOffset));
        windowFirst = page;
        windowEnd = last + 1;
    }

    private long endOf(int page) {
        PageLocation location = locations.get(page - groupFirstPage);
        return location.getOffset() + location.getCompressed_page_size();
    }

    /** With bytes behind it that decoders may look at. There are some, as no page is the end of a file. */
    private byte[] readPadded(long offset, int length) throws IOException {
        return file.read(offset, length + HybridDecoder.PADDING);
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
        if (compression == PageCompression.UNCOMPRESSED) {
            if (plainLength != dataLength) {
                throw new IOException("a page has " + dataLength + " bytes instead of " + plainLength);
            }
            return new Page(header, source, dataStart, dataStart + dataLength);
        }
        byte[] plain = buffers.plain(plainLength + HybridDecoder.PADDING);
        file.decompressor().decompress(compression, source, dataStart, dataLength, plain, plainLength);
        return new Page(header, plain, 0, plainLength);
    }

    /** @param plain its bytes, which are valid until the next page is read */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Page(PageHeader header, byte[] plain, int from, int to) {}
}
