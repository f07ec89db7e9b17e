// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.PageDecompressor;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** Reads the rows of a Parquet file, whose columns have names. Confined to one thread; must be closed. */
final class ParquetRows implements FileRows {
    private final ParquetFile file;
    private final PageDecompressor decompressor = new PageDecompressor();
    private final List<Reader> readers = new ArrayList<>();
    private int nextGroup;
    private long leftInGroup;
    private long row;

    ParquetRows(ParquetFile file, List<FileColumn> columns, int[] wanted) {
        this.file = file;
        Map<String, ParquetColumn> byName = new HashMap<>();
        for (ParquetColumn column : file.columns()) {
            if (byName.put(column.name(), column) != null) {
                throw malformed("it has two columns " + column.name());
            }
        }
        for (FileColumn column : columns) {
            if (!byName.containsKey(column.name())) {
                throw malformed("it has no column " + column.name());
            }
        }
        if (byName.size() > columns.size()) {
            columns.forEach(column -> byName.remove(column.name()));
            throw malformed("there is no column for " + String.join(", ", byName.keySet()) + " of the file");
        }
        for (int index : wanted) {
            FileColumn column = columns.get(index);
            readers.add(reader(requireNonNull(byName.get(column.name())), column.type()));
        }
    }

    private KalamException malformed(String reason) {
        return file.malformed(new IOException(reason));
    }

    private Reader reader(ParquetColumn column, KalamDataType type) {
        ColumnDescriptor descriptor = column.descriptor();
        ParquetDecoding decoding = column.decoding();
        KalamDataType fileType = column.type();
        if (column.isList() && !(type instanceof EmbeddingType)
                || descriptor == null
                || decoding == null
                || fileType == null && !column.isList()) {
            throw file.unsupported(column);
        }
        return column.isList()
                ? new ListReader(column, descriptor, decoding, type)
                : new ValueReader(column, descriptor, decoding, requireNonNull(fileType), type);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        try {
            while (leftInGroup == 0) {
                if (nextGroup == file.rowGroups().size()) {
                    return null;
                }
                openGroup(file.rowGroups().get(nextGroup++));
            }
            leftInGroup--;
            row++;
            @Nullable Object[] values = new @Nullable Object[readers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(readers.get(i));
            }
            return values;
        } catch (IOException | RuntimeException e) {
            throw e instanceof KalamException known ? known : file.malformed(e);
        }
    }

    private void openGroup(RowGroup group) throws IOException {
        leftInGroup = group.getNum_rows();
        for (Reader reader : readers) {
            ColumnChunk chunk = group.getColumns().get(reader.column.leaf());
            reader.open(new ParquetChunk(reader.descriptor, chunk, file.read(chunk), decompressor));
        }
    }

    private @Nullable Object value(Reader reader) throws IOException {
        try {
            return reader.next();
        } catch (KalamException e) {
            throw place().locate(e, reader.column.name());
        }
    }

    @Override
    public FilePlace place() {
        return new FilePlace(file.path(), FilePlace.ROW, row);
    }

    @Override
    public void close() {
        decompressor.close();
        file.close();
    }

    /** Reads the values of one column as those of a type. */
    private abstract static class Reader {
        final ParquetColumn column;
        final ColumnDescriptor descriptor;
        final ParquetDecoding decoding;
        private @Nullable ParquetChunk chunk;

        Reader(ParquetColumn column, ColumnDescriptor descriptor, ParquetDecoding decoding) {
            this.column = column;
            this.descriptor = descriptor;
            this.decoding = decoding;
        }

        void open(ParquetChunk newChunk) throws IOException {
            chunk = newChunk;
        }

        ParquetChunk chunk() {
            return requireNonNull(chunk, "No row group is open");
        }

        abstract @Nullable Object next() throws IOException;

        static IOException tooFew() {
            return new IOException("a column has fewer values than rows");
        }
    }

    private static final class ValueReader extends Reader {
        private final KalamDataType fileType;
        private final KalamDataType type;

        ValueReader(
                ParquetColumn column,
                ColumnDescriptor descriptor,
                ParquetDecoding decoding,
                KalamDataType fileType,
                KalamDataType type) {
            super(column, descriptor, decoding);
            this.fileType = fileType;
            this.type = type;
        }

        @Override
        @Nullable
        Object next() throws IOException {
            ParquetChunk chunk = chunk();
            if (!chunk.next()) {
                throw tooFew();
            }
            return chunk.isPresent() ? StoredValues.cast(fileType, decoding.next(chunk.values()), type) : null;
        }
    }

    /** Reads lists of numbers as an EMBEDDING. */
    private static final class ListReader extends Reader {
        private final KalamDataType type;
        /** Level of a list that is there, whatever is in it. */
        private final int listLevel;
        /** Whether the chunk is at the first element of the next list. */
        private boolean atNext;

        ListReader(ParquetColumn column, ColumnDescriptor descriptor, ParquetDecoding decoding, KalamDataType type) {
            super(column, descriptor, decoding);
            this.type = type;
            this.listLevel = column.nullable() ? 1 : 0;
        }

        @Override
        void open(ParquetChunk newChunk) throws IOException {
            super.open(newChunk);
            atNext = newChunk.next();
        }

        @Override
        @Nullable
        Object next() throws IOException {
            ParquetChunk chunk = chunk();
            if (!atNext) {
                throw tooFew();
            }
            boolean present = chunk.definitionLevel() >= listLevel;
            float[] elements = new float[16];
            int count = 0;
            do {
                if (chunk.isPresent()) {
                    elements = count == elements.length ? Arrays.copyOf(elements, 2 * count) : elements;
                    elements[count++] = ((Number) decoding.next(chunk.values())).floatValue();
                } else if (chunk.definitionLevel() > listLevel) {
                    throw new KalamException(
                            ErrorCode.INVALID_LITERAL, "Invalid " + type.sqlName() + ": an element is NULL");
                }
                atNext = chunk.next();
            } while (atNext && chunk.repetitionLevel() > 0);
            return present ? StoredValues.fromJava(type, Arrays.copyOf(elements, count)) : null;
        }
    }
}
