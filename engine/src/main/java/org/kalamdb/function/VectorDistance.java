// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * How far two vectors lie apart. Sums are of doubles, four of them beside each other, so that one addition need not wait for
 * the one before; whoever computes a distance gets the same bits.
 */
public enum VectorDistance {
    /** One minus the cosine, the cosine clamped to -1 to 1; 1 if a vector has no length. In single precision. */
    COSINE {
        @Override
        double between(float[] data, int start, double[] target, double squaredTarget) {
            double product0 = 0;
            double product1 = 0;
            double product2 = 0;
            double product3 = 0;
            double square0 = 0;
            double square1 = 0;
            double square2 = 0;
            double square3 = 0;
            int i = 0;
            for (; i < target.length - 3; i += 4) {
                double a = data[start + i];
                double b = data[start + i + 1];
                double c = data[start + i + 2];
                double d = data[start + i + 3];
                product0 += a * target[i];
                product1 += b * target[i + 1];
                product2 += c * target[i + 2];
                product3 += d * target[i + 3];
                square0 += a * a;
                square1 += b * b;
                square2 += c * c;
                square3 += d * d;
            }
            for (; i < target.length; i++) {
                double a = data[start + i];
                product0 += a * target[i];
                square0 += a * a;
            }
            double square = square0 + square1 + (square2 + square3);
            if (square == 0 || squaredTarget == 0) {
                return 1;
            }
            double product = product0 + product1 + (product2 + product3);
            double cosine = product / (Math.sqrt(square) * Math.sqrt(squaredTarget));
            return (float) (1 - Math.max(-1, Math.min(1, cosine)));
        }
    },

    /** Euclidean: the root of the sum of squared differences. */
    L2 {
        @Override
        double between(float[] data, int start, double[] target, double squaredTarget) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            int i = 0;
            for (; i < target.length - 3; i += 4) {
                double a = data[start + i] - target[i];
                double b = data[start + i + 1] - target[i + 1];
                double c = data[start + i + 2] - target[i + 2];
                double d = data[start + i + 3] - target[i + 3];
                sum0 += a * a;
                sum1 += b * b;
                sum2 += c * c;
                sum3 += d * d;
            }
            for (; i < target.length; i++) {
                double a = data[start + i] - target[i];
                sum0 += a * a;
            }
            return Math.sqrt(sum0 + sum1 + (sum2 + sum3));
        }
    },

    /** The sum of the products of elements: the greater, the closer. */
    INNER_PRODUCT {
        @Override
        double between(float[] data, int start, double[] target, double squaredTarget) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            int i = 0;
            for (; i < target.length - 3; i += 4) {
                sum0 += data[start + i] * target[i];
                sum1 += data[start + i + 1] * target[i + 1];
                sum2 += data[start + i + 2] * target[i + 2];
                sum3 += data[start + i + 3] * target[i + 3];
            }
            for (; i < target.length; i++) {
                sum0 += data[start + i] * target[i];
            }
            return sum0 + sum1 + (sum2 + sum3);
        }
    };

    /**
     * A vector that others are compared with. Immutable.
     *
     * @see VectorDistance#target
     */
    public static final class Target {
        private final VectorDistance distance;
        private final double[] elements;
        private final double square;

        private Target(VectorDistance distance, double[] elements) {
            this.distance = distance;
            this.elements = elements;
            this.square = square(elements);
        }

        /** In the order of {@link #COSINE}, so that a vector is as long on either side. */
        private static double square(double[] elements) {
            double[] sums = new double[4];
            int whole = elements.length - elements.length % sums.length;
            for (int i = 0; i < elements.length; i++) {
                sums[i < whole ? i % sums.length : 0] += elements[i] * elements[i];
            }
            return sums[0] + sums[1] + (sums[2] + sums[3]);
        }

        /**
         * The distance of a vector.
         *
         * @param data holds its elements
         * @param start where they begin
         * @param dimension how many they are
         * @throws KalamException DIMENSION_MISMATCH if it has another number of elements
         */
        public double to(float[] data, int start, int dimension) {
            if (dimension != elements.length) {
                throw new KalamException(
                        ErrorCode.DIMENSION_MISMATCH,
                        "Cannot compare an EMBEDDING(" + dimension + ") with an EMBEDDING(" + elements.length + ")");
            }
            return distance.between(data, start, elements, square);
        }
    }

    /** A vector to compare others with. @param start where it begins in {@code data} */
    public final Target target(float[] data, int start, int dimension) {
        double[] elements = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            elements[i] = data[start + i];
        }
        return new Target(this, elements);
    }

    /** The distance of two vectors. */
    final double between(Embedding a, Embedding b) {
        return target(b.values(), 0, b.dimension()).to(a.values(), 0, a.dimension());
    }

    /** The distance of the vector that begins at {@code start} in {@code data}, of as many elements as the other. */
    abstract double between(float[] data, int start, double[] target, double squaredTarget);
}
