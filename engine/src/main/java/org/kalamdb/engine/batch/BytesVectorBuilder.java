// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

/** Fills a {@link BytesVector}. Confined to one thread. */
public final class BytesVectorBuilder extends VectorBuilder {
    private static final int ASSUMED_BYTES_PER_ROW = 16;
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] data;
    private int dataLength;
    private int[] offsets;

    BytesVectorBuilder(KalamDataType type, int capacity) {
        super(type, capacity);
        data = new byte[(int) Math.min(MAX_ARRAY_LENGTH, (long) capacity * ASSUMED_BYTES_PER_ROW)];
        offsets = new int[capacity + 1];
    }

    /** Appends {@code source[offset .. offset + length)}: bytes, or the UTF-8 of a text. Copies them. */
    public void append(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, data, dataLength, length);
        dataLength += length;
        // The row first: making room for it replaces the array.
        int row = nextRow();
        offsets[row + 1] = dataLength;
    }

    /** Number of data bytes appended since the last reset. */
    public int dataLength() {
        return dataLength;
    }

    private void reserve(int length) {
        long needed = (long) dataLength + length;
        if (needed > data.length) {
            if (needed > MAX_ARRAY_LENGTH) {
                throw new KalamException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "Cannot hold more than 2 GB of " + type() + " in one column of a batch; use smaller batches");
            }
            data = Arrays.copyOf(data, (int) Math.min(MAX_ARRAY_LENGTH, Math.max(needed, data.length * 2L)));
        }
    }

    @Override
    void grow(int newCapacity) {
        offsets = Arrays.copyOf(offsets, newCapacity + 1);
    }

    @Override
    void fillNull(int row) {
        offsets[row + 1] = dataLength;
    }

    @Override
    void appendNonNull(Object storedValue) {
        byte[] bytes =
                storedValue instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) storedValue;
        append(bytes, 0, bytes.length);
    }

    @Override
    void appendFrom(ColumnVector source, int row) {
        if (source instanceof DictionaryVector coded) {
            appendValue(coded.dictionary(), coded.codes()[row]);
        } else {
            appendValue((BytesVector) source, row);
        }
    }

    @Override
    void appendAll(ColumnVector source, int[] rows, int from, int to) {
        if (source instanceof DictionaryVector coded) {
            int[] codes = coded.codes();
            for (int i = from; i < to; i++) {
                appendValue(coded.dictionary(), codes[rows[i]]);
            }
        } else {
            for (int i = from; i < to; i++) {
                appendValue((BytesVector) source, rows[i]);
            }
        }
    }

    private void appendValue(BytesVector source, int row) {
        int start = source.offsets()[row];
        append(source.data(), start, source.offsets()[row + 1] - start);
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new BytesVector(type(), size(), data, offsets, nullBits);
    }

    @Override
    void resetValues() {
        dataLength = 0;
    }
}
