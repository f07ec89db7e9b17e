// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Functions over EMBEDDING values. Called by generated code. */
public final class VectorFunctions {
    private VectorFunctions() {}

    /** One minus the cosine, the cosine clamped to -1 to 1; 1 if a vector has no length. */
    public static float cosineDistance(Embedding a, Embedding b) {
        float[] x = a.values();
        float[] y = sameDimension(a, b);
        double product = 0;
        double squareX = 0;
        double squareY = 0;
        for (int i = 0; i < x.length; i++) {
            product += (double) x[i] * y[i];
            squareX += (double) x[i] * x[i];
            squareY += (double) y[i] * y[i];
        }
        if (squareX == 0 || squareY == 0) {
            return 1;
        }
        double cosine = product / (Math.sqrt(squareX) * Math.sqrt(squareY));
        return (float) (1 - Math.max(-1, Math.min(1, cosine)));
    }

    /** Euclidean distance: the root of the sum of squared differences. */
    public static double l2Distance(Embedding a, Embedding b) {
        float[] x = a.values();
        float[] y = sameDimension(a, b);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double difference = (double) x[i] - y[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** Sum of the products of elements. */
    public static double innerProduct(Embedding a, Embedding b) {
        float[] x = a.values();
        float[] y = sameDimension(a, b);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
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

    private static float[] sameDimension(Embedding a, Embedding b) {
        if (a.dimension() != b.dimension()) {
            throw new KalamException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "Cannot compare an EMBEDDING(" + a.dimension() + ") with an EMBEDDING(" + b.dimension() + ")");
        }
        return b.values();
    }
}
