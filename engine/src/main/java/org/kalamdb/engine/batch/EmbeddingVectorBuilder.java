// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.EmbeddingType;

/** Fills an {@link EmbeddingVector}. Confined to one thread. */
public final class EmbeddingVectorBuilder extends VectorBuilder {
    private final EmbeddingType embedding;
    private float[] values;

    EmbeddingVectorBuilder(EmbeddingType type, int capacity) {
        super(type, capacity);
        this.embedding = type;
        values = new float[Math.multiplyExact(capacity, type.dimension())];
    }

    /** Appends one vector of exactly the type's dimension. Copies it. */
    public void append(float[] vector) {
        append(vector, 0, vector.length);
    }

    /** As the other one, of {@code length} elements of an array. */
    public void append(float[] source, int from, int length) {
        if (length != embedding.dimension()) {
            throw new IllegalArgumentException("Expected " + embedding.dimension() + " elements, got: " + length);
        }
        // The row first: making room for it replaces the array.
        int first = reserveRow();
        System.arraycopy(source, from, values, first, length);
    }

    /** Makes room for one more vector and returns where in {@link #values()} its elements belong. */
    public int reserveRow() {
        return nextRow() * embedding.dimension();
    }

    /** The array to write reserved rows to; valid until the next row is reserved. */
    public float[] values() {
        return values;
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, Math.multiplyExact(newCapacity, embedding.dimension()));
    }

    @Override
    void fillNull(int row) {
        int from = row * embedding.dimension();
        Arrays.fill(values, from, from + embedding.dimension(), 0f);
    }

    @Override
    void appendNonNull(Object storedValue) {
        append((float[]) storedValue);
    }

    @Override
    ColumnVector vector(long @Nullable [] nullBits) {
        return new EmbeddingVector(embedding, size(), values, nullBits);
    }
}
