// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

/**
 * The type of a column or value. Every other notion of type (SQL name, JDBC, Java, Arrow, Parquet, wire) is derived
 * from it in this package. Immutable.
 */
public sealed interface KalamDataType permits ScalarType, DecimalType, EmbeddingType {
    KalamDataType BOOLEAN = ScalarType.BOOLEAN;
    KalamDataType SMALLINT = ScalarType.SMALLINT;
    KalamDataType INT = ScalarType.INT;
    KalamDataType BIGINT = ScalarType.BIGINT;
    KalamDataType FLOAT = ScalarType.FLOAT;
    KalamDataType DOUBLE = ScalarType.DOUBLE;
    KalamDataType TEXT = ScalarType.TEXT;
    KalamDataType BYTES = ScalarType.BYTES;
    KalamDataType JSON = ScalarType.JSON;
    KalamDataType UUID = ScalarType.UUID;
    KalamDataType DATE = ScalarType.DATE;
    KalamDataType TIME = ScalarType.TIME;
    KalamDataType TIMESTAMP = ScalarType.TIMESTAMP;
    KalamDataType DATETIME = ScalarType.DATETIME;

    /** DECIMAL(precision, scale); precision 1 to 38, scale 0 to precision. */
    static DecimalType decimal(int precision, int scale) {
        return new DecimalType(precision, scale);
    }

    /** EMBEDDING(dimension); dimension 1 to 8192. */
    static EmbeddingType embedding(int dimension) {
        return new EmbeddingType(dimension);
    }

    TypeKind kind();

    /** The canonical SQL spelling with parameters, for example {@code DECIMAL(10, 2)}. */
    String sqlName();
}
