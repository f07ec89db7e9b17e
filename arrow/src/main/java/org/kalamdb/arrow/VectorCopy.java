// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.ShortVector;
import org.kalamdb.engine.batch.UuidVector;
import org.kalamdb.type.TypeKind;

/** Copies the engine's vectors to Arrow's, array by array. */
final class VectorCopy {
    private static final int UUID_BYTES = 16;
    private static final int DECIMAL_BYTES = 16;

    private VectorCopy() {}

    /** @param target a vector of the field that the driver's schema has for the column; what it held is dropped */
    static void copy(ColumnVector source, int rows, FieldVector target) {
        if (source instanceof BytesVector bytes) {
            copyBytes(bytes, rows, (BaseVariableWidthVector) target);
        } else if (source instanceof DictionaryVector dictionary) {
            copyBytes(plain(dictionary, rows), rows, (BaseVariableWidthVector) target);
        } else if (source instanceof EmbeddingVector embedding) {
            copyEmbeddings(embedding, rows, (FixedSizeListVector) target);
        } else {
            copyFixed(source, rows, (BaseFixedWidthVector) target);
        }
        copyValidity(source.nullWords(), rows, target.getValidityBuffer());
        target.setValueCount(rows);
    }

    private static void copyFixed(ColumnVector source, int rows, BaseFixedWidthVector target) {
        target.allocateNew(rows);
        ArrowBuf data = target.getDataBuffer();
        if (source instanceof BooleanVector booleans) {
            copyBits(booleans.values(), rows, data);
        } else if (source instanceof ShortVector shorts) {
            ByteBuffer bytes = buffer(rows, Short.BYTES);
            bytes.asShortBuffer().put(shorts.values(), 0, rows);
            write(bytes, data);
        } else if (source instanceof IntVector ints) {
            ByteBuffer bytes = buffer(rows, Integer.BYTES);
            bytes.asIntBuffer().put(ints.values(), 0, rows);
            write(bytes, data);
        } else if (source instanceof FloatVector floats) {
            ByteBuffer bytes = buffer(rows, Float.BYTES);
            bytes.asFloatBuffer().put(floats.values(), 0, rows);
            write(bytes, data);
        } else if (source instanceof DoubleVector doubles) {
            ByteBuffer bytes = buffer(rows, Double.BYTES);
            bytes.asDoubleBuffer().put(doubles.values(), 0, rows);
            write(bytes, data);
        } else if (source instanceof UuidVector uuids) {
            ByteBuffer bytes = buffer(rows, UUID_BYTES).order(ByteOrder.BIG_ENDIAN);
            write(interleaved(uuids.high(), uuids.low(), rows, bytes), data);
        } else if (source instanceof Decimal128Vector decimals) {
            write(interleaved(decimals.low(), decimals.high(), rows, buffer(rows, DECIMAL_BYTES)), data);
        } else {
            copyLongs((LongVector) source, rows, data);
        }
    }

    private static void copyLongs(LongVector source, int rows, ArrowBuf data) {
        long[] values = source.values();
        if (source.type().kind() != TypeKind.DECIMAL) {
            ByteBuffer bytes = buffer(rows, Long.BYTES);
            bytes.asLongBuffer().put(values, 0, rows);
            write(bytes, data);
            return;
        }
        ByteBuffer bytes = buffer(rows, DECIMAL_BYTES);
        for (int row = 0; row < rows; row++) {
            bytes.putLong(values[row]).putLong(values[row] >> (Long.SIZE - 1));
        }
        write(bytes, data);
    }

    private static ByteBuffer interleaved(long[] first, long[] second, int rows, ByteBuffer target) {
        for (int row = 0; row < rows; row++) {
            target.putLong(first[row]).putLong(second[row]);
        }
        return target;
    }

    private static void copyBits(byte[] values, int rows, ArrowBuf data) {
        for (int first = 0; first < rows; first += Byte.SIZE) {
            int bits = 0;
            for (int row = first; row < Math.min(rows, first + Byte.SIZE); row++) {
                bits |= values[row] << (row - first);
            }
            data.setByte(first / Byte.SIZE, bits);
        }
    }

    private static void copyBytes(BytesVector source, int rows, BaseVariableWidthVector target) {
        int[] offsets = source.offsets();
        int start = offsets[0];
        int length = offsets[rows] - start;
        target.allocateNew(length, rows);
        target.getDataBuffer().setBytes(0, source.data(), start, length);
        int[] fromZero = offsets;
        if (start != 0) {
            fromZero = new int[rows + 1];
            for (int row = 0; row <= rows; row++) {
                fromZero[row] = offsets[row] - start;
            }
        }
        ByteBuffer bytes = buffer(rows + 1, Integer.BYTES);
        bytes.asIntBuffer().put(fromZero, 0, rows + 1);
        write(bytes, target.getOffsetBuffer());
        // Arrow would otherwise take the rows behind the last one that it was told of for empty.
        target.setLastSet(rows - 1);
    }

    private static BytesVector plain(DictionaryVector source, int rows) {
        int[] offsets = new int[rows + 1];
        BytesVector dictionary = source.dictionary();
        for (int row = 0; row < rows; row++) {
            int code = source.codes()[row];
            int length = source.isNull(row)
                    ? 0
                    : dictionary.offsets()[code + 1] - dictionary.offsets()[code];
            offsets[row + 1] = offsets[row] + length;
        }
        byte[] data = new byte[offsets[rows]];
        for (int row = 0; row < rows; row++) {
            if (!source.isNull(row)) {
                int begin = dictionary.offsets()[source.codes()[row]];
                System.arraycopy(dictionary.data(), begin, data, offsets[row], offsets[row + 1] - offsets[row]);
            }
        }
        return new BytesVector(source.type(), rows, data, offsets, source.nullWords());
    }

    private static void copyEmbeddings(EmbeddingVector source, int rows, FixedSizeListVector target) {
        int count = rows * source.dimension();
        target.setInitialCapacity(rows);
        target.allocateNew();
        BaseFixedWidthVector elements = (BaseFixedWidthVector) target.getDataVector();
        elements.allocateNew(count);
        ByteBuffer bytes = buffer(count, Float.BYTES);
        bytes.asFloatBuffer().put(source.values(), 0, count);
        write(bytes, elements.getDataBuffer());
        copyValidity(null, count, elements.getValidityBuffer());
        elements.setValueCount(count);
    }

    private static void copyValidity(long @Nullable [] nulls, int rows, ArrowBuf validity) {
        int bytes = (rows + Byte.SIZE - 1) / Byte.SIZE;
        for (int index = 0; index < bytes; index++) {
            long word = nulls == null ? 0 : nulls[index / Long.BYTES] >>> (index % Long.BYTES * Byte.SIZE);
            validity.setByte(index, (byte) ~word);
        }
    }

    /**
     * Where an array is put into the order of Arrow's bytes. Views of Arrow's own memory would spare a copy, and take an
     * option of the JVM that opens java.nio to Arrow.
     */
    private static ByteBuffer buffer(int count, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(ByteBuffer bytes, ArrowBuf target) {
        target.setBytes(0, bytes.array(), 0, bytes.capacity());
    }
}
