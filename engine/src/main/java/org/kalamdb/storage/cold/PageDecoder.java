// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.NarrowVector;
import org.kalamdb.engine.batch.UuidVector;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ParquetTypes;
import org.kalamdb.type.TypeKind;

/**
 * Turns the bytes of pages of one column chunk into vectors: plain values, those of a dictionary, and whole numbers as
 * differences, which is what segments are written with. Byte strings of a dictionary stay in it. Confined to one thread.
 */
final class PageDecoder {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final SegmentColumn column;
    private final KalamDataType type;
    private final int fixedLength;
    private final int dimension;
    private final PageBuffers buffers;
    /** Values of the dictionary, of FLOAT for an EMBEDDING, of BIGINT for all whole numbers; null if there is none. */
    private @Nullable ColumnVector dictionary;

    /** @param buffers what else they hold may be overwritten by each call */
    PageDecoder(SegmentColumn column, PageBuffers buffers) {
        this.column = column;
        this.type = column.type();
        this.buffers = buffers;
        this.fixedLength = ParquetTypes.fixedLength(type);
        this.dimension = type instanceof EmbeddingType embedding ? embedding.dimension() : 0;
    }

    /** Reads a dictionary that pages refer to. @param data with {@link HybridDecoder#PADDING} behind it */
    ColumnVector dictionary(byte[] data, int from, int to, int count) throws IOException {
        if (isOfWholeNumbers()) {
            long[] numbers = new long[room(count)];
            plainNumbers(data, from, to, count, numbers);
            return new LongVector(KalamDataType.BIGINT, count, numbers, null);
        }
        return plain(data, from, to, count);
    }

    /** Makes later pages refer to a dictionary. */
    void use(ColumnVector known) {
        dictionary = known;
    }

    /**
     * Reads a page.
     *
     * @param data with {@link HybridDecoder#PADDING} behind the page
     * @param from where the page begins
     * @param to where it ends
     * @param rowCount rows of the page
     * @param levelCount values with NULLs, as the page's header says
     */
    ColumnVector page(byte[] data, int from, int to, int rowCount, int levelCount, Encoding encoding)
            throws IOException {
        int at = from;
        int[] levels = null;
        if (dimension > 0) {
            at += Integer.BYTES + (int) INTS.get(data, at);
        }
        if (dimension > 0 || column.nullable()) {
            int end = at + Integer.BYTES + (int) INTS.get(data, at);
            if (column.nullable()) {
                // The element of a list is one level below the list.
                int present = dimension > 0 ? 2 : 1;
                HybridDecoder decoder = new HybridDecoder(data, at + Integer.BYTES, end, present);
                levels = decoder.isRunOf(present, levelCount) ? null : decoder.decode(levelCount);
            }
            at = end;
        }
        if (dimension > 0) {
            return embeddings(values(data, at, to, present(levels, levelCount), encoding), levels, rowCount);
        }
        if (levelCount != rowCount) {
            throw new IOException("a page has " + levelCount + " values for " + rowCount + " rows");
        }
        int valueCount = present(levels, levelCount);
        if (isOfWholeNumbers()) {
            long[] numbers = numbers(data, at, to, valueCount, encoding);
            if (levels == null) {
                return NarrowVector.of(type, rowCount, numbers, null);
            }
            return NarrowVector.of(type, rowCount, spread(numbers, valueCount, levels), nulls(levels));
        }
        if (encoding == Encoding.PLAIN) {
            ColumnVector values = plain(data, at, to, valueCount);
            return levels == null ? values : Gather.rows(values, slots(levels), rowCount, nulls(levels));
        }
        int[] codes = codes(data, at, to, valueCount);
        return levels == null ? coded(codes, rowCount, null) : coded(spread(codes, levels), rowCount, nulls(levels));
    }

    private boolean isOfWholeNumbers() {
        return switch (type.kind()) {
            case SMALLINT, INT, DATE, BIGINT, TIME, TIMESTAMP, DATETIME -> true;
            case DECIMAL -> fixedLength == 0;
            default -> false;
        };
    }

    /** Whole numbers that are not NULL, in an array that the next page uses again. */
    private long[] numbers(byte[] data, int from, int to, int count, Encoding encoding) throws IOException {
        long[] numbers = buffers.numbers(room(count));
        if (encoding == Encoding.PLAIN) {
            plainNumbers(data, from, to, count, numbers);
        } else if (encoding == Encoding.DELTA_BINARY_PACKED) {
            new DeltaDecoder(data, from, to).decode(numbers, count);
        } else if (count > 0) {
            int[] codes = buffers.codes(count);
            new HybridDecoder(data, from + 1, to, data[from]).decode(codes, count);
            LongVector known = (LongVector) requireDictionary();
            requireCodes(codes, count, known.size());
            long[] values = known.values();
            for (int i = 0; i < count; i++) {
                numbers[i] = values[codes[i]];
            }
        }
        return numbers;
    }

    private void plainNumbers(byte[] data, int from, int to, int count, long[] numbers) throws IOException {
        boolean areInts =
                type.kind() == TypeKind.SMALLINT || type.kind() == TypeKind.INT || type.kind() == TypeKind.DATE;
        if ((long) count * (areInts ? Integer.BYTES : Long.BYTES) > to - from) {
            throw new IOException("a page has too few values");
        }
        if (areInts) {
            for (int i = 0; i < count; i++) {
                numbers[i] = (int) INTS.get(data, from + i * Integer.BYTES);
            }
        } else {
            for (int i = 0; i < count; i++) {
                numbers[i] = (long) LONGS.get(data, from + i * Long.BYTES);
            }
        }
    }

    /** Numbers of values as numbers of rows; that of NULL is one of the others, so that it makes none of them wider. */
    private long[] spread(long[] numbers, int count, int[] levels) {
        long[] spread = buffers.spreadNumbers(levels.length);
        long any = count == 0 ? 0 : numbers[0];
        int next = 0;
        for (int row = 0; row < levels.length; row++) {
            spread[row] = levels[row] > 0 ? numbers[next++] : any;
        }
        return spread;
    }

    private static int present(int @Nullable [] levels, int levelCount) {
        if (levels == null) {
            return levelCount;
        }
        int count = 0;
        for (int level : levels) {
            count += level > 0 ? 1 : 0;
        }
        return count;
    }

    /** One bit a row, set for NULL. */
    private static long[] nulls(int[] levels) {
        long[] nulls = new long[(levels.length + 63) >> 6];
        for (int row = 0; row < levels.length; row++) {
            if (levels[row] == 0) {
                nulls[row >> 6] |= 1L << row;
            }
        }
        return nulls;
    }

    /** Where the value of each row is among the values, 0 for NULL. */
    private static int[] slots(int[] levels) {
        int[] slots = new int[levels.length];
        int next = 0;
        for (int row = 0; row < levels.length; row++) {
            slots[row] = levels[row] > 0 ? next++ : 0;
        }
        return slots;
    }

    /** Codes of values as codes of rows, 0 for NULL. */
    private static int[] spread(int[] codes, int[] levels) {
        int[] spread = new int[levels.length];
        int next = 0;
        for (int row = 0; row < levels.length; row++) {
            if (levels[row] > 0) {
                spread[row] = codes[next++];
            }
        }
        return spread;
    }

    private int[] codes(byte[] data, int from, int to, int count) throws IOException {
        return count == 0 ? new int[0] : new HybridDecoder(data, from + 1, to, data[from]).decode(count);
    }

    private ColumnVector requireDictionary() throws IOException {
        ColumnVector known = dictionary;
        if (known == null) {
            throw new IOException("a page refers to a dictionary that is not there");
        }
        return known;
    }

    private ColumnVector coded(int[] codes, int rowCount, long @Nullable [] nulls) throws IOException {
        ColumnVector all = requireDictionary();
        if (all instanceof BytesVector bytes) {
            requireCodes(codes, codes.length, bytes.size());
            return new DictionaryVector(bytes, rowCount, codes, nulls);
        }
        return Gather.rows(all, codes, rowCount, nulls);
    }

    /** What comes later does not look whether codes are those of the dictionary. */
    private static void requireCodes(int[] codes, int count, int size) throws IOException {
        int greatest = 0;
        for (int i = 0; i < count; i++) {
            greatest |= codes[i];
        }
        if (greatest >= size || greatest < 0) {
            for (int i = 0; i < count; i++) {
                int code = codes[i];
                if (code < 0 || code >= Math.max(1, size)) {
                    throw new IOException("a page refers to value " + code + " of a dictionary of " + size);
                }
            }
        }
    }

    /** The elements of all embeddings of a page. */
    private float[] values(byte[] data, int from, int to, int count, Encoding encoding) throws IOException {
        ColumnVector values = encoding == Encoding.PLAIN
                ? plain(data, from, to, count)
                : Gather.rows(requireDictionary(), codes(data, from, to, count), count, null);
        return ((FloatVector) values).values();
    }

    private ColumnVector embeddings(float[] values, int @Nullable [] levels, int rowCount) throws IOException {
        EmbeddingType embedding = (EmbeddingType) type;
        if (levels == null) {
            return new EmbeddingVector(embedding, rowCount, values, null);
        }
        float[] spread = new float[rowCount * dimension];
        long[] nulls = new long[(rowCount + 63) >> 6];
        boolean hasNulls = false;
        int next = 0;
        int at = 0;
        for (int row = 0; row < rowCount; row++) {
            if (at >= levels.length) {
                throw new IOException("a page has too few values");
            }
            if (levels[at] > 0) {
                System.arraycopy(values, next, spread, row * dimension, dimension);
                next += dimension;
                at += dimension;
            } else {
                nulls[row >> 6] |= 1L << row;
                hasNulls = true;
                at++;
            }
        }
        return new EmbeddingVector(embedding, rowCount, spread, hasNulls ? nulls : null);
    }

    /** Values one behind the other, none of them NULL. */
    private ColumnVector plain(byte[] data, int from, int to, int count) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(data, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type.kind()) {
            case BOOLEAN -> booleans(in, count);
            case FLOAT, EMBEDDING -> {
                float[] values = new float[room(count)];
                in.asFloatBuffer().get(values, 0, count);
                yield new FloatVector(KalamDataType.FLOAT, count, values, null);
            }
            case DOUBLE -> {
                double[] values = new double[room(count)];
                in.asDoubleBuffer().get(values, 0, count);
                yield new DoubleVector(type, count, values, null);
            }
            case TEXT, JSON, BYTES -> strings(data, from, to, count);
            case UUID -> uuids(data, from, to, count);
            case DECIMAL -> decimals(data, from, to, count);
            case SMALLINT, INT, DATE, BIGINT, TIME, TIMESTAMP, DATETIME ->
                throw new IllegalStateException("Whole numbers are read by themselves");
        };
    }

    /** NULL rows are gathered from place 0, which must be there. */
    private static int room(int count) {
        return Math.max(1, count);
    }

    private ColumnVector booleans(ByteBuffer in, int count) {
        byte[] values = new byte[room(count)];
        for (int i = 0; i < count; i++) {
            values[i] = (byte) (in.get(i >> 3) >>> (i & 7) & 1);
        }
        return new BooleanVector(type, count, values, null);
    }

    /** Drops the lengths between the strings. */
    private BytesVector strings(byte[] data, int from, int to, int count) throws IOException {
        byte[] bytes = new byte[Math.max(0, to - from - count * Integer.BYTES)];
        int[] offsets = new int[room(count) + 1];
        int at = from;
        int filled = 0;
        for (int i = 0; i < count; i++) {
            int length = at + Integer.BYTES > to ? -1 : (int) INTS.get(data, at);
            at += Integer.BYTES;
            if (length < 0 || length > to - at) {
                throw new IOException("a page has a string of " + length + " bytes");
            }
            System.arraycopy(data, at, bytes, filled, length);
            at += length;
            filled += length;
            offsets[i + 1] = filled;
        }
        return new BytesVector(type, count, bytes, offsets, null);
    }

    private ColumnVector uuids(byte[] data, int from, int to, int count) throws IOException {
        requireFixed(from, to, count);
        long[] high = new long[room(count)];
        long[] low = new long[room(count)];
        for (int i = 0; i < count; i++) {
            high[i] = (long) BIG_ENDIAN.get(data, from + i * fixedLength);
            low[i] = (long) BIG_ENDIAN.get(data, from + i * fixedLength + Long.BYTES);
        }
        return new UuidVector(count, high, low, null);
    }

    /** Two's complement, most significant byte first, of any length up to 16. */
    private ColumnVector decimals(byte[] data, int from, int to, int count) throws IOException {
        requireFixed(from, to, count);
        long[] highs = new long[room(count)];
        long[] lows = new long[room(count)];
        for (int i = 0; i < count; i++) {
            int start = from + i * fixedLength;
            long high = data[start] >> 7;
            long low = high;
            for (int at = start; at < start + fixedLength; at++) {
                high = high << 8 | low >>> 56;
                low = low << 8 | data[at] & 0xff;
            }
            highs[i] = high;
            lows[i] = low;
        }
        return new Decimal128Vector((DecimalType) type, count, highs, lows, null);
    }

    private void requireFixed(int from, int to, int count) throws IOException {
        if ((long) count * fixedLength > to - from) {
            throw new IOException("a page has too few values");
        }
    }
}
