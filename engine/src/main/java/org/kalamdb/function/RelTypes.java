// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/** Questions about the planner's types. */
public final class RelTypes {
    private static final String JSON = "JSON";

    private RelTypes() {}

    /** Whether it is JSON, which is a VARCHAR of another name. */
    public static boolean isJson(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.VARCHAR && type.toString().equals(JSON);
    }

    /** Whether it is EMBEDDING(n), the only type without a standard name. */
    public static boolean isEmbedding(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.OTHER;
    }

    /**
     * The type whose stored values are this type's values.
     *
     * @throws KalamException NOT_SUPPORTED if no stored type has them, as for intervals and arrays
     */
    public static KalamDataType kalamType(RelDataType type) {
        if (isJson(type)) {
            return KalamDataType.JSON;
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> KalamDataType.BOOLEAN;
            case TINYINT, SMALLINT -> KalamDataType.SMALLINT;
            case INTEGER -> KalamDataType.INT;
            case BIGINT -> KalamDataType.BIGINT;
            case REAL -> KalamDataType.FLOAT;
            case FLOAT, DOUBLE -> KalamDataType.DOUBLE;
            case DECIMAL -> decimal(type);
            case CHAR, VARCHAR, NULL -> KalamDataType.TEXT;
            case BINARY, VARBINARY -> KalamDataType.BYTES;
            case UUID -> KalamDataType.UUID;
            case DATE -> KalamDataType.DATE;
            case TIME -> KalamDataType.TIME;
            case TIMESTAMP -> KalamDataType.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> KalamDataType.DATETIME;
            case OTHER -> KalamDataType.embedding(dimension(type));
            default -> throw new KalamException(ErrorCode.NOT_SUPPORTED, "Unsupported type " + type + " in a cast");
        };
    }

    private static KalamDataType decimal(RelDataType type) {
        int scale = Math.max(0, Math.min(type.getScale(), DecimalType.MAX_PRECISION));
        int precision = Math.max(Math.max(1, scale), Math.min(type.getPrecision(), DecimalType.MAX_PRECISION));
        return KalamDataType.decimal(precision, scale);
    }

    /** The n of {@code EMBEDDING(n)}, which a type shows in its text alone. */
    private static int dimension(RelDataType type) {
        String text = type.toString();
        return Integer.parseInt(text, text.indexOf('(') + 1, text.indexOf(')'), 10);
    }
}
