// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlMonotonicBinaryOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.jspecify.annotations.Nullable;

/**
 * Plus and minus as in Calcite, and also: DATE - DATE is a number of days, and a number added to a DATE or taken from it
 * counts days. They are equal to Calcite's operators, so that these stand for them everywhere else.
 */
final class DateOperators {
    static final SqlBinaryOperator PLUS = operator(
            "+",
            SqlKind.PLUS,
            OperandTypes.PLUS_OPERATOR
                    .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER))
                    .or(OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.DATE)));
    static final SqlBinaryOperator MINUS = operator(
            "-",
            SqlKind.MINUS,
            OperandTypes.MINUS_OPERATOR
                    .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.DATE))
                    .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER)));

    private static final KalamFunction DAYS_BETWEEN = KalamFunction.immutable(
            "DAYS_BETWEEN",
            ReturnTypes.INTEGER_NULLABLE,
            OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.DATE),
            MachineFunction.method(DatetimeFunctions.class, "daysBetween"));
    private static final KalamFunction PLUS_DAYS = daysFunction("PLUS_DAYS", "plusDays");
    private static final KalamFunction MINUS_DAYS = daysFunction("MINUS_DAYS", "minusDays");

    private DateOperators() {}

    private static SqlBinaryOperator operator(String name, SqlKind kind, SqlOperandTypeChecker operands) {
        SqlReturnTypeInference type = binding -> typeOf(binding, kind);
        return new SqlMonotonicBinaryOperator(
                name, kind, SqlStdOperatorTable.PLUS.getLeftPrec(), true, type, InferTypes.FIRST_KNOWN, operands);
    }

    private static KalamFunction daysFunction(String name, String method) {
        return KalamFunction.immutable(
                name,
                ReturnTypes.DATE_NULLABLE,
                OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER),
                MachineFunction.method(DatetimeFunctions.class, method));
    }

    private static @Nullable RelDataType typeOf(SqlOperatorBinding binding, SqlKind kind) {
        KalamFunction function = function(kind, binding.getOperandType(0), binding.getOperandType(1));
        return function == null ? ReturnTypes.NULLABLE_SUM.inferReturnType(binding) : function.inferReturnType(binding);
    }

    /** What computes it, or null if it is no arithmetic of days. */
    private static @Nullable KalamFunction function(SqlKind kind, RelDataType left, RelDataType right) {
        boolean date = left.getSqlTypeName() == SqlTypeName.DATE;
        boolean otherDate = right.getSqlTypeName() == SqlTypeName.DATE;
        boolean number = SqlTypeName.INT_TYPES.contains(left.getSqlTypeName());
        boolean otherNumber = SqlTypeName.INT_TYPES.contains(right.getSqlTypeName());
        if (kind == SqlKind.MINUS) {
            return date && otherDate ? DAYS_BETWEEN : date && otherNumber ? MINUS_DAYS : null;
        }
        return date && otherNumber || number && otherDate ? PLUS_DAYS : null;
    }

    /** The arithmetic of days that the call is; null if it is none. */
    static @Nullable RexNode convert(SqlRexContext context, SqlCall call) {
        SqlValidator validator = context.getValidator();
        SqlNode left = call.operand(0);
        SqlNode right = call.operand(1);
        RelDataType leftType = validator.getValidatedNodeTypeIfKnown(left);
        RelDataType rightType = validator.getValidatedNodeTypeIfKnown(right);
        KalamFunction function =
                leftType == null || rightType == null ? null : function(call.getKind(), leftType, rightType);
        if (function == null) {
            return null;
        }
        boolean dateLast = leftType.getSqlTypeName() != SqlTypeName.DATE;
        return context.getRexBuilder()
                .makeCall(
                        function,
                        context.convertExpression(dateLast ? right : left),
                        context.convertExpression(dateLast ? left : right));
    }
}
