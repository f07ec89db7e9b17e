// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of an EMBEDDING(n) in a row: a vector of 32-bit floats, equal by its elements. Immutable, provided that nobody
 * writes to {@link #values()}.
 */
public final class Embedding implements Comparable<Embedding> {
    private final float[] values;

    /** @param values the elements, which nobody may change afterwards: they are not copied */
    public Embedding(float[] values) {
        this.values = requireNonNull(values, "values is null");
    }

    /** Number of elements. */
    public int dimension() {
        return values.length;
    }

    /** @param index 0-based */
    public float value(int index) {
        return values[index];
    }

    /** The elements themselves; read only. */
    public float[] values() {
        return values;
    }

    /** Element by element, then by dimension. */
    @Override
    public int compareTo(Embedding other) {
        return Arrays.compare(values, other.values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Embedding that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** The elements as SQL text, such as {@code [1.0, 2.5]}. */
    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
