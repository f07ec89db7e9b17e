// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.ZeroIntegerValuesReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.cold.PageCompression;
import org.kalamdb.storage.cold.PageDecompressor;

/**
 * The values of one column of one row group, in either version of pages and in every encoding. Confined to one thread.
 */
final class ParquetChunk {
    private final ColumnDescriptor descriptor;
    private final PageCompression compression;
    private final PageDecompressor decompressor;
    private final byte[] bytes;
    private int position;
    private @Nullable Dictionary dictionary;

    private Levels repetitionLevels = () -> 0;
    private Levels definitionLevels = () -> 0;
    private @Nullable ValuesReader values;
    /** Values of the page that are still to come, NULLs included. */
    private int left;

    private int repetitionLevel;
    private int definitionLevel;

    /** Levels of values, one after the other. */
    @FunctionalInterface
    private interface Levels {
        int next() throws IOException;
    }

    ParquetChunk(ColumnDescriptor descriptor, ColumnChunk chunk, byte[] bytes, PageDecompressor decompressor)
            throws IOException {
        this.decompressor = decompressor;
        this.descriptor = descriptor;
        this.compression = PageCompression.of(chunk.getMeta_data().getCodec());
        this.bytes = bytes;
    }

    /** Goes to the next value. @return false behind the last one */
    boolean next() throws IOException {
        while (left == 0) {
            if (position >= bytes.length) {
                return false;
            }
            readPage();
        }
        left--;
        repetitionLevel = repetitionLevels.next();
        definitionLevel = definitionLevels.next();
        return true;
    }

    int repetitionLevel() {
        return repetitionLevel;
    }

    int definitionLevel() {
        return definitionLevel;
    }

    /** Whether the value is there and not NULL. */
    boolean isPresent() {
        return definitionLevel == descriptor.getMaxDefinitionLevel();
    }

    /** Where the value is read from if it {@link #isPresent}: once. */
    ValuesReader values() {
        return requireNonNull(values, "No page is open");
    }

    private void readPage() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, position, bytes.length - position);
        PageHeader header = Util.readPageHeader(in);
        int start = bytes.length - in.available();
        int length = header.getCompressed_page_size();
        if (length < 0 || length > in.available()) {
            throw new IOException("a page does not end inside of its column");
        }
        position = start + length;
        requireChecksum(header, start, length);
        switch (header.getType()) {
            case DICTIONARY_PAGE -> readDictionary(header, start, length);
            case DATA_PAGE -> readPage(header, header.getData_page_header(), start, length);
            case DATA_PAGE_V2 -> readPage(header, header.getData_page_header_v2(), start, length);
            case INDEX_PAGE -> {}
        }
    }

    private void requireChecksum(PageHeader header, int start, int length) throws IOException {
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(bytes, start, length);
            if ((int) crc.getValue() != header.getCrc()) {
                throw new IOException("the checksum of a page is wrong");
            }
        }
    }

    private void readDictionary(PageHeader header, int start, int length) throws IOException {
        int plainLength = header.getUncompressed_page_size();
        byte[] plain = decompressor.decompress(compression, bytes, start, length, plainLength, 0);
        // What writers of before 2013 call PLAIN_DICTIONARY is PLAIN in a dictionary.
        dictionary = Encoding.PLAIN.initDictionary(
                descriptor,
                new DictionaryPage(
                        BytesInput.from(plain, 0, plainLength),
                        header.getDictionary_page_header().getNum_values(),
                        Encoding.PLAIN));
    }

    private void readPage(PageHeader header, DataPageHeader page, int start, int length) throws IOException {
        int plainLength = header.getUncompressed_page_size();
        byte[] plain = decompressor.decompress(compression, bytes, start, length, plainLength, 0);
        ByteBufferInputStream in = ByteBufferInputStream.wrap(ByteBuffer.wrap(plain, 0, plainLength));
        left = page.getNum_values();
        repetitionLevels = levels(page.getRepetition_level_encoding(), ValuesType.REPETITION_LEVEL, in);
        definitionLevels = levels(page.getDefinition_level_encoding(), ValuesType.DEFINITION_LEVEL, in);
        values = values(page.getEncoding(), in);
    }

    private Levels levels(org.apache.parquet.format.Encoding encoding, ValuesType which, ByteBufferInputStream in)
            throws IOException {
        int max = which == ValuesType.REPETITION_LEVEL
                ? descriptor.getMaxRepetitionLevel()
                : descriptor.getMaxDefinitionLevel();
        if (max == 0) {
            return () -> 0;
        }
        ValuesReader reader = encoding(encoding).getValuesReader(descriptor, which);
        reader.initFromPage(left, in);
        return reader::readInteger;
    }

    private void readPage(PageHeader header, DataPageHeaderV2 page, int start, int length) throws IOException {
        int repetitionBytes = page.getRepetition_levels_byte_length();
        int definitionBytes = page.getDefinition_levels_byte_length();
        int levelBytes = repetitionBytes + definitionBytes;
        if (repetitionBytes < 0 || definitionBytes < 0 || levelBytes > length) {
            throw new IOException("the levels of a page do not end inside of it");
        }
        left = page.getNum_values();
        repetitionLevels = levels(descriptor.getMaxRepetitionLevel(), start, repetitionBytes);
        definitionLevels = levels(descriptor.getMaxDefinitionLevel(), start + repetitionBytes, definitionBytes);
        int plainLength = header.getUncompressed_page_size() - levelBytes;
        boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
        byte[] plain = decompressor.decompress(
                compressed ? compression : PageCompression.UNCOMPRESSED,
                bytes,
                start + levelBytes,
                length - levelBytes,
                plainLength,
                0);
        values = values(page.getEncoding(), ByteBufferInputStream.wrap(ByteBuffer.wrap(plain, 0, plainLength)));
    }

    private Levels levels(int max, int from, int length) {
        if (max == 0) {
            return () -> 0;
        }
        int bitWidth = Integer.SIZE - Integer.numberOfLeadingZeros(max);
        return new RunLengthBitPackingHybridDecoder(bitWidth, new ByteArrayInputStream(bytes, from, length))::readInt;
    }

    private ValuesReader values(org.apache.parquet.format.Encoding encoding, ByteBufferInputStream in)
            throws IOException {
        Encoding known = encoding(encoding);
        ValuesReader reader;
        if (known.usesDictionary()) {
            Dictionary all = dictionary;
            if (all == null) {
                throw new IOException("a page refers to a dictionary that is not there");
            }
            reader = known.getDictionaryBasedValuesReader(descriptor, ValuesType.VALUES, all);
        } else {
            reader = known.getValuesReader(descriptor, ValuesType.VALUES);
        }
        if (in.available() == 0 && known != Encoding.RLE) {
            // A page of NULLs only; readers of some encodings stumble over it.
            return new ZeroIntegerValuesReader();
        }
        reader.initFromPage(left, in);
        return reader;
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }
}
