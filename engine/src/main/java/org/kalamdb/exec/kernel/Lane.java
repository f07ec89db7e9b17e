// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of values, some of them NULL. It serves as a view of a stored column, as the output of a kernel that is written
 * anew for each batch, and as a store that grows. What is written to it by {@link #gather} may share the arrays of its
 * source. Confined to one thread.
 */
public abstract sealed class Lane permits LongLane, DoubleLane, DecimalLane, BytesLane, EmbeddingLane, ObjectLane {
    private final LaneType type;
    private boolean @Nullable [] nulls;
    private boolean[] ownNulls = {};

    Lane(LaneType type) {
        this.type = type;
    }

    /** An empty lane. */
    public static Lane of(LaneType type) {
        return switch (type) {
            case BOOLEAN, SMALLINT, INT, BIGINT -> new LongLane(type);
            case FLOAT, DOUBLE -> new DoubleLane(type);
            case DECIMAL -> new DecimalLane();
            case TEXT, BYTES -> new BytesLane(type);
            case EMBEDDING -> new EmbeddingLane();
            case OBJECT -> new ObjectLane();
        };
    }

    /** Empty lanes. */
    public static Lane[] ofEach(List<LaneType> types) {
        Lane[] lanes = new Lane[types.size()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = of(types.get(i));
        }
        return lanes;
    }

    public final LaneType type() {
        return type;
    }

    public final boolean isNull(int row) {
        return nulls != null && nulls[row];
    }

    /** Which rows are NULL, or null if none is; read only. */
    public final boolean @Nullable [] nulls() {
        return nulls;
    }

    /** Makes the same rows NULL as in another lane. @param shared read from now on, not copied */
    public final void shareNulls(boolean @Nullable [] shared) {
        nulls = shared;
    }

    /** Makes no row NULL, and makes room for {@code capacity} rows, whose values are to be written. */
    public void prepare(int capacity) {
        nulls = null;
        reserve(capacity);
    }

    /** Makes room for {@code capacity} rows and keeps those there are. */
    public final void reserve(int capacity) {
        int old = capacity();
        if (capacity > old) {
            int grown = old == 0 ? capacity : Math.max(capacity, (int) Math.min(Integer.MAX_VALUE - 8, 2L * old));
            grow(grown);
        }
        if (nulls != null && nulls.length < capacity()) {
            nulls = Arrays.copyOf(nulls, capacity());
            ownNulls = nulls;
        }
    }

    /** The array of NULL marks to write to, of the lane's own and with room for all rows; what it holds is kept. */
    final boolean[] writableNulls() {
        boolean[] current = nulls;
        if (current == null) {
            if (ownNulls.length < capacity()) {
                ownNulls = new boolean[capacity()];
            } else {
                Arrays.fill(ownNulls, false);
            }
            current = ownNulls;
            nulls = current;
        }
        return current;
    }

    public final void setNull(int row) {
        writableNulls()[row] = true;
        setNullValue(row);
    }

    private void setNotNull(int row) {
        if (nulls != null) {
            nulls[row] = false;
        }
    }

    /** Writes an internal value, or NULL for null. */
    public final void set(int row, @Nullable Object internal) {
        if (internal == null) {
            setNull(row);
        } else {
            setNotNull(row);
            setValue(row, internal);
        }
    }

    /** The internal value of a row, or null for NULL. */
    public final @Nullable Object get(int row) {
        return isNull(row) ? null : value(row);
    }

    /** Makes row {@code i} that of {@code source} at {@code rows[i]}, or NULL if that is negative; may share arrays. */
    public final void gather(Lane source, int[] rows, int count) {
        nulls = null;
        reserve(count);
        boolean negative = false;
        for (int i = 0; i < count; i++) {
            negative |= rows[i] < 0;
        }
        boolean[] sourceNulls = source.nulls;
        if (negative || sourceNulls != null) {
            boolean[] marks = writableNulls();
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                marks[i] = row < 0 || sourceNulls != null && sourceNulls[row];
            }
        }
        gatherValues(source, rows, count, negative);
    }

    /** Copies rows of {@code source} to the rows from {@code at} on; there must be room for them. */
    public final void append(Lane source, int[] rows, int count, int at) {
        boolean[] sourceNulls = source.nulls;
        if (sourceNulls != null || nulls != null) {
            boolean[] marks = writableNulls();
            for (int i = 0; i < count; i++) {
                marks[at + i] = sourceNulls != null && sourceNulls[rows[i]];
            }
        }
        appendValues(source, rows, count, at);
    }

    /** Copies rows of {@code source} to the same rows here; there must be room for them. */
    public final void merge(Lane source, int[] rows, int count) {
        boolean[] sourceNulls = source.nulls;
        if (sourceNulls != null || nulls != null) {
            boolean[] marks = writableNulls();
            for (int i = 0; i < count; i++) {
                marks[rows[i]] = sourceNulls != null && sourceNulls[rows[i]];
            }
        }
        mergeValues(source, rows, count);
    }

    /** Makes one row that of another lane, in the place of what it was; the lane shares no arrays. */
    public void replace(int row, Lane source, int sourceRow) {
        append(source, new int[] {sourceRow}, 1, row);
    }

    /** Whether two rows are the same for grouping: NULL is the same as NULL, and zero as zero whatever its sign. */
    public final boolean same(int row, Lane other, int otherRow) {
        boolean isNull = isNull(row);
        return isNull == other.isNull(otherRow) && (isNull || sameValue(row, other, otherRow));
    }

    /**
     * As {@link #same}, for many rows: {@code same[i]} becomes false if the row at {@code rows[i]} is not the same as that of
     * another lane at {@code otherRows[i]}.
     */
    public void keepSame(int[] rows, int count, Lane other, int[] otherRows, boolean[] same) {
        for (int i = 0; i < count; i++) {
            same[i] &= same(rows[i], other, otherRows[i]);
        }
    }

    /** Mixes the hashes of rows into {@code hashes}, index by index; what is the same has the same hash. */
    public abstract void hash(int[] rows, int count, long[] hashes);

    /** The order of two rows that are not NULL. */
    public abstract int compare(int row, Lane other, int otherRow);

    /**
     * A number in the order of the values as far as it tells: if it is less (compared with sign), so is the value.
     *
     * @param row not NULL
     */
    public abstract long orderPrefix(int row);

    /** Bytes of the heap that the lane holds, its room included; what it shares with others counts too. */
    public final long heapBytes() {
        return valueBytes() + ownNulls.length;
    }

    /** As {@link #heapBytes()}, once there is room for so many rows: arrays grow to the double at least. */
    public final long heapBytes(int capacity) {
        return capacity > capacity() ? 2 * heapBytes() : heapBytes();
    }

    /** Writes some rows in the form that {@link #read} reads. */
    public final void write(int[] rows, int count, BlockWriter to) {
        boolean[] marks = nulls;
        boolean some = false;
        for (int i = 0; marks != null && i < count; i++) {
            some |= marks[rows[i]];
        }
        to.writeByte(some ? 1 : 0);
        if (some) {
            for (int i = 0; i < count; i += Byte.SIZE) {
                int bits = 0;
                for (int k = i; k < Math.min(count, i + Byte.SIZE); k++) {
                    bits |= marks != null && marks[rows[k]] ? 1 << (k - i) : 0;
                }
                to.writeByte(bits);
            }
        }
        writeValues(rows, count, to);
    }

    /** Makes the first rows those that were written to a block. */
    public final void read(BlockReader from, int count) {
        prepare(count);
        if (from.readByte() != 0) {
            boolean[] marks = writableNulls();
            for (int i = 0; i < count; i += Byte.SIZE) {
                int bits = from.readByte();
                for (int k = i; k < Math.min(count, i + Byte.SIZE); k++) {
                    marks[k] = (bits >> (k - i) & 1) != 0;
                }
            }
        }
        readValues(from, count);
    }

    /** Number of rows there is room for. */
    abstract int capacity();

    abstract long valueBytes();

    abstract void writeValues(int[] rows, int count, BlockWriter to);

    abstract void readValues(BlockReader from, int count);

    abstract void grow(int capacity);

    abstract Object value(int row);

    abstract void setValue(int row, Object internal);

    /** Gives a NULL row a defined value. */
    abstract void setNullValue(int row);

    abstract void gatherValues(Lane source, int[] rows, int count, boolean someNegative);

    abstract void appendValues(Lane source, int[] rows, int count, int at);

    abstract void mergeValues(Lane source, int[] rows, int count);

    abstract boolean sameValue(int row, Lane other, int otherRow);
}
