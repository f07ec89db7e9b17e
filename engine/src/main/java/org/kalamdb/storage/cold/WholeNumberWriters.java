// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static org.apache.parquet.column.Encoding.PLAIN;
import static org.apache.parquet.column.Encoding.RLE_DICTIONARY;

import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainLongDictionaryValuesWriter;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;

/**
 * Encoders of whole numbers: by a dictionary, or as differences if these take less room in the first page of a chunk or the
 * dictionary becomes too large. Plain numbers leave what is small about them to be found by compression, which takes several
 * times as long to undo.
 */
final class WholeNumberWriters {
    /** What Parquet's own writers take, and all readers know. */
    private static final int BLOCK_VALUES = 128;

    private static final int PARTS_OF_BLOCK = 4;

    private WholeNumberWriters() {}

    static ValuesWriter ofInts(ParquetProperties properties) {
        ValuesWriter trial = intDifferences(properties);
        return FallbackValuesWriter.of(
                new PlainIntegerDictionaryValuesWriter(
                        properties.getDictionaryPageSizeThreshold(), RLE_DICTIONARY, PLAIN, properties.getAllocator()) {
                    @Override
                    public boolean isCompressionSatisfying(long plainSize, long codesSize) {
                        fallBackDictionaryEncodedData(trial);
                        return isShorter(codesSize, dictionaryByteSize, trial);
                    }
                },
                intDifferences(properties));
    }

    static ValuesWriter ofLongs(ParquetProperties properties) {
        ValuesWriter trial = longDifferences(properties);
        return FallbackValuesWriter.of(
                new PlainLongDictionaryValuesWriter(
                        properties.getDictionaryPageSizeThreshold(), RLE_DICTIONARY, PLAIN, properties.getAllocator()) {
                    @Override
                    public boolean isCompressionSatisfying(long plainSize, long codesSize) {
                        fallBackDictionaryEncodedData(trial);
                        return isShorter(codesSize, dictionaryByteSize, trial);
                    }
                },
                longDifferences(properties));
    }

    /** @param differences of the same values; closed */
    private static boolean isShorter(long codesSize, long dictionarySize, ValuesWriter differences) {
        try (differences) {
            // A page of NULLs makes no dictionary, to which later pages could refer.
            return dictionarySize > 0
                    && codesSize + dictionarySize <= differences.getBytes().size();
        }
    }

    private static ValuesWriter intDifferences(ParquetProperties properties) {
        return new DeltaBinaryPackingValuesWriterForInteger(
                BLOCK_VALUES,
                PARTS_OF_BLOCK,
                properties.getInitialSlabSize(),
                properties.getPageSizeThreshold(),
                properties.getAllocator());
    }

    private static ValuesWriter longDifferences(ParquetProperties properties) {
        return new DeltaBinaryPackingValuesWriterForLong(
                BLOCK_VALUES,
                PARTS_OF_BLOCK,
                properties.getInitialSlabSize(),
                properties.getPageSizeThreshold(),
                properties.getAllocator());
    }
}
