// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlLeadLagAggFunction;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * LEAD or LAG whose result has the common type of value and default and may be NULL. Calcite takes it for NOT NULL as soon
 * as the default is, though the default stands for missing rows only, not for NULLs in the rows that are there. Immutable.
 */
public final class NullableLeadLag extends SqlLeadLagAggFunction {
    private static final int DEFAULT = 2;

    NullableLeadLag(SqlKind kind) {
        super(kind);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType common = commonType(binding);
        RelDataType type = common == null ? binding.getOperandType(0) : common;
        boolean text = type.getFamily() == SqlTypeFamily.CHARACTER && !RelTypes.isJson(type);
        return factory.createTypeWithNullability(text ? factory.createSqlType(SqlTypeName.VARCHAR) : type, true);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        if (binding.getOperandCount() <= DEFAULT) {
            return super.checkOperandTypes(binding, throwOnFailure);
        }
        boolean valid = SqlTypeUtil.isNumeric(binding.getOperandType(1)) && commonType(binding) != null;
        if (!valid && throwOnFailure) {
            throw binding.newValidationSignatureError();
        }
        return valid;
    }

    private static @Nullable RelDataType commonType(SqlOperatorBinding binding) {
        return binding.getOperandCount() <= DEFAULT
                ? binding.getOperandType(0)
                : binding.getTypeFactory()
                        .leastRestrictive(List.of(binding.getOperandType(0), binding.getOperandType(DEFAULT)));
    }
}
