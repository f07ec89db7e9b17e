// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Compares exact numbers with literals as they are, where the validator has widened them first: {@code price > 5} is said of
 * the column and not of a cast of it, so that keys, segments and estimates know what is asked, and no row is cast. A literal
 * with more digits behind the point than the column is rounded to the side that leaves the answer as it is. Confined to one
 * thread.
 */
final class ComparisonNarrowing {
    private final RexBuilder rexBuilder;

    ComparisonNarrowing(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** The comparison that says the same of the narrower number, or {@code call} as it is. */
    RexNode narrow(RexCall call) {
        if (call.getOperands().size() != 2) {
            return call;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (call.isA(SqlKind.SEARCH)) {
            return isWidened(left) ? narrowSearch(call) : call;
        }
        if (!call.isA(SqlKind.COMPARISON)) {
            return call;
        }
        if (isWidened(left) && right instanceof RexLiteral literal) {
            RexNode inner = unwidened(left);
            RexNode bound = bound(call.getKind(), literal, inner.getType());
            return bound == null
                    ? call
                    : rexBuilder.makeCall(call.getType(), call.getOperator(), List.of(inner, bound));
        }
        if (isWidened(right) && left instanceof RexLiteral literal) {
            RexNode inner = unwidened(right);
            RexNode bound = bound(call.getKind().reverse(), literal, inner.getType());
            return bound == null
                    ? call
                    : rexBuilder.makeCall(call.getType(), call.getOperator(), List.of(bound, inner));
        }
        return call;
    }

    private RexNode narrowSearch(RexCall search) {
        RexNode expanded = RexUtil.expandSearch(rexBuilder, null, search);
        return expanded instanceof RexCall call ? narrowAll(call) : expanded;
    }

    private RexNode narrowAll(RexCall call) {
        if (!call.isA(SqlKind.AND) && !call.isA(SqlKind.OR)) {
            return narrow(call);
        }
        List<RexNode> operands = call.getOperands().stream()
                .map(operand -> operand instanceof RexCall inner ? narrowAll(inner) : operand)
                .toList();
        return rexBuilder.makeCall(call.getType(), call.getOperator(), operands);
    }

    private static boolean isWidened(RexNode node) {
        return node instanceof RexCall call
                && call.isA(SqlKind.CAST)
                && !(call.getOperands().get(0) instanceof RexLiteral)
                && holds(call.getType(), call.getOperands().get(0).getType());
    }

    private static RexNode unwidened(RexNode node) {
        RexNode inner = node;
        while (isWidened(inner)) {
            inner = ((RexCall) inner).getOperands().get(0);
        }
        return inner;
    }

    /** Whether an exact number of one type has every value of another. */
    private static boolean holds(RelDataType wide, RelDataType narrow) {
        return ExactNumbers.isExact(wide)
                && ExactNumbers.isExact(narrow)
                && scale(wide) >= scale(narrow)
                && wide.getPrecision() - scale(wide) >= narrow.getPrecision() - scale(narrow);
    }

    private static int scale(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
    }

    /** What values of a type are to be compared with instead; null if there is no such value. */
    private @Nullable RexNode bound(SqlKind kind, RexLiteral literal, RelDataType type) {
        if (literal.isNull() || !ExactNumbers.isExact(literal.getType())) {
            return null;
        }
        BigDecimal value = requireNonNull(literal.getValueAs(BigDecimal.class));
        BigDecimal bound;
        if (value.stripTrailingZeros().scale() <= scale(type)) {
            bound = value.setScale(scale(type), RoundingMode.UNNECESSARY);
        } else {
            switch (kind) {
                case LESS_THAN, GREATER_THAN_OR_EQUAL -> bound = value.setScale(scale(type), RoundingMode.CEILING);
                case GREATER_THAN, LESS_THAN_OR_EQUAL -> bound = value.setScale(scale(type), RoundingMode.FLOOR);
                default -> {
                    return null;
                }
            }
        }
        return ExactNumbers.fits(bound, type)
                ? rexBuilder.makeExactLiteral(bound, rexBuilder.getTypeFactory().createTypeWithNullability(type, false))
                : null;
    }
}
