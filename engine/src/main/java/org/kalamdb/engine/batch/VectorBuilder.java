// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/**
 * Fills a column row by row. Confined to one thread.
 *
 * <p>{@link #build()} hands out the arrays without copying them. {@link #reset()} takes them back for the next batch,
 * which ends the life of the vector built before; a producer whose vectors must live on makes a new builder instead.
 */
public abstract sealed class VectorBuilder
        permits BooleanVectorBuilder,
                ShortVectorBuilder,
                IntVectorBuilder,
                LongVectorBuilder,
                FloatVectorBuilder,
                DoubleVectorBuilder,
                BytesVectorBuilder,
                UuidVectorBuilder,
                Decimal128VectorBuilder,
                EmbeddingVectorBuilder {
    private static final int MIN_CAPACITY = 8;

    private final KalamDataType type;
    private int size;
    private int capacity;
    private long[] nulls = {};
    private boolean hasNulls;

    VectorBuilder(KalamDataType type, int capacity) {
        this.type = requireNonNull(type, "type is null");
        this.capacity = capacity;
    }

    /**
     * A builder for columns of {@code type}.
     *
     * @param capacity number of rows to make room for, at least 0; more may be appended
     */
    public static VectorBuilder of(KalamDataType type, int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity is negative: " + capacity);
        }
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanVectorBuilder(capacity);
            case SMALLINT -> new ShortVectorBuilder(capacity);
            case INT, DATE -> new IntVectorBuilder(type, capacity);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> new LongVectorBuilder(type, capacity);
            case FLOAT -> new FloatVectorBuilder(capacity);
            case DOUBLE -> new DoubleVectorBuilder(capacity);
            case TEXT, JSON, BYTES -> new BytesVectorBuilder(type, capacity);
            case UUID -> new UuidVectorBuilder(capacity);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield decimal.fitsLong()
                        ? new LongVectorBuilder(type, capacity)
                        : new Decimal128VectorBuilder(decimal, capacity);
            }
            case EMBEDDING -> new EmbeddingVectorBuilder((EmbeddingType) type, capacity);
        };
    }

    /** The type of the column. */
    public final KalamDataType type() {
        return type;
    }

    /** Number of rows appended since the last reset. */
    public final int size() {
        return size;
    }

    /** Appends a NULL. */
    public final void appendNull() {
        int row = nextRow();
        int word = row >> 6;
        if (word >= nulls.length) {
            nulls = Arrays.copyOf(nulls, Math.max(word + 1, (capacity + 63) >> 6));
        }
        nulls[word] |= 1L << row;
        hasNulls = true;
        fillNull(row);
    }

    /**
     * Appends a stored value (see {@code org.kalamdb.type.StoredValues}), or NULL for null.
     *
     * @throws ClassCastException if the value is not of the Java class that stores this type
     */
    public final void append(@Nullable Object storedValue) {
        if (storedValue == null) {
            appendNull();
        } else {
            appendNonNull(storedValue);
        }
    }

    /** Appends a row of a vector of the same type. */
    public final void append(ColumnVector source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            appendFrom(source, row);
        }
    }

    /**
     * Appends some rows of a vector of the same type.
     *
     * @param rows numbers of rows; those from {@code from} to {@code to} (exclusive) are taken
     */
    public final void append(ColumnVector source, int[] rows, int from, int to) {
        if (source.hasNulls()) {
            for (int i = from; i < to; i++) {
                append(source, rows[i]);
            }
        } else {
            appendAll(source, rows, from, to);
        }
    }

    /** As {@link #append(ColumnVector, int[], int, int)} of rows that are not NULL; a loop of its own where many rows come. */
    void appendAll(ColumnVector source, int[] rows, int from, int to) {
        for (int i = from; i < to; i++) {
            appendFrom(source, rows[i]);
        }
    }

    /** The rows appended so far, sharing this builder's arrays. */
    public final ColumnVector build() {
        long @Nullable [] nullBits = null;
        if (hasNulls) {
            int words = (size + 63) >> 6;
            if (words > nulls.length) {
                nulls = Arrays.copyOf(nulls, Math.max(words, (capacity + 63) >> 6));
            }
            nullBits = nulls;
        }
        return vector(nullBits);
    }

    /** Forgets all rows and keeps the room. Vectors built before are invalid from now on. */
    public final void reset() {
        if (hasNulls) {
            Arrays.fill(nulls, 0);
            hasNulls = false;
        }
        size = 0;
        resetValues();
    }

    /** Makes room for one more row and returns its index. */
    final int nextRow() {
        if (size == capacity) {
            capacity = Math.max(MIN_CAPACITY, Math.addExact(capacity, capacity));
            grow(capacity);
        }
        return size++;
    }

    /** Makes the value arrays hold {@code newCapacity} rows. */
    abstract void grow(int newCapacity);

    /** Gives a NULL row a defined value, since arrays are reused. */
    abstract void fillNull(int row);

    abstract void appendNonNull(Object storedValue);

    /** Appends a row that is not NULL. */
    void appendFrom(ColumnVector source, int row) {
        appendNonNull(source.nonNullValue(row));
    }

    abstract ColumnVector vector(long @Nullable [] nullBits);

    void resetValues() {}
}
