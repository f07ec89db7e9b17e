// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Parses embeddings, and remembers the last few by the identity of their text: the text of a literal or parameter is the
 * same object for each row of a query, and parsing thousands of numbers a row would cost more than comparing them. Safe
 * for use by several threads.
 */
final class EmbeddingCache {
    /** Takes the dimension from the text. */
    static final int ANY_DIMENSION = -1;

    private static final int SLOT_COUNT = 16;

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOT_COUNT);

    Embedding parse(String text, int dimension) {
        int slot = System.identityHashCode(text) % SLOT_COUNT;
        Entry entry = slots.get(slot);
        if (entry != null && isSameObject(entry.text, text)) {
            if (dimension != ANY_DIMENSION) {
                VectorFunctions.requireDimension(entry.embedding, dimension);
            }
            return entry.embedding;
        }
        int parsedDimension = dimension == ANY_DIMENSION ? dimensionOf(text) : dimension;
        Embedding embedding =
                new Embedding((float[]) StoredValues.parse(KalamDataType.embedding(parsedDimension), text));
        slots.set(slot, new Entry(text, embedding));
        return embedding;
    }

    /** Equal texts that are not one object are not worth comparing: they are long. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSameObject(String a, String b) {
        return a == b;
    }

    /** One more than the number of commas, if the type allows it. */
    private static int dimensionOf(String text) {
        long dimension = text.chars().filter(character -> character == ',').count() + 1;
        if (dimension > EmbeddingType.MAX_DIMENSION) {
            throw new KalamException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "Invalid EMBEDDING literal: at most " + EmbeddingType.MAX_DIMENSION
                            + " elements are possible, got: " + dimension);
        }
        return (int) dimension;
    }

    private record Entry(String text, Embedding embedding) {}
}
