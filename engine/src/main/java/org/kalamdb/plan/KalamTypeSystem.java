// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.kalamdb.type.DecimalType;

/** Precisions, scales and result types of arithmetic and aggregates. Immutable. */
final class KalamTypeSystem extends RelDataTypeSystemImpl {
    static final KalamTypeSystem INSTANCE = new KalamTypeSystem();

    /** Fractional digits of times and timestamps: microseconds. */
    static final int TIME_PRECISION = 6;

    /** Digits after the point that an average of exact numbers gets at least. */
    private static final int MIN_AVERAGE_SCALE = 6;

    private KalamTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DecimalType.MAX_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? DecimalType.MAX_PRECISION : super.getMaxScale(typeName);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DecimalType.MAX_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    /** CHAR(1) united with CHAR(3) is VARCHAR, so that no value is padded with blanks. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    /** Integers add up to BIGINT, BIGINT to DECIMAL(38, 0), so that a sum does not overflow for its type's sake. */
    @Override
    public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType sumType = switch (argumentType.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER -> typeFactory.createSqlType(SqlTypeName.BIGINT);
            case BIGINT -> typeFactory.createSqlType(SqlTypeName.DECIMAL, DecimalType.MAX_PRECISION, 0);
            case DECIMAL ->
                typeFactory.createSqlType(SqlTypeName.DECIMAL, DecimalType.MAX_PRECISION, argumentType.getScale());
            case REAL, FLOAT -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
            default -> argumentType;
        };
        return typeFactory.createTypeWithNullability(sumType, argumentType.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType averageType = argumentType;
        if (argumentType.getSqlTypeName() == SqlTypeName.DECIMAL) {
            int scale = Math.min(DecimalType.MAX_PRECISION, Math.max(MIN_AVERAGE_SCALE, argumentType.getScale() + 4));
            averageType = typeFactory.createSqlType(SqlTypeName.DECIMAL, DecimalType.MAX_PRECISION, scale);
        } else if (SqlTypeUtil.isNumeric(argumentType)) {
            averageType = typeFactory.createSqlType(SqlTypeName.DOUBLE);
        }
        return typeFactory.createTypeWithNullability(averageType, argumentType.isNullable());
    }
}
