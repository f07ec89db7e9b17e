// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.kalamdb.error.KalamException;

/**
 * Decompresses pages and keeps what Zstandard needs for it, because making a context costs as much native memory and time as
 * a page does. Safe for use by several threads. What decompresses after it is closed does so all the same and keeps nothing.
 */
public final class PageDecompressor implements AutoCloseable {
    /** Contexts that are kept while nobody uses them, of some 100 kB each. */
    private static final int KEPT = 8;

    private final BlockingQueue<ZstdDecompressCtx> idle = new ArrayBlockingQueue<>(KEPT);
    private volatile boolean closed;

    /**
     * The bytes of a page.
     *
     * @param plainLength what must come out
     * @param padding bytes to leave free behind, so that readers may look ahead
     * @throws IOException if something else comes out
     * @throws KalamException IO_ERROR if there is no native library to do it
     */
    public byte[] decompress(
            PageCompression compression, byte[] source, int offset, int length, int plainLength, int padding)
            throws IOException {
        byte[] plain = new byte[plainLength + padding];
        decompress(compression, source, offset, length, plain, plainLength);
        return plain;
    }

    /**
     * Writes the bytes of a page to the beginning of an array.
     *
     * @param plainLength what must come out
     * @throws IOException if something else comes out
     * @throws KalamException IO_ERROR if there is no native library to do it
     */
    void decompress(PageCompression compression, byte[] source, int offset, int length, byte[] plain, int plainLength)
            throws IOException {
        if (plainLength == 0) {
            return;
        }
        int actual = compression.decompress(this, source, offset, length, plain, plainLength);
        if (actual != plainLength) {
            throw new IOException("a page decompresses to " + actual + " bytes instead of " + plainLength);
        }
    }

    /** @return how many bytes came out, at most {@code plainLength} */
    int zstd(byte[] source, int offset, int length, byte[] plain, int plainLength) throws IOException {
        ZstdDecompressCtx context = idle.poll();
        if (context == null) {
            context = new ZstdDecompressCtx();
        }
        try {
            return context.decompressByteArray(plain, 0, plainLength, source, offset, length);
        } catch (ZstdException e) {
            throw new IOException("a page cannot be decompressed: " + e.getMessage(), e);
        } finally {
            if (!idle.offer(context)) {
                context.close();
            }
            if (closed) {
                closeIdle();
            }
        }
    }

    private void closeIdle() {
        for (ZstdDecompressCtx context = idle.poll(); context != null; context = idle.poll()) {
            context.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
