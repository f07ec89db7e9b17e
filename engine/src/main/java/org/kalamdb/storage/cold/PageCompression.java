// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.util.Arrays;

/** ZSTD over the bytes of pages. Safe for use by several threads. */
final class PageCompression {
    private static final int LEVEL = 3;

    private PageCompression() {}

    static byte[] compress(byte[] plain) {
        byte[] target = new byte[Math.toIntExact(Zstd.compressBound(plain.length))];
        long length = Zstd.compressByteArray(target, 0, target.length, plain, 0, plain.length, LEVEL);
        if (Zstd.isError(length)) {
            throw new IllegalStateException("Failed to compress a page: " + Zstd.getErrorName(length));
        }
        return Arrays.copyOf(target, (int) length);
    }

    /**
     * @param plainLength what must come out
     * @param padding bytes to leave free behind, so that readers may look ahead
     */
    static byte[] decompress(byte[] source, int offset, int length, int plainLength, int padding) throws IOException {
        byte[] plain = new byte[plainLength + padding];
        if (plainLength == 0) {
            return plain;
        }
        long actual = Zstd.decompressByteArray(plain, 0, plainLength, source, offset, length);
        if (actual != plainLength) {
            throw new IOException(
                    Zstd.isError(actual)
                            ? "a page cannot be decompressed: " + Zstd.getErrorName(actual)
                            : "a page decompresses to " + actual + " bytes instead of " + plainLength);
        }
        return plain;
    }
}
