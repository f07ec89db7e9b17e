// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.io.api.Binary;

/**
 * Finds row keys in a segment: the first key of each page and a bloom filter of all keys. Safe for use by several threads.
 *
 * <p>It lies in the file between the last row group and the footer, where other readers of Parquet do not look.
 */
final class KeyIndex {
    private static final double FALSE_POSITIVES = 0.01;

    /** First row of each page, counted in the segment. */
    private final int[] firstRows;

    private final byte[][] firstKeys;
    private final KeyFilter filter;

    private KeyIndex(int[] firstRows, byte[][] firstKeys, KeyFilter filter) {
        this.firstRows = firstRows;
        this.firstKeys = firstKeys;
        this.filter = filter;
    }

    int pageCount() {
        return firstRows.length;
    }

    int firstRow(int page) {
        return firstRows[page];
    }

    /** The page that holds a key if any does; -1 if the key is before all. */
    int findPage(byte[] key) {
        int index = Arrays.binarySearch(firstKeys, key, Arrays::compareUnsigned);
        return index >= 0 ? index : -index - 2;
    }

    /** The page that holds a row. */
    int pageOf(int row) {
        int index = Arrays.binarySearch(firstRows, row);
        return index >= 0 ? index : -index - 2;
    }

    boolean mayContain(byte[] key) {
        return filter.mayContain(hash(key));
    }

    static long hash(byte[] key) {
        return Hasher.FUNCTION.hash(Binary.fromConstantByteArray(key));
    }

    /** @param hashes {@link #hash} of every row key, in any order; the first {@code rowCount} count */
    static byte[] encode(List<Integer> firstRows, List<byte[]> firstKeys, long[] hashes, int rowCount)
            throws IOException {
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(
                BlockSplitBloomFilter.optimalNumOfBits(rowCount, FALSE_POSITIVES) / Byte.SIZE);
        for (int i = 0; i < rowCount; i++) {
            filter.insertHash(hashes[i]);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(firstRows.size());
        for (int i = 0; i < firstRows.size(); i++) {
            out.writeInt(firstRows.get(i));
            out.writeInt(firstKeys.get(i).length);
            out.write(firstKeys.get(i));
        }
        out.writeInt(filter.getBitsetSize());
        filter.writeTo(out);
        return bytes.toByteArray();
    }

    static KeyIndex decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int[] firstRows = new int[in.getInt()];
        byte[][] firstKeys = new byte[firstRows.length][];
        for (int i = 0; i < firstRows.length; i++) {
            firstRows[i] = in.getInt();
            firstKeys[i] = new byte[in.getInt()];
            in.get(firstKeys[i]);
        }
        byte[] bits = new byte[in.getInt()];
        in.get(bits);
        return new KeyIndex(firstRows, firstKeys, new KeyFilter(bits));
    }

    /** Loaded with the first segment. */
    private static final class Hasher {
        private static final BlockSplitBloomFilter FUNCTION =
                new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);

        private Hasher() {}
    }
}
