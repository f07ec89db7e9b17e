// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Conversion;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.FoldedKernel;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.Run;

/**
 * An expression compiled to kernels, and what its user has to know of it. Immutable.
 *
 * @param constant whether it has the same value in all rows of one run
 * @param literal what it is made of if it is a literal, else null
 */
public record VectorExpression(
        LaneType type, boolean constant, @Nullable RexLiteral literal, Expression expression) {
    public VectorExpression {
        requireNonNull(type, "type is null");
        requireNonNull(expression, "expression is null");
    }

    /**
     * A call.
     *
     * @param deterministic whether it depends on its operands and the statement alone, so that it is computed once if they
     *     are constant
     */
    static VectorExpression of(
            LaneType type,
            boolean deterministic,
            List<VectorExpression> operands,
            BiFunction<Run, List<Kernel>, Kernel> kernel) {
        boolean constant = deterministic && operands.stream().allMatch(VectorExpression::constant);
        List<Expression> expressions =
                operands.stream().map(VectorExpression::expression).toList();
        return new VectorExpression(type, constant, null, run -> {
            Kernel call = kernel.apply(run, Expression.openAll(expressions, run));
            return constant ? new FoldedKernel(call, type) : call;
        });
    }

    /** A call of something that depends on its operands alone. */
    static VectorExpression ofCall(
            LaneType type, List<VectorExpression> operands, Function<List<Kernel>, Kernel> kernel) {
        return of(type, true, operands, (run, kernels) -> kernel.apply(kernels));
    }

    /** As {@link #ofCall}, of two operands. */
    static VectorExpression ofBinary(
            LaneType type, VectorExpression left, VectorExpression right, BiFunction<Kernel, Kernel, Kernel> kernel) {
        return ofCall(type, List.of(left, right), operands -> kernel.apply(operands.get(0), operands.get(1)));
    }

    /** As {@link #ofCall}, of one operand. */
    static VectorExpression ofUnary(LaneType type, VectorExpression operand, Function<Kernel, Kernel> kernel) {
        return ofCall(type, List.of(operand), operands -> kernel.apply(operands.get(0)));
    }

    /** The same, whose errors tell of the place. */
    VectorExpression located(ExpressionPlace place) {
        return new VectorExpression(type, constant, literal, run -> {
            Kernel kernel = expression.open(run);
            return kernel instanceof FoldedKernel folded
                    ? folded.of(inner -> new LocatedKernel(inner, place, run))
                    : new LocatedKernel(kernel, place, run);
        });
    }

    /** The same value in a lane of another type, or null if that takes more than a conversion that cannot fail. */
    @Nullable
    VectorExpression as(LaneType wanted) {
        if (type == wanted) {
            return this;
        }
        return Conversion.isPossible(type, wanted)
                ? ofUnary(wanted, this, operand -> Conversion.of(operand, type, wanted))
                : null;
    }
}
