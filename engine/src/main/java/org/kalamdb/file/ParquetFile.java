// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/** A Parquet file of any writer, open for reading. Confined to one thread; must be closed. */
final class ParquetFile implements AutoCloseable {
    /** Footer entry with the dimension of an EMBEDDING, whose name follows; a list does not say it. */
    static final String DIMENSION = "kalamdb.dimension.";

    private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
    private static final byte[] ENCRYPTED_MAGIC = "PARE".getBytes(US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;

    private final Path path;
    private final RandomAccessFile file;
    private final FileMetaData metadata;
    private final List<ParquetColumn> columns;

    private ParquetFile(Path path, RandomAccessFile file) throws IOException {
        this.path = path;
        this.file = file;
        this.metadata = readFooter();
        this.columns = ParquetColumns.of(metadata.getSchema());
    }

    static ParquetFile open(Path path) {
        FileErrors.requireRegular(path);
        try {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
            boolean opened = false;
            try {
                ParquetFile parquet = new ParquetFile(path, file);
                opened = true;
                return parquet;
            } finally {
                if (!opened) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw e.getCause() == null && e.getClass() == IOException.class
                    ? malformed(path, e)
                    : FileErrors.reading(path, e);
        } catch (RuntimeException e) {
            throw e instanceof KalamException known ? known : malformed(path, e);
        }
    }

    private FileMetaData readFooter() throws IOException {
        long length = file.length();
        if (length < TAIL_BYTES + MAGIC.length) {
            throw new IOException("it is too short for a Parquet file");
        }
        byte[] tail = read(length - TAIL_BYTES, TAIL_BYTES);
        byte[] magic = Arrays.copyOfRange(tail, Integer.BYTES, tail.length);
        if (Arrays.equals(magic, ENCRYPTED_MAGIC)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot read file " + path + ": encrypted Parquet files are not supported; write it unencrypted");
        }
        int footerLength = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        if (!Arrays.equals(magic, MAGIC) || footerLength <= 0 || footerLength > length - TAIL_BYTES) {
            throw new IOException("it does not end like a Parquet file");
        }
        return Util.readFileMetaData(new ByteArrayInputStream(read(length - TAIL_BYTES - footerLength, footerLength)));
    }

    Path path() {
        return path;
    }

    List<ParquetColumn> columns() {
        return columns;
    }

    List<RowGroup> rowGroups() {
        return metadata.getRow_groups();
    }

    /**
     * The type of a column's values.
     *
     * @throws KalamException NOT_SUPPORTED if there is none
     */
    KalamDataType typeOf(ParquetColumn column) {
        KalamDataType known = column.type();
        if (known != null) {
            return known;
        }
        String dimension = column.isList() ? entry(DIMENSION + column.name()) : null;
        if (dimension == null) {
            throw unsupported(column);
        }
        return new EmbeddingType(Integer.parseInt(dimension));
    }

    KalamException unsupported(ParquetColumn column) {
        return new KalamException(
                ErrorCode.NOT_SUPPORTED,
                "Cannot read column " + column.name() + " of file " + path + ": " + column.unsupported());
    }

    private @Nullable String entry(String key) {
        List<KeyValue> entries = metadata.getKey_value_metadata();
        if (entries != null) {
            for (KeyValue entry : entries) {
                if (entry.getKey().equals(key)) {
                    return entry.getValue();
                }
            }
        }
        return null;
    }

    /** The bytes of the pages of a column chunk, the dictionary first if there is one. */
    byte[] read(ColumnChunk chunk) throws IOException {
        long start = chunk.getMeta_data().getData_page_offset();
        if (chunk.getMeta_data().isSetDictionary_page_offset()
                && chunk.getMeta_data().getDictionary_page_offset() > 0) {
            start = Math.min(start, chunk.getMeta_data().getDictionary_page_offset());
        }
        return read(start, Math.toIntExact(chunk.getMeta_data().getTotal_compressed_size()));
    }

    private byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > file.length()) {
            throw new IOException("it refers to bytes behind its end");
        }
        byte[] bytes = new byte[length];
        file.seek(offset);
        file.readFully(bytes);
        return bytes;
    }

    KalamException malformed(Exception e) {
        return malformed(path, e);
    }

    private static KalamException malformed(Path path, Exception e) {
        String reason = e instanceof IOException ? e.getMessage() : e.toString();
        return new KalamException(ErrorCode.INVALID_FILE_FORMAT, "Cannot read file " + path + ": " + reason, e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw FileErrors.reading(path, e);
        }
    }
}
