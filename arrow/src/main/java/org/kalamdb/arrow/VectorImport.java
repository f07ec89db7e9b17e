// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.UuidVector;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredRange;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/**
 * Reads rows of one vector of Arrow as a vector of a column's type: array by array where both lay values out alike, else value
 * by value. Confined to one thread.
 */
final class VectorImport {
    private static final int UUID_BYTES = 16;
    private static final int DECIMAL_BYTES = 16;

    private final FieldVector source;
    private final KalamDataType type;
    private final RecordBatch batch;
    private final boolean hasNulls;
    private final Way way;

    /** How values get from one to the other. */
    @FunctionalInterface
    private interface Way {
        ColumnVector read(int from, int count, long @Nullable [] nulls) throws SQLException;
    }

    private VectorImport(FieldVector source, KalamDataType type, RecordBatch batch) throws SQLException {
        this.source = source;
        this.type = type;
        this.batch = batch;
        this.hasNulls = source.getNullCount() > 0;
        Way arrays = arrays();
        this.way = arrays == null ? values() : arrays;
    }

    /** @throws SQLException SQLSTATE 0A000 for a vector whose values no column holds */
    static VectorImport of(FieldVector source, KalamDataType type, RecordBatch batch) throws SQLException {
        return new VectorImport(source, type, batch);
    }

    /**
     * Some rows.
     *
     * @param from the first of them, a multiple of 64
     * @throws SQLException class 22 if no value of the type can be made of one
     */
    ColumnVector read(int from, int count) throws SQLException {
        return way.read(from, count, nulls(from, count));
    }

    private long @Nullable [] nulls(int from, int count) {
        if (!hasNulls) {
            return null;
        }
        long[] words = new long[(count + Long.SIZE - 1) / Long.SIZE];
        for (int row = 0; row < count; row++) {
            if (source.isNull(from + row)) {
                words[row >> 6] |= 1L << row;
            }
        }
        return words;
    }

    /** Null if values are laid out otherwise. */
    private @Nullable Way arrays() {
        return switch (type.kind()) {
            case BOOLEAN -> source instanceof BitVector ? this::booleans : null;
            case SMALLINT, INT, BIGINT -> integers();
            case FLOAT -> source instanceof Float4Vector ? this::floats : null;
            case DOUBLE -> source instanceof Float8Vector ? this::doubles : null;
            case DECIMAL -> isSameDecimal() ? this::decimals : null;
            case TEXT, JSON -> source instanceof VarCharVector ? this::bytes : null;
            case BYTES -> source instanceof VarBinaryVector ? this::bytes : null;
            case UUID ->
                source instanceof FixedSizeBinaryVector fixed && fixed.getByteWidth() == UUID_BYTES
                        ? this::uuids
                        : null;
            case DATE -> source instanceof DateDayVector ? this::ints : null;
            case TIME -> source instanceof TimeMicroVector ? this::longs : null;
            case TIMESTAMP, DATETIME ->
                source instanceof TimeStampMicroVector || source instanceof TimeStampMicroTZVector ? this::longs : null;
            case EMBEDDING -> isSameEmbedding() ? this::embeddings : null;
        };
    }

    // Array by array

    private @Nullable Way integers() {
        if (!(source instanceof BaseIntVector numbers) || source instanceof UInt8Vector) {
            return null;
        }
        TypeKind kind = type.kind();
        if (kind == TypeKind.INT && source instanceof org.apache.arrow.vector.IntVector) {
            return this::ints;
        }
        if (kind == TypeKind.BIGINT && source instanceof org.apache.arrow.vector.BigIntVector) {
            return this::longs;
        }
        return (from, count, nulls) -> integers(numbers, from, count, nulls);
    }

    private ColumnVector integers(BaseIntVector numbers, int from, int count, long @Nullable [] nulls)
            throws SQLException {
        StoredRange range = StoredRange.of(type);
        long[] values = new long[count];
        for (int row = 0; row < count; row++) {
            if (!source.isNull(from + row)) {
                values[row] = numbers.getValueAsLong(from + row);
                if (!range.contains(values[row])) {
                    throw unreadable(from + row, values[row]);
                }
            }
        }
        if (type.kind() == TypeKind.BIGINT) {
            return new LongVector(type, count, values, nulls);
        }
        VectorBuilder builder = VectorBuilder.of(type, count);
        LongVector wide = new LongVector(KalamDataType.BIGINT, count, values, nulls);
        for (int row = 0; row < count; row++) {
            if (wide.isNull(row)) {
                builder.appendNull();
            } else if (type.kind() == TypeKind.SMALLINT) {
                builder.append((short) values[row]);
            } else {
                builder.append((int) values[row]);
            }
        }
        return builder.build();
    }

    private SQLException unreadable(int row, long value) {
        try {
            StoredValues.fromJava(type, value);
        } catch (KalamException e) {
            return batch.unreadable(row, source.getName(), e);
        }
        throw new IllegalStateException("A value of the type was taken for none: " + value);
    }

    private ColumnVector booleans(int from, int count, long @Nullable [] nulls) {
        byte[] values = new byte[count];
        ArrowBuf bits = source.getDataBuffer();
        for (int row = 0; row < count; row++) {
            values[row] = (byte) BitVectorHelper.get(bits, from + row);
        }
        return new BooleanVector(type, count, values, nulls);
    }

    private ColumnVector ints(int from, int count, long @Nullable [] nulls) {
        int[] values = new int[count];
        data(from, count, Integer.BYTES).asIntBuffer().get(values);
        return new IntVector(type, count, values, nulls);
    }

    private ColumnVector longs(int from, int count, long @Nullable [] nulls) {
        long[] values = new long[count];
        data(from, count, Long.BYTES).asLongBuffer().get(values);
        return new LongVector(type, count, values, nulls);
    }

    private ColumnVector floats(int from, int count, long @Nullable [] nulls) {
        float[] values = new float[count];
        data(from, count, Float.BYTES).asFloatBuffer().get(values);
        return new FloatVector(type, count, values, nulls);
    }

    private ColumnVector doubles(int from, int count, long @Nullable [] nulls) {
        double[] values = new double[count];
        data(from, count, Double.BYTES).asDoubleBuffer().get(values);
        return new DoubleVector(type, count, values, nulls);
    }

    private boolean isSameDecimal() {
        DecimalType decimal = (DecimalType) type;
        return source instanceof DecimalVector vector
                && vector.getScale() == decimal.scale()
                && vector.getPrecision() <= decimal.precision();
    }

    private ColumnVector decimals(int from, int count, long @Nullable [] nulls) {
        ByteBuffer bytes = data(from, count, DECIMAL_BYTES);
        long[] low = new long[count];
        long[] high = new long[count];
        for (int row = 0; row < count; row++) {
            low[row] = bytes.getLong();
            high[row] = bytes.getLong();
        }
        DecimalType decimal = (DecimalType) type;
        // What the field's precision, which is no greater, promises is known here only by looking at the upper half.
        return decimal.fitsLong() && isSignOnly(high, low)
                ? new LongVector(type, count, low, nulls)
                : new Decimal128Vector(decimal, count, high, low, nulls);
    }

    private static boolean isSignOnly(long[] high, long[] low) {
        for (int row = 0; row < low.length; row++) {
            if (high[row] != low[row] >> (Long.SIZE - 1)) {
                return false;
            }
        }
        return true;
    }

    private ColumnVector bytes(int from, int count, long @Nullable [] nulls) {
        BaseVariableWidthVector vector = (BaseVariableWidthVector) source;
        int[] offsets = new int[count + 1];
        littleEndian(vector.getOffsetBuffer(), from, count + 1, Integer.BYTES)
                .asIntBuffer()
                .get(offsets);
        int start = offsets[0];
        for (int row = 0; row <= count; row++) {
            offsets[row] -= start;
        }
        byte[] values = new byte[offsets[count]];
        vector.getDataBuffer().getBytes(start, values, 0, values.length);
        return new BytesVector(type, count, values, offsets, nulls);
    }

    private ColumnVector uuids(int from, int count, long @Nullable [] nulls) {
        ByteBuffer bytes = data(from, count, UUID_BYTES).order(ByteOrder.BIG_ENDIAN);
        long[] high = new long[count];
        long[] low = new long[count];
        for (int row = 0; row < count; row++) {
            high[row] = bytes.getLong();
            low[row] = bytes.getLong();
        }
        return new UuidVector(count, high, low, nulls);
    }

    private boolean isSameEmbedding() {
        return source instanceof FixedSizeListVector lists
                && lists.getListSize() == ((EmbeddingType) type).dimension()
                && lists.getDataVector() instanceof Float4Vector elements
                && elements.getNullCount() == 0;
    }

    private ColumnVector embeddings(int from, int count, long @Nullable [] nulls) {
        EmbeddingType embedding = (EmbeddingType) type;
        int dimension = embedding.dimension();
        float[] values = new float[Math.multiplyExact(count, dimension)];
        BaseFixedWidthVector elements = (BaseFixedWidthVector) ((FixedSizeListVector) source).getDataVector();
        littleEndian(elements.getDataBuffer(), from * dimension, values.length, Float.BYTES)
                .asFloatBuffer()
                .get(values);
        return new EmbeddingVector(embedding, count, values, nulls);
    }

    private ByteBuffer data(int from, int count, int width) {
        return littleEndian(source.getDataBuffer(), from, count, width);
    }

    /** A copy, since views of Arrow's own memory take an option of the JVM that opens java.nio to Arrow. */
    private static ByteBuffer littleEndian(ArrowBuf buffer, int from, int count, int width) {
        byte[] bytes = new byte[Math.multiplyExact(count, width)];
        buffer.getBytes((long) from * width, bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    // Value by value

    private Way values() throws SQLException {
        ValueReader reader = ValueReader.of(source);
        return (from, count, nulls) -> {
            VectorBuilder builder = VectorBuilder.of(type, count);
            for (int row = from; row < from + count; row++) {
                append(reader, row, builder);
            }
            return builder.build();
        };
    }

    private void append(ValueReader reader, int row, VectorBuilder builder) throws SQLException {
        Object value = reader.read(row);
        try {
            builder.append(value == null ? null : StoredValues.fromJava(type, value));
        } catch (KalamException e) {
            throw batch.unreadable(row, source.getName(), e);
        }
    }
}
