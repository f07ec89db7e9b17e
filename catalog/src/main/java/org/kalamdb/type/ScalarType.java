// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

/** The types without parameters. */
public enum ScalarType implements KalamDataType {
    BOOLEAN(TypeKind.BOOLEAN),
    SMALLINT(TypeKind.SMALLINT),
    INT(TypeKind.INT),
    BIGINT(TypeKind.BIGINT),
    FLOAT(TypeKind.FLOAT),
    DOUBLE(TypeKind.DOUBLE),
    TEXT(TypeKind.TEXT),
    BYTES(TypeKind.BYTES),
    JSON(TypeKind.JSON),
    UUID(TypeKind.UUID),
    DATE(TypeKind.DATE),
    TIME(TypeKind.TIME),
    TIMESTAMP(TypeKind.TIMESTAMP),
    DATETIME(TypeKind.DATETIME);

    private final TypeKind kind;

    ScalarType(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public TypeKind kind() {
        return kind;
    }

    @Override
    public String sqlName() {
        return kind.name();
    }

    @Override
    public String toString() {
        return sqlName();
    }

    /** The type of a kind without parameters. */
    static ScalarType of(TypeKind kind) {
        return valueOf(kind.name());
    }
}
