// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * A lane of TEXT, as UTF-8, or of BYTES: rows are parts of one array. As a view of a vector with a dictionary it knows which rows
 * have the same value; where they are in the array is then found out when somebody asks. Confined to one thread.
 */
public final class BytesLane extends Lane {
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private static final int MAX_COMPARED_VALUES = 256;

    private byte[] data = {};
    /** Whether the array is of somebody else, so that nothing may be written to it. */
    private boolean shared;

    private int dataLength;
    private int[] starts = {};
    private int[] ends = {};
    /** What the lane is a view of, if that has a dictionary. */
    private @Nullable DictionaryVector coded;
    /** Whether starts and ends are those of the rows. */
    private boolean placed = true;
    /** Hashes of the values of a dictionary, as far as they were asked for, else 0. */
    private long[] dictionaryHashes = {};

    private @Nullable BytesVector hashedDictionary;

    public BytesLane(LaneType type) {
        super(type);
    }

    /** The bytes of all rows. */
    public byte[] data() {
        return data;
    }

    /** Where rows begin in {@link #data()}. */
    public int[] starts() {
        place();
        return starts;
    }

    /** Where rows end in {@link #data()}. */
    public int[] ends() {
        place();
        return ends;
    }

    /** The dictionary and the codes of the rows, or null if there are none; a NULL row has any code. */
    public @Nullable DictionaryVector coded() {
        return coded;
    }

    /** Makes the lane a view: row {@code i} is {@code sharedData[offsets[i] .. offsets[i + 1])}. */
    public void share(byte[] sharedData, int[] offsets, int size) {
        lend(sharedData);
        reserve(size);
        System.arraycopy(offsets, 0, starts, 0, size);
        System.arraycopy(offsets, 1, ends, 0, size);
    }

    /** Makes the lane a view of parts of an array, which are then to be written to {@link #starts()} and {@link #ends()}. */
    public void share(byte[] sharedData, int capacity) {
        prepare(capacity);
        lend(sharedData);
    }

    /** Makes the lane a view of a vector. */
    public void share(DictionaryVector vector) {
        lend(vector.dictionary().data());
        coded = vector;
        placed = false;
    }

    private void lend(byte[] sharedData) {
        data = sharedData;
        shared = true;
        coded = null;
        placed = true;
    }

    /** Finds out where rows are. */
    private void place() {
        DictionaryVector vector = coded;
        if (placed || vector == null) {
            return;
        }
        placed = true;
        int size = vector.size();
        reserve(size);
        int[] codes = vector.codes();
        int[] offsets = vector.dictionary().offsets();
        for (int row = 0; row < size; row++) {
            starts[row] = offsets[codes[row]];
            ends[row] = offsets[codes[row] + 1];
        }
    }

    private int start(int row) {
        return placed || coded == null ? starts[row] : coded.dictionary().offsets()[coded.codes()[row]];
    }

    private int end(int row) {
        return placed || coded == null ? ends[row] : coded.dictionary().offsets()[coded.codes()[row] + 1];
    }

    @Override
    public void prepare(int capacity) {
        super.prepare(capacity);
        if (shared) {
            data = new byte[0];
            shared = false;
        }
        dataLength = 0;
        coded = null;
        placed = true;
    }

    @Override
    int capacity() {
        return starts.length;
    }

    @Override
    long valueBytes() {
        return data.length + (long) (Integer.BYTES + Integer.BYTES) * starts.length;
    }

    @Override
    void writeValues(int[] rows, int count, BlockWriter to) {
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = isNull(rows[i]) ? 0 : end(rows[i]) - start(rows[i]);
        }
        to.writeInts(lengths, count);
        for (int i = 0; i < count; i++) {
            to.writeBytes(data, start(rows[i]), lengths[i]);
        }
    }

    /** Into an array of its own, since the one there is may belong to somebody else. */
    @Override
    void readValues(BlockReader from, int count) {
        int[] lengths = new int[count];
        from.readInts(lengths, count);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = sum;
            sum = Math.addExact(sum, lengths[i]);
            ends[i] = sum;
        }
        data = new byte[sum];
        from.readBytes(data, 0, sum);
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
        return type() == LaneType.TEXT ? text(row) : new ByteString(bytes(row));
    }

    /** A row of TEXT. */
    public String text(int row) {
        return new String(data, start(row), end(row) - start(row), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int row) {
        return Arrays.copyOfRange(data, start(row), end(row));
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
        int start = from.start(sourceRow);
        int length = from.end(sourceRow) - start;
        if (!shared && !source.isNull(sourceRow) && !isNull(row) && length <= ends[row] - starts[row]) {
            System.arraycopy(from.data, start, data, starts[row], length);
            ends[row] = starts[row] + length;
        } else {
            super.replace(row, source, sourceRow);
        }
    }

    private void reserveBytes(int length) {
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
        from.place();
        lend(from.data);
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
                copy(from.data, from.start(row), from.end(row), at + i);
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
                copy(from.data, from.start(row), from.end(row), row);
            }
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        BytesLane to = (BytesLane) other;
        return Arrays.equals(data, start(row), end(row), to.data, to.start(otherRow), to.end(otherRow));
    }

    /** Compares each value of a dictionary once with the row that it is mostly compared with. */
    @Override
    public void keepSame(int[] rows, int count, Lane other, int[] otherRows, boolean[] same) {
        DictionaryVector vector = coded;
        if (vector == null || nulls() != null || other.nulls() != null) {
            super.keepSame(rows, count, other, otherRows, same);
            return;
        }
        int[] codes = vector.codes();
        // For each value, the row it was found to be the same as, plus 1.
        int[] found = new int[Math.min(vector.dictionary().size(), MAX_COMPARED_VALUES)];
        for (int i = 0; i < count; i++) {
            int code = codes[rows[i]];
            if (code < found.length && found[code] == otherRows[i] + 1) {
                continue;
            }
            boolean isSame = sameValue(rows[i], other, otherRows[i]);
            if (isSame && code < found.length) {
                found[code] = otherRows[i] + 1;
            }
            same[i] &= isSame;
        }
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        DictionaryVector vector = coded;
        if (vector != null) {
            hashCoded(vector, rows, count, hashes);
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            hashes[i] = Hashes.mix(hashes[i], isNull(row) ? Hashes.NULL : Hashes.ofBytes(data, starts[row], ends[row]));
        }
    }

    /** Computes the hash of each value of the dictionary that occurs once. */
    private void hashCoded(DictionaryVector vector, int[] rows, int count, long[] hashes) {
        BytesVector dictionary = vector.dictionary();
        if (hashedDictionary != dictionary) {
            hashedDictionary = dictionary;
            dictionaryHashes = new long[dictionary.size()];
        }
        int[] codes = vector.codes();
        int[] offsets = dictionary.offsets();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long hash = Hashes.NULL;
            if (!isNull(row)) {
                int code = codes[row];
                hash = dictionaryHashes[code];
                if (hash == 0) {
                    hash = Hashes.ofBytes(data, offsets[code], offsets[code + 1]);
                    dictionaryHashes[code] = hash;
                }
            }
            hashes[i] = Hashes.mix(hashes[i], hash);
        }
    }

    @Override
    public int compare(int row, Lane other, int otherRow) {
        BytesLane to = (BytesLane) other;
        return Arrays.compareUnsigned(data, start(row), end(row), to.data, to.start(otherRow), to.end(otherRow));
    }

    @Override
    public long orderPrefix(int row) {
        long prefix = 0;
        int start = start(row);
        int length = Math.min(Long.BYTES, end(row) - start);
        for (int i = 0; i < length; i++) {
            prefix |= (data[start + i] & 0xFFL) << (56 - 8 * i);
        }
        return prefix ^ Long.MIN_VALUE;
    }
}
