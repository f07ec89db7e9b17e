// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.type.DecimalType;

/**
 * ROUND or TRUNC to a number of digits behind the point, 0 if it is not given. A DECIMAL keeps no more digits behind the
 * point than asked for, and rounding has room for the digit that 9.9 gains; every other type stays what it is. Immutable.
 */
public final class RoundingFunction extends SqlFunction {
    private final boolean truncating;

    private RoundingFunction(String name, boolean truncating) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                OperandTypes.NUMERIC.or(OperandTypes.NUMERIC_INT32),
                SqlFunctionCategory.NUMERIC);
        this.truncating = truncating;
    }

    /** To the nearest number, half away from zero. */
    static RoundingFunction rounding(String name) {
        return new RoundingFunction(name, false);
    }

    /** Toward zero. */
    static RoundingFunction truncating(String name) {
        return new RoundingFunction(name, true);
    }

    /** Whether it cuts off toward zero. */
    public boolean isTruncating() {
        return truncating;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType operand = binding.getOperandType(0);
        RelDataType type = operand.getSqlTypeName() == SqlTypeName.DECIMAL ? decimal(binding, operand) : operand;
        boolean nullable = binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return factory.createTypeWithNullability(type, nullable);
    }

    private RelDataType decimal(SqlOperatorBinding binding, RelDataType operand) {
        int scale = scale(binding, operand.getScale());
        int integerDigits = operand.getPrecision() - operand.getScale() + (truncating ? 0 : 1);
        int precision = Math.min(DecimalType.MAX_PRECISION, Math.max(1, integerDigits + scale));
        return binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, precision, scale);
    }

    private static int scale(SqlOperatorBinding binding, int operandScale) {
        if (binding.getOperandCount() == 1) {
            return 0;
        }
        BigDecimal digits =
                binding.isOperandLiteral(1, false) ? binding.getOperandLiteralValue(1, BigDecimal.class) : null;
        return digits == null ? operandScale : Math.max(0, Math.min(operandScale, digits.intValue()));
    }
}
