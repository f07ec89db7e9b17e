// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Functions over EMBEDDING values. Called by generated code. */
public final class VectorFunctions {
    private VectorFunctions() {}

    /** See {@link VectorDistance#COSINE}. */
    public static float cosineDistance(Embedding a, Embedding b) {
        return (float) VectorDistance.COSINE.between(a, b);
    }

    /** See {@link VectorDistance#L2}. */
    public static double l2Distance(Embedding a, Embedding b) {
        return VectorDistance.L2.between(a, b);
    }

    /** See {@link VectorDistance#INNER_PRODUCT}. */
    public static double innerProduct(Embedding a, Embedding b) {
        return VectorDistance.INNER_PRODUCT.between(a, b);
    }

    /** Number of elements. */
    public static int dimensions(Embedding embedding) {
        return embedding.dimension();
    }

    static void requireDimension(Embedding embedding, int dimension) {
        if (embedding.dimension() != dimension) {
            throw new KalamException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "Invalid EMBEDDING: expected " + dimension + " elements, got: " + embedding.dimension());
        }
    }
}
