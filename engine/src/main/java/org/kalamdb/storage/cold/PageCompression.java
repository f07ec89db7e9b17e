// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.Native;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Compression;

/** How the bytes of pages are compressed. Safe for use by several threads. */
public enum PageCompression {
    UNCOMPRESSED(CompressionCodec.UNCOMPRESSED) {
        @Override
        byte[] compress(byte[] plain) {
            return plain;
        }

        @Override
        int decompress(
                PageDecompressor decompressor, byte[] source, int offset, int length, byte[] plain, int plainLength)
                throws IOException {
            if (length > plainLength) {
                throw new IOException("a page has " + length + " bytes instead of " + plainLength);
            }
            System.arraycopy(source, offset, plain, 0, length);
            return length;
        }
    },
    SNAPPY(CompressionCodec.SNAPPY) {
        @Override
        byte[] compress(byte[] plain) {
            return SnappyBlocks.compress(plain);
        }

        @Override
        int decompress(
                PageDecompressor decompressor, byte[] source, int offset, int length, byte[] plain, int plainLength)
                throws IOException {
            return SnappyBlocks.decompress(source, offset, length, plain, plainLength);
        }
    },
    GZIP(CompressionCodec.GZIP) {
        @Override
        byte[] compress(byte[] plain) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(plain);
            }
            return bytes.toByteArray();
        }

        @Override
        int decompress(
                PageDecompressor decompressor, byte[] source, int offset, int length, byte[] plain, int plainLength)
                throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(source, offset, length))) {
                return in.readNBytes(plain, 0, plainLength);
            }
        }
    },
    LZ4(CompressionCodec.LZ4_RAW) {
        @Override
        byte[] compress(byte[] plain) {
            return Lz4Blocks.compress(plain);
        }

        @Override
        int decompress(
                PageDecompressor decompressor, byte[] source, int offset, int length, byte[] plain, int plainLength)
                throws IOException {
            return Lz4Blocks.decompress(source, offset, length, plain, plainLength);
        }
    },
    ZSTD(CompressionCodec.ZSTD) {
        @Override
        byte[] compress(byte[] plain) {
            requireZstd();
            byte[] target = new byte[Math.toIntExact(Zstd.compressBound(plain.length))];
            long length = Zstd.compressByteArray(target, 0, target.length, plain, 0, plain.length, ZSTD_LEVEL);
            if (Zstd.isError(length)) {
                throw new IllegalStateException("Failed to compress a page: " + Zstd.getErrorName(length));
            }
            return Arrays.copyOf(target, (int) length);
        }

        @Override
        int decompress(
                PageDecompressor decompressor, byte[] source, int offset, int length, byte[] plain, int plainLength)
                throws IOException {
            requireZstd();
            return decompressor.zstd(source, offset, length, plain, plainLength);
        }
    };

    private static final int ZSTD_LEVEL = 3;
    /** By which the library lets its users choose where it is unpacked. */
    private static final String ZSTD_FOLDER_PROPERTY = "ZstdTempFolder";

    private final CompressionCodec codec;

    PageCompression(CompressionCodec codec) {
        this.codec = codec;
    }

    /** That of a table's segments. */
    public static PageCompression of(Compression compression) {
        return switch (compression) {
            case NONE -> UNCOMPRESSED;
            case SNAPPY -> SNAPPY;
            case LZ4 -> LZ4;
            case ZSTD -> ZSTD;
        };
    }

    /** @throws IOException for one that cannot be read */
    public static PageCompression of(CompressionCodec codec) throws IOException {
        for (PageCompression compression : values()) {
            if (compression.codec == codec) {
                return compression;
            }
        }
        throw new IOException("its pages are compressed with " + codec
                + ", which is not read: write it uncompressed or with SNAPPY, GZIP, LZ4_RAW or ZSTD");
    }

    CompressionCodec codec() {
        return codec;
    }

    abstract byte[] compress(byte[] plain) throws IOException;

    /** @return how many bytes came out, at most {@code plainLength} */
    abstract int decompress(
            PageDecompressor decompressor, byte[] source, int offset, int length, byte[] plain, int plainLength)
            throws IOException;

    /** Loads the native library unless it is loaded. @throws KalamException IO_ERROR */
    private static void requireZstd() {
        if (Native.isLoaded()) {
            return;
        }
        try {
            Native.load();
        } catch (LinkageError | IllegalCallerException e) {
            throw new KalamException(
                    ErrorCode.IO_ERROR,
                    "Cannot load the native library of Zstandard: " + reason(e)
                            + "; let the system property java.io.tmpdir or " + ZSTD_FOLDER_PROPERTY
                            + " name a folder to which this user may write and that allows executable files,"
                            + " or choose another COMPRESSION for the table",
                    e);
        }
    }

    /** Why the first attempt failed; it tells of others, at places where nothing was to be found. */
    private static String reason(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
    }
}
