// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.calcite.avatica.util.ByteString;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** A lane of TEXT, as UTF-8, or of BYTES: rows are parts of one array. Confined to one thread. */
public final class BytesLane extends Lane {
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] data = {};
    private int dataLength;
    private int[] starts = {};
    private int[] ends = {};

    public BytesLane(LaneType type) {
        super(type);
    }

    /** The bytes of all rows. */
    public byte[] data() {
        return data;
    }

    /** Where rows begin in {@link #data()}. */
    public int[] starts() {
        return starts;
    }

    /** Where rows end in {@link #data()}. */
    public int[] ends() {
        return ends;
    }

    /** Makes the lane a view: row {@code i} is {@code sharedData[offsets[i] .. offsets[i + 1])}. */
    public void share(byte[] sharedData, int[] offsets, int size) {
        data = sharedData;
        reserve(size);
        System.arraycopy(offsets, 0, starts, 0, size);
        System.arraycopy(offsets, 1, ends, 0, size);
    }

    /** Makes the lane a view of parts of an array, which are then to be written to {@link #starts()} and {@link #ends()}. */
    public void share(byte[] sharedData, int capacity) {
        prepare(capacity);
        data = sharedData;
    }

    @Override
    public void prepare(int capacity) {
        super.prepare(capacity);
        dataLength = 0;
    }

    @Override
    int capacity() {
        return starts.length;
    }

    @Override
    void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
    }

    @Override
    Object value(int row) {
        return type() == LaneType.TEXT ? text(row) : new ByteString(bytes(row));
    }

    /** A row of TEXT. */
    public String text(int row) {
        return new String(data, starts[row], ends[row] - starts[row], StandardCharsets.UTF_8);
    }

    private byte[] bytes(int row) {
        return Arrays.copyOfRange(data, starts[row], ends[row]);
    }

    @Override
    void setValue(int row, Object internal) {
        byte[] bytes = internal instanceof ByteString string
                ? string.getBytes()
                : internal.toString().getBytes(StandardCharsets.UTF_8);
        copy(bytes, 0, bytes.length, row);
    }

    /** Copies {@code source[start .. end)} to a row. */
    void copy(byte[] source, int start, int end, int row) {
        int length = end - start;
        reserveBytes(length);
        System.arraycopy(source, start, data, dataLength, length);
        starts[row] = dataLength;
        dataLength += length;
        ends[row] = dataLength;
    }

    /** In the room of the old value if the new one is no longer. */
    @Override
    public void replace(int row, Lane source, int sourceRow) {
        BytesLane from = (BytesLane) source;
        int length = from.ends[sourceRow] - from.starts[sourceRow];
        if (!source.isNull(sourceRow) && !isNull(row) && length <= ends[row] - starts[row]) {
            System.arraycopy(from.data, from.starts[sourceRow], data, starts[row], length);
            ends[row] = starts[row] + length;
        } else {
            super.replace(row, source, sourceRow);
        }
    }

    private void reserveBytes(int length) {
        long needed = (long) dataLength + length;
        if (needed > data.length) {
            if (needed > MAX_ARRAY_LENGTH) {
                throw new KalamException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "Cannot hold more than 2 GB of one column in memory; filter or aggregate more rows away");
            }
            data = Arrays.copyOf(data, (int) Math.min(MAX_ARRAY_LENGTH, Math.max(needed + 64, 2L * data.length)));
        }
    }

    @Override
    void setNullValue(int row) {
        starts[row] = 0;
        ends[row] = 0;
    }

    @Override
    void gatherValues(Lane source, int[] rows, int count, boolean someNegative) {
        BytesLane from = (BytesLane) source;
        data = from.data;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            starts[i] = row < 0 ? 0 : from.starts[row];
            ends[i] = row < 0 ? 0 : from.ends[row];
        }
    }

    @Override
    void appendValues(Lane source, int[] rows, int count, int at) {
        BytesLane from = (BytesLane) source;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (source.isNull(row)) {
                setNullValue(at + i);
            } else {
                copy(from.data, from.starts[row], from.ends[row], at + i);
            }
        }
    }

    @Override
    void mergeValues(Lane source, int[] rows, int count) {
        BytesLane from = (BytesLane) source;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (source.isNull(row)) {
                setNullValue(row);
            } else {
                copy(from.data, from.starts[row], from.ends[row], row);
            }
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        BytesLane to = (BytesLane) other;
        return Arrays.equals(data, starts[row], ends[row], to.data, to.starts[otherRow], to.ends[otherRow]);
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            hashes[i] = Hashes.mix(hashes[i], isNull(row) ? Hashes.NULL : Hashes.ofBytes(data, starts[row], ends[row]));
        }
    }

    @Override
    public int compare(int row, Lane other, int otherRow) {
        BytesLane to = (BytesLane) other;
        return Arrays.compareUnsigned(data, starts[row], ends[row], to.data, to.starts[otherRow], to.ends[otherRow]);
    }

    @Override
    public long orderPrefix(int row) {
        long prefix = 0;
        int start = starts[row];
        int length = Math.min(Long.BYTES, ends[row] - start);
        for (int i = 0; i < length; i++) {
            prefix |= (data[start + i] & 0xFFL) << (56 - 8 * i);
        }
        return prefix ^ Long.MIN_VALUE;
    }
}
