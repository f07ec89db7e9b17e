// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The types that generated code computes with: dates are INTEGER, times and timestamps BIGINT, intervals BIGINT (of
 * microseconds or months), everything else is itself. Calcite's code for these types, which counts in milliseconds, is so
 * out of reach. Confined to one thread.
 */
public final class MachineTypes {
    private final RelDataTypeFactory typeFactory;

    public MachineTypes(RelDataTypeFactory typeFactory) {
        this.typeFactory = typeFactory;
    }

    public RelDataType lower(RelDataType type) {
        if (type.isStruct()) {
            return lowerStruct(type);
        }
        SqlTypeName name = type.getSqlTypeName();
        if (name == SqlTypeName.DATE) {
            return create(SqlTypeName.INTEGER, type.isNullable());
        }
        if (isTemporal(type)) {
            return create(SqlTypeName.BIGINT, type.isNullable());
        }
        return switch (name) {
            case ARRAY ->
                typeFactory.createTypeWithNullability(
                        typeFactory.createArrayType(lower(component(type)), -1), type.isNullable());
            case MULTISET ->
                typeFactory.createTypeWithNullability(
                        typeFactory.createMultisetType(lower(component(type)), -1), type.isNullable());
            default -> type;
        };
    }

    /** Whether {@link #lower} gives another type. */
    public boolean isLowered(RelDataType type) {
        return !lower(type).equals(type);
    }

    /** Whether the type is a date, a time, a timestamp or an interval. */
    public static boolean isTemporal(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case DATE,
                    TIME,
                    TIME_WITH_LOCAL_TIME_ZONE,
                    TIME_TZ,
                    TIMESTAMP,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    TIMESTAMP_TZ -> true;
            default -> SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
        };
    }

    private RelDataType lowerStruct(RelDataType type) {
        RelDataTypeFactory.Builder builder = typeFactory.builder().kind(type.getStructKind());
        boolean changed = false;
        for (RelDataTypeField field : type.getFieldList()) {
            RelDataType lowered = lower(field.getType());
            changed |= !lowered.equals(field.getType());
            builder.add(field.getName(), lowered);
        }
        return changed ? typeFactory.createTypeWithNullability(builder.build(), type.isNullable()) : type;
    }

    private RelDataType create(SqlTypeName name, boolean nullable) {
        return typeFactory.createTypeWithNullability(typeFactory.createSqlType(name), nullable);
    }

    private static RelDataType component(RelDataType type) {
        RelDataType component = type.getComponentType();
        if (component == null) {
            throw new IllegalStateException("No component type: " + type);
        }
        return component;
    }
}
