// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/**
 * One column of a batch: a primitive array and its nulls. Confined to one thread; valid until the batch's producer is
 * asked for its next batch.
 *
 * <p>A primitive getter answers for the types named in its comment and throws {@link UnsupportedOperationException} for
 * others; its answer for a NULL row is unspecified.
 */
public abstract sealed class ColumnVector
        permits BooleanVector,
                ShortVector,
                IntVector,
                LongVector,
                NarrowVector,
                FloatVector,
                DoubleVector,
                BytesVector,
                DictionaryVector,
                UuidVector,
                Decimal128Vector,
                EmbeddingVector {
    private final KalamDataType type;
    private final int size;
    private final long @Nullable [] nulls;

    /** @param nulls one bit a row, set for NULL; null if the column has no NULL */
    ColumnVector(KalamDataType type, int size, long @Nullable [] nulls) {
        this.type = requireNonNull(type, "type is null");
        this.size = size;
        this.nulls = nulls;
    }

    public final KalamDataType type() {
        return type;
    }

    /** Number of rows. */
    public final int size() {
        return size;
    }

    /** One bit a row, set for NULL, lowest first; null if the column has no NULL. Read only. */
    public final long @Nullable [] nullWords() {
        return nulls;
    }

    public final boolean hasNulls() {
        return nulls != null;
    }

    public final boolean isNull(int row) {
        return nulls != null && (nulls[row >> 6] >>> row & 1) != 0;
    }

    /** Marks the rows that are NULL, and no other, in the first {@link #size()} entries of an array. */
    public final void markNulls(boolean[] marks) {
        for (int first = 0; first < size; first += Long.SIZE) {
            long word = nulls == null ? 0 : nulls[first >> 6];
            int end = Math.min(size, first + Long.SIZE);
            if (word == 0) {
                Arrays.fill(marks, first, end, false);
            } else {
                for (int row = first; row < end; row++) {
                    marks[row] = (word >>> row & 1) != 0;
                }
            }
        }
    }

    /** BOOLEAN. */
    public boolean getBoolean(int row) {
        throw unsupported();
    }

    /** SMALLINT, INT, DATE (days since 1970-01-01). */
    public int getInt(int row) {
        throw unsupported();
    }

    /**
     * SMALLINT, INT, BIGINT; DATE in days; TIMESTAMP and DATETIME in microseconds since 1970-01-01 (UTC for DATETIME);
     * TIME in microseconds since midnight; the unscaled value of a DECIMAL of precision 18 or less.
     */
    public long getLong(int row) {
        throw unsupported();
    }

    /** FLOAT. */
    public float getFloat(int row) {
        throw unsupported();
    }

    /** FLOAT, DOUBLE. */
    public double getDouble(int row) {
        throw unsupported();
    }

    /** DECIMAL, with exactly the scale of the type. */
    public BigDecimal getDecimal(int row) {
        throw unsupported();
    }

    /** TEXT, JSON. */
    public String getString(int row) {
        throw unsupported();
    }

    /** BYTES; TEXT and JSON as UTF-8. A copy. */
    public byte[] getBytes(int row) {
        throw unsupported();
    }

    /** UUID. */
    public UUID getUuid(int row) {
        throw unsupported();
    }

    /** EMBEDDING. A copy. */
    public float[] getEmbedding(int row) {
        throw unsupported();
    }

    /** The row as a stored value (see {@code org.kalamdb.type.StoredValues}), or null for NULL. */
    public final @Nullable Object storedValue(int row) {
        return isNull(row) ? null : nonNullValue(row);
    }

    abstract Object nonNullValue(int row);

    private UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("No such access to a vector of " + type);
    }
}
