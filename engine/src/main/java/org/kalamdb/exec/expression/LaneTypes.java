// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactoryImpl.JavaType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.function.Embedding;
import org.kalamdb.plan.EmbeddingRelType;

/** The lanes that hold values of planner types, before or after lowering. */
public final class LaneTypes {
    private LaneTypes() {}

    public static LaneType of(RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        if (type instanceof EmbeddingRelType
                || type instanceof JavaType java && java.getJavaClass() == Embedding.class) {
            return LaneType.EMBEDDING;
        }
        if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
            return LaneType.BIGINT;
        }
        return switch (name) {
            case BOOLEAN -> LaneType.BOOLEAN;
            case SMALLINT -> LaneType.SMALLINT;
            case INTEGER, DATE -> LaneType.INT;
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> LaneType.BIGINT;
            case REAL -> LaneType.FLOAT;
            case FLOAT, DOUBLE -> LaneType.DOUBLE;
            case DECIMAL -> LaneType.DECIMAL;
            case CHAR, VARCHAR -> LaneType.TEXT;
            case BINARY, VARBINARY -> LaneType.BYTES;
            default -> LaneType.OBJECT;
        };
    }

    /** Of the fields of a row, in order. */
    public static List<LaneType> ofFields(RelDataType rowType) {
        return rowType.getFieldList().stream()
                .map(RelDataTypeField::getType)
                .map(LaneTypes::of)
                .toList();
    }
}
