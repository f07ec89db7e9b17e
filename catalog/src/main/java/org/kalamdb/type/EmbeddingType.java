// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Vectors of 32-bit floats with a fixed dimension. Immutable.
 *
 * @param dimension number of elements, 1 to {@value #MAX_DIMENSION}
 */
public record EmbeddingType(int dimension) implements KalamDataType {
    public static final int MAX_DIMENSION = 8192;

    public EmbeddingType {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new KalamException(
                    ErrorCode.INVALID_TYPE,
                    "Invalid EMBEDDING dimension: must be between 1 and " + MAX_DIMENSION + ", got: " + dimension);
        }
    }

    @Override
    public TypeKind kind() {
        return TypeKind.EMBEDDING;
    }

    @Override
    public String sqlName() {
        return "EMBEDDING(" + dimension + ")";
    }

    @Override
    public String toString() {
        return sqlName();
    }
}
