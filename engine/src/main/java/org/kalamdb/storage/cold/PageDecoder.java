// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ParquetTypes;

/**
 * Turns the bytes of pages of one column chunk into values: plain ones and those of a dictionary, which is what segments
 * are written with. Confined to one thread.
 */
final class PageDecoder {
    private final SegmentColumn column;
    private final KalamDataType type;
    private final int fixedLength;
    private final int dimension;
    /** Values of the dictionary: int[], long[], float[], double[] or ByteStrings; null if there is none. */
    private @Nullable Object dictionary;

    PageDecoder(SegmentColumn column) {
        this.column = column;
        this.type = column.type();
        this.fixedLength = ParquetTypes.fixedLength(type);
        this.dimension = type instanceof EmbeddingType embedding ? embedding.dimension() : 0;
    }

    /** Reads the dictionary that later pages refer to. @param data with {@link HybridDecoder#PADDING} behind it */
    void dictionary(byte[] data, int length, int count) throws IOException {
        dictionary = plain(data, 0, length, count);
    }

    /**
     * Reads a page.
     *
     * @param data with {@link HybridDecoder#PADDING} behind it
     * @param rowCount rows of the page
     * @param levelCount values with NULLs, as the page's header says
     */
    ColumnPage page(byte[] data, int length, int rowCount, int levelCount, Encoding encoding) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        int[] levels = null;
        if (dimension > 0) {
            at += Integer.BYTES + in.getInt(at);
        }
        if (dimension > 0 || column.nullable()) {
            int end = at + Integer.BYTES + in.getInt(at);
            if (column.nullable()) {
                // The element of a list is one level below the list.
                levels = HybridDecoder.decode(in, at + Integer.BYTES, end, dimension > 0 ? 2 : 1, levelCount);
            }
            at = end;
        }
        int[] slots = levels == null ? null : slots(levels, rowCount);
        int valueCount = levels == null ? levelCount : count(levels);
        Object values = encoding == Encoding.PLAIN
                ? plain(data, at, length, valueCount)
                : ofDictionary(in, at, length, valueCount);
        return page(slots, values);
    }

    /** Where the value of each row is, or null if none is NULL. */
    private int @Nullable [] slots(int[] levels, int rowCount) throws IOException {
        int[] slots = new int[rowCount];
        int step = Math.max(1, dimension);
        int slot = 0;
        int at = 0;
        for (int row = 0; row < rowCount; row++) {
            if (at >= levels.length) {
                throw new IOException("a page has too few values");
            }
            boolean present = levels[at] > 0;
            slots[row] = present ? slot++ : -1;
            at += present ? step : 1;
        }
        return slot == rowCount ? null : slots;
    }

    private static int count(int[] levels) {
        int count = 0;
        for (int level : levels) {
            count += level > 0 ? 1 : 0;
        }
        return count;
    }

    private ColumnPage page(int @Nullable [] slots, Object values) {
        return switch (type.kind()) {
            case BOOLEAN -> new ColumnPage.Booleans(type, slots, (boolean[]) values);
            case SMALLINT, INT, DATE -> new ColumnPage.Ints(type, slots, (int[]) values);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> new ColumnPage.Longs(type, slots, (long[]) values);
            case FLOAT -> new ColumnPage.Floats(type, slots, (float[]) values);
            case DOUBLE -> new ColumnPage.Doubles(type, slots, (double[]) values);
            case TEXT, JSON, BYTES -> new ColumnPage.Strings(type, slots, (ByteStrings) values);
            case UUID -> new ColumnPage.Uuids(type, slots, (ByteStrings) values);
            case DECIMAL ->
                fixedLength == 0
                        ? new ColumnPage.Longs(type, slots, (long[]) values)
                        : new ColumnPage.BigDecimals((DecimalType) type, slots, (ByteStrings) values);
            case EMBEDDING -> new ColumnPage.Embeddings(type, slots, (float[]) values, dimension);
        };
    }

    private Object plain(byte[] data, int from, int to, int count) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(data, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type.kind()) {
            case BOOLEAN -> booleans(in, count);
            case SMALLINT, INT, DATE -> ints(in, count);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> longs(in, count);
            case FLOAT, EMBEDDING -> {
                float[] values = new float[count];
                in.asFloatBuffer().get(values);
                yield values;
            }
            case DOUBLE -> {
                double[] values = new double[count];
                in.asDoubleBuffer().get(values);
                yield values;
            }
            case TEXT, JSON, BYTES -> strings(data, from, to, count);
            case UUID -> fixed(data, from, to, count);
            case DECIMAL -> fixedLength == 0 ? longs(in, count) : fixed(data, from, to, count);
        };
    }

    private static boolean[] booleans(ByteBuffer in, int count) {
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = (in.get(i >> 3) >>> (i & 7) & 1) != 0;
        }
        return values;
    }

    private static int[] ints(ByteBuffer in, int count) {
        int[] values = new int[count];
        in.asIntBuffer().get(values);
        return values;
    }

    private static long[] longs(ByteBuffer in, int count) {
        long[] values = new long[count];
        in.asLongBuffer().get(values);
        return values;
    }

    private static ByteStrings strings(byte[] data, int from, int to, int count) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int at = from;
        for (int i = 0; i < count; i++) {
            int length = in.getInt(at);
            at += Integer.BYTES;
            if (length < 0 || length > to - at) {
                throw new IOException("a page has a string of " + length + " bytes");
            }
            starts[i] = at;
            lengths[i] = length;
            at += length;
        }
        return new ByteStrings(data, starts, lengths);
    }

    private ByteStrings fixed(byte[] data, int from, int to, int count) throws IOException {
        if ((long) count * fixedLength > to - from) {
            throw new IOException("a page has too few values");
        }
        int[] starts = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = from + i * fixedLength;
            lengths[i] = fixedLength;
        }
        return new ByteStrings(data, starts, lengths);
    }

    private Object ofDictionary(ByteBuffer in, int from, int to, int count) throws IOException {
        Object all = dictionary;
        if (all == null) {
            throw new IOException("a page refers to a dictionary that is not there");
        }
        int[] indexes = count == 0 ? new int[0] : HybridDecoder.decode(in, from + 1, to, in.get(from), count);
        if (all instanceof int[] ints) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = ints[indexes[i]];
            }
            return values;
        }
        if (all instanceof long[] longs) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = longs[indexes[i]];
            }
            return values;
        }
        if (all instanceof float[] floats) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = floats[indexes[i]];
            }
            return values;
        }
        if (all instanceof double[] doubles) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = doubles[indexes[i]];
            }
            return values;
        }
        return ((ByteStrings) all).at(indexes);
    }
}
