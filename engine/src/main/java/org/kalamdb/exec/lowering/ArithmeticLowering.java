// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.Numbers;
import org.kalamdb.function.RoundingFunction;

/** Makes arithmetic exact: overflow and division by zero are errors, decimals keep their scale. Confined to one thread. */
final class ArithmeticLowering {
    private final RexBuilder rexBuilder;
    private final MachineCalls calls;
    private final CastLowering casts;

    ArithmeticLowering(RexBuilder rexBuilder, MachineCalls calls, CastLowering casts) {
        this.rexBuilder = rexBuilder;
        this.calls = calls;
        this.casts = casts;
    }

    /** The lowered form, or null if the call is fine as it is. */
    @Nullable
    RexNode lower(RexCall call, List<RexNode> operands) {
        return switch (call.getKind()) {
            case PLUS, CHECKED_PLUS -> binary(call, operands, "add", SqlStdOperatorTable.CHECKED_PLUS);
            case MINUS, CHECKED_MINUS -> binary(call, operands, "subtract", SqlStdOperatorTable.CHECKED_MINUS);
            case TIMES, CHECKED_TIMES -> binary(call, operands, "multiply", SqlStdOperatorTable.CHECKED_MULTIPLY);
            case DIVIDE, CHECKED_DIVIDE -> binary(call, operands, "divide", SqlStdOperatorTable.CHECKED_DIVIDE);
            case MINUS_PREFIX, CHECKED_MINUS_PREFIX ->
                SqlTypeName.INT_TYPES.contains(call.getType().getSqlTypeName())
                        ? rexBuilder.makeCall(call.getType(), SqlStdOperatorTable.CHECKED_UNARY_MINUS, operands)
                        : null;
            default -> function(call, operands);
        };
    }

    private @Nullable RexNode function(RexCall call, List<RexNode> operands) {
        if (call.getOperator() == SqlStdOperatorTable.ABS) {
            return absolute(call, operands);
        }
        return call.getOperator() instanceof RoundingFunction function ? round(call, function, operands) : null;
    }

    private RexNode round(RexCall call, RoundingFunction function, List<RexNode> operands) {
        RelDataType type = call.getType();
        RexNode digits = operands.size() == 1 ? calls.argument(0) : operands.get(1);
        RexNode mode = calls.argument(function.isTruncating() ? RoundingMode.DOWN : RoundingMode.HALF_UP);
        return switch (type.getSqlTypeName()) {
            case DECIMAL ->
                calls.call(
                        type,
                        Numbers.class,
                        "roundDecimal",
                        operands.get(0),
                        digits,
                        mode,
                        calls.argument(type.getPrecision()),
                        calls.argument(type.getScale()));
            case REAL, FLOAT, DOUBLE -> calls.call(type, Numbers.class, "roundDouble", operands.get(0), digits, mode);
            case SMALLINT, INTEGER, BIGINT -> {
                RelDataType bigint = calls.create(SqlTypeName.BIGINT, type.isNullable());
                RexNode rounded = calls.call(bigint, Numbers.class, "roundLong", operands.get(0), digits, mode);
                yield casts.lower(bigint, type, rounded);
            }
            default -> throw new IllegalStateException("Not a number: " + type);
        };
    }

    /** Of whole numbers, whose lowest has no positive counterpart. */
    private @Nullable RexNode absolute(RexCall call, List<RexNode> operands) {
        return switch (call.getType().getSqlTypeName()) {
            case INTEGER -> calls.call(call.getType(), Numbers.class, "absoluteInt", operands.get(0));
            case BIGINT -> calls.call(call.getType(), Numbers.class, "absoluteLong", operands.get(0));
            default -> null;
        };
    }

    private @Nullable RexNode binary(RexCall call, List<RexNode> operands, String method, SqlOperator checked) {
        RelDataType type = call.getType();
        SqlTypeName name = type.getSqlTypeName();
        if (operands.size() != 2) {
            return null;
        }
        if (name == SqlTypeName.DECIMAL) {
            return calls.call(
                    type,
                    Numbers.class,
                    method,
                    casts.decimalOf(operands.get(0)),
                    casts.decimalOf(operands.get(1)),
                    calls.argument(type.getPrecision()),
                    calls.argument(type.getScale()));
        }
        if (SqlTypeName.INT_TYPES.contains(name)) {
            return rexBuilder.makeCall(
                    type, checked, List.of(casts.widened(operands.get(0), type), casts.widened(operands.get(1), type)));
        }
        if (SqlTypeName.APPROX_TYPES.contains(name) && method.equals("divide")) {
            String divide = name == SqlTypeName.REAL ? "divideFloat" : "divideDouble";
            return calls.call(type, Numbers.class, divide, operands.get(0), operands.get(1));
        }
        return null;
    }
}
