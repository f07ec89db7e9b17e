// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Reads the bits of a split block bloom filter as the Parquet format lays them out. Safe for use by several threads, which
 * that of the library is not: it puts what it looks for into an array that all who ask share, and so may say that a key is
 * not there which is.
 */
final class KeyFilter {
    private static final int WORDS_PER_BLOCK = 8;
    /** One factor for each word of a block, as the format says. */
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private final IntBuffer words;
    private final int blockCount;

    /** @param bits not copied; at least one block */
    KeyFilter(byte[] bits) {
        this.words = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        this.blockCount = words.capacity() / WORDS_PER_BLOCK;
    }

    /** False if nothing of this hash was entered. */
    boolean mayContain(long hash) {
        int first = (int) ((hash >>> Integer.SIZE) * blockCount >>> Integer.SIZE) * WORDS_PER_BLOCK;
        for (int word = 0; word < WORDS_PER_BLOCK; word++) {
            int bit = 1 << ((int) hash * SALT[word] >>> 27);
            if ((words.get(first + word) & bit) == 0) {
                return false;
            }
        }
        return true;
    }
}
