// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.EmbeddingType;

/** A column of EMBEDDING(n): n floats a row, one after the other. Confined to one thread. */
public final class EmbeddingVector extends ColumnVector {
    private final int dimension;
    private final float[] values;

    public EmbeddingVector(EmbeddingType type, int size, float[] values, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.dimension = type.dimension();
        this.values = values;
    }

    /** Floats of a row. */
    public int dimension() {
        return dimension;
    }

    /** The array behind the vector; read only. */
    public float[] values() {
        return values;
    }

    @Override
    public float[] getEmbedding(int row) {
        return Arrays.copyOfRange(values, row * dimension, (row + 1) * dimension);
    }

    @Override
    Object nonNullValue(int row) {
        return getEmbedding(row);
    }
}
