// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.Optional;
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
        return findKalamType(type)
                .orElseThrow(
                        () -> new KalamException(ErrorCode.NOT_SUPPORTED, "Unsupported type " + type + " in a cast"));
    }

    /** As {@link #kalamType}, or empty if no stored type has these values. */
    public static Optional<KalamDataType> findKalamType(RelDataType type) {
        if (isJson(type)) {
            return Optional.of(KalamDataType.JSON);
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Optional.of(KalamDataType.BOOLEAN);
            case TINYINT, SMALLINT -> Optional.of(KalamDataType.SMALLINT);
            case INTEGER -> Optional.of(KalamDataType.INT);
            case BIGINT -> Optional.of(KalamDataType.BIGINT);
            case REAL -> Optional.of(KalamDataType.FLOAT);
            case FLOAT, DOUBLE -> Optional.of(KalamDataType.DOUBLE);
            case DECIMAL -> Optional.of(decimal(type));
            case CHAR, VARCHAR, NULL -> Optional.of(KalamDataType.TEXT);
            case BINARY, VARBINARY -> Optional.of(KalamDataType.BYTES);
            case UUID -> Optional.of(KalamDataType.UUID);
            case DATE -> Optional.of(KalamDataType.DATE);
            case TIME -> Optional.of(KalamDataType.TIME);
            case TIMESTAMP -> Optional.of(KalamDataType.TIMESTAMP);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(KalamDataType.DATETIME);
            case OTHER -> Optional.of(KalamDataType.embedding(dimension(type)));
            default -> Optional.empty();
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
