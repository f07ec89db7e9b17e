// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.function.MachineFunction;
import org.kalamdb.function.Numbers;
import org.kalamdb.function.ValueOrder;
import org.kalamdb.function.VectorFunctions;
import org.kalamdb.plan.ObjectNames;

/**
 * What the error of an expression can say of it. Immutable.
 *
 * @param position of the expression in the text of the statement, null if it stands in none
 * @param symbol of an operator between two numbers, else null
 * @param left the first operand
 * @param right the second operand, the first one if there is none
 */
record ExpressionPlace(
        @Nullable SourcePosition position, @Nullable String symbol, Expression left, Expression right) {
    /** Methods of {@link Numbers}. */
    private static final Map<String, String> METHODS = Map.of(
            "add", "+",
            "subtract", "-",
            "multiply", "*",
            "divide", "/",
            "divideFloat", "/",
            "divideDouble", "/");

    /** Classes of methods that refuse no value, or whose kernels others look for. */
    private static final Set<Class<?>> WITHOUT_ERRORS = Set.of(ValueOrder.class, VectorFunctions.class);

    /** @param call a lowered call @return null if its computation has no errors of its own */
    static @Nullable ExpressionPlace of(RexCall call, List<VectorExpression> operands) {
        if (operands.isEmpty() || !canFail(call)) {
            return null;
        }
        SourcePosition position = ObjectNames.position(call.getParserPosition());
        String symbol = operands.size() < 2 ? null : symbol(call);
        return position == null && symbol == null
                ? null
                : new ExpressionPlace(
                        position,
                        symbol,
                        operands.get(0).expression(),
                        operands.get(Math.min(1, operands.size() - 1)).expression());
    }

    private static boolean canFail(RexCall call) {
        return call.getOperator() instanceof MachineFunction function
                ? !WITHOUT_ERRORS.contains(function.method().getDeclaringClass())
                : switch (call.getKind()) {
                    case CHECKED_PLUS,
                            CHECKED_MINUS,
                            CHECKED_TIMES,
                            CHECKED_DIVIDE,
                            CHECKED_MINUS_PREFIX,
                            DIVIDE,
                            MOD,
                            OTHER_FUNCTION -> true;
                    default -> false;
                };
    }

    private static @Nullable String symbol(RexCall call) {
        return call.getOperator() instanceof MachineFunction function
                ? function.method().getDeclaringClass() == Numbers.class
                        ? METHODS.get(function.method().getName())
                        : null
                : ExpressionText.ARITHMETIC.get(call.getKind());
    }
}
