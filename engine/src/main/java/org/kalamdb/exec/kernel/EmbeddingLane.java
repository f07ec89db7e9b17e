// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Embedding;

/** A lane of EMBEDDING: each row is a part of one array of floats. Rows may differ in dimension. Confined to one thread. */
public final class EmbeddingLane extends Lane {
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private float[] data = {};
    /** Whether the array is of somebody else, so that nothing may be written to it. */
    private boolean shared;

    private int dataLength;
    private int[] starts = {};
    private int[] ends = {};

    public EmbeddingLane() {
        super(LaneType.EMBEDDING);
    }

    /** The floats of all rows. */
    public float[] data() {
        return data;
    }

    /** Where a row begins in {@link #data()}. */
    public int start(int row) {
        return starts[row];
    }

    /** Number of elements of a row. */
    public int dimension(int row) {
        return ends[row] - starts[row];
    }

    /** Makes the lane a view of a vector. */
    void share(EmbeddingVector vector) {
        int dimension = vector.dimension();
        lend(vector.values());
        reserve(vector.size());
        for (int row = 0; row < vector.size(); row++) {
            starts[row] = row * dimension;
            ends[row] = (row + 1) * dimension;
        }
    }

    private void lend(float[] sharedData) {
        data = sharedData;
        shared = true;
    }

    @Override
    public void prepare(int capacity) {
        super.prepare(capacity);
        if (shared) {
            data = new float[0];
            shared = false;
        }
        dataLength = 0;
    }

    @Override
    int capacity() {
        return starts.length;
    }

    @Override
    long valueBytes() {
        return (long) Float.BYTES * data.length + (long) (Integer.BYTES + Integer.BYTES) * starts.length;
    }

    @Override
    void writeValues(int[] rows, int count, BlockWriter to) {
        int[] dimensions = new int[count];
        for (int i = 0; i < count; i++) {
            dimensions[i] = isNull(rows[i]) ? 0 : dimension(rows[i]);
        }
        to.writeInts(dimensions, count);
        for (int i = 0; i < count; i++) {
            to.writeFloats(data, starts[rows[i]], dimensions[i]);
        }
    }

    /** Into an array of its own, since the one there is may belong to somebody else. */
    @Override
    void readValues(BlockReader from, int count) {
        int[] dimensions = new int[count];
        from.readInts(dimensions, count);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = sum;
            sum = Math.addExact(sum, dimensions[i]);
            ends[i] = sum;
        }
        data = new float[sum];
        from.readFloats(data, sum);
        shared = false;
        dataLength = sum;
    }

    @Override
    void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
    }

    @Override
    Object value(int row) {
        return new Embedding(elements(row));
    }

    /** The elements of a row, in an array of their own. */
    float[] elements(int row) {
        return Arrays.copyOfRange(data, starts[row], ends[row]);
    }

    @Override
    void setValue(int row, Object internal) {
        float[] elements = ((Embedding) internal).values();
        copy(elements, 0, elements.length, row);
    }

    private void copy(float[] source, int start, int length, int row) {
        reserveElements(length);
        System.arraycopy(source, start, data, dataLength, length);
        starts[row] = dataLength;
        dataLength += length;
        ends[row] = dataLength;
    }

    private void reserveElements(int length) {
        if (shared) {
            data = data.clone();
            dataLength = data.length;
            shared = false;
        }
        long needed = (long) dataLength + length;
        if (needed > data.length) {
            if (needed > MAX_ARRAY_LENGTH) {
                throw new KalamException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "Cannot hold more than 8 GB of one column in memory; filter or aggregate more rows away");
            }
            data = Arrays.copyOf(data, (int) Math.min(MAX_ARRAY_LENGTH, Math.max(needed, 2L * data.length)));
        }
    }

    /** In the room of the old value if the new one is no longer. */
    @Override
    public void replace(int row, Lane source, int sourceRow) {
        EmbeddingLane from = (EmbeddingLane) source;
        int length = from.dimension(sourceRow);
        if (!shared && !source.isNull(sourceRow) && !isNull(row) && length <= dimension(row)) {
            System.arraycopy(from.data, from.starts[sourceRow], data, starts[row], length);
            ends[row] = starts[row] + length;
        } else {
            super.replace(row, source, sourceRow);
        }
    }

    @Override
    void setNullValue(int row) {
        starts[row] = 0;
        ends[row] = 0;
    }

    @Override
    void gatherValues(Lane source, int[] rows, int count, boolean someNegative) {
        EmbeddingLane from = (EmbeddingLane) source;
        lend(from.data);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            starts[i] = row < 0 ? 0 : from.starts[row];
            ends[i] = row < 0 ? 0 : from.ends[row];
        }
    }

    @Override
    void appendValues(Lane source, int[] rows, int count, int at) {
        for (int i = 0; i < count; i++) {
            take((EmbeddingLane) source, rows[i], at + i);
        }
    }

    @Override
    void mergeValues(Lane source, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            take((EmbeddingLane) source, rows[i], rows[i]);
        }
    }

    private void take(EmbeddingLane source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNullValue(row);
        } else {
            copy(source.data, source.starts[sourceRow], source.dimension(sourceRow), row);
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        EmbeddingLane to = (EmbeddingLane) other;
        return Arrays.equals(data, starts[row], ends[row], to.data, to.starts[otherRow], to.ends[otherRow]);
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long hash = isNull(row) ? Hashes.NULL : dimension(row);
            for (int k = starts[row]; k < ends[row] && !isNull(row); k++) {
                hash = 31 * hash + Float.floatToIntBits(data[k]);
            }
            hashes[i] = Hashes.mix(hashes[i], hash);
        }
    }

    /** Element by element, then by dimension. */
    @Override
    public int compare(int row, Lane other, int otherRow) {
        EmbeddingLane to = (EmbeddingLane) other;
        return Arrays.compare(data, starts[row], ends[row], to.data, to.starts[otherRow], to.ends[otherRow]);
    }

    @Override
    public long orderPrefix(int row) {
        if (dimension(row) == 0) {
            return Long.MIN_VALUE;
        }
        int bits = Float.floatToIntBits(data[starts[row]]);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}
