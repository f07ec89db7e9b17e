// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.KalamCast;

/**
 * Computes arithmetic of exact numbers, and of dates and intervals of whole days or months, where both sides are literals, so
 * that scans can use the value, and casts of texts. What would overflow, has more digits than its type or is no such value is
 * left to fail or be rounded when it runs. Comparisons with literals are narrowed then ({@link ComparisonNarrowing}). LIKE with
 * NULL is unknown. Confined to one thread.
 */
final class ConstantFolding extends RelHomogeneousShuttle {
    private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000);

    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        return visited.accept(new Folding(visited.getCluster().getRexBuilder()));
    }

    private final class Folding extends RexShuttle {
        private final RexBuilder rexBuilder;
        private final ComparisonNarrowing narrowing;
        private final TextLiterals texts;

        Folding(RexBuilder rexBuilder) {
            this.rexBuilder = rexBuilder;
            this.narrowing = new ComparisonNarrowing(rexBuilder);
            this.texts = new TextLiterals(rexBuilder);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery written) {
            RexSubQuery subquery = (RexSubQuery) super.visitSubQuery(written);
            RelNode rel = subquery.rel.accept(ConstantFolding.this);
            return rel == subquery.rel ? subquery : subquery.clone(rel);
        }

        @Override
        public RexNode visitCall(RexCall written) {
            // What is folded or narrowed inside of AND may be an AND.
            RexNode visited = RexUtil.flatten(rexBuilder, super.visitCall(written));
            if (visited.isA(SqlKind.LIKE)
                    && ((RexCall) visited).getOperands().stream().anyMatch(RexLiteral::isNullLiteral)) {
                // Calcite's simplification fails on it.
                return rexBuilder.makeNullLiteral(visited.getType());
            }
            if (!(visited instanceof RexCall call)) {
                return visited;
            }
            if (!areLiterals(call.getOperands())) {
                return narrowing.narrow(call);
            }
            RexNode folded = fold(call);
            return folded != null && folded.getType().equals(visited.getType()) ? folded : visited;
        }

        private static boolean areLiterals(List<RexNode> operands) {
            return !operands.isEmpty()
                    && operands.stream()
                            .allMatch(operand -> operand instanceof RexLiteral literal && !literal.isNull());
        }

        private @Nullable RexNode fold(RexCall call) {
            RexLiteral first = (RexLiteral) call.getOperands().get(0);
            if (call.getOperands().size() == 2) {
                RexLiteral second = (RexLiteral) call.getOperands().get(1);
                return first.getType().getSqlTypeName() == SqlTypeName.DATE
                        ? foldDate(call, first, second)
                        : foldNumber(call, first, second);
            }
            if (call.getOperator() instanceof KalamCast && SqlTypeName.CHAR_TYPES.contains(first.getTypeName())) {
                return texts.cast(requireNonNull(first.getValueAs(String.class)), call.getType());
            }
            return call.isA(SqlKind.CAST) && SqlTypeName.EXACT_TYPES.contains(first.getTypeName())
                    ? rexBuilder.makeCast(call.getType(), first)
                    : null;
        }

        private @Nullable RexNode foldNumber(RexCall call, RexLiteral first, RexLiteral second) {
            if (!ExactNumbers.isExact(call.getType())
                    || !ExactNumbers.isExact(first.getType())
                    || !ExactNumbers.isExact(second.getType())) {
                return null;
            }
            BigDecimal left = requireNonNull(first.getValueAs(BigDecimal.class));
            BigDecimal right = requireNonNull(second.getValueAs(BigDecimal.class));
            BigDecimal value = switch (call.getKind()) {
                case PLUS -> left.add(right);
                case MINUS -> left.subtract(right);
                case TIMES -> left.multiply(right);
                default -> null;
            };
            return value == null || !ExactNumbers.fits(value, call.getType())
                    ? null
                    : rexBuilder.makeExactLiteral(value, call.getType());
        }

        private @Nullable RexNode foldDate(RexCall call, RexLiteral date, RexLiteral interval) {
            boolean adds = call.isA(SqlKind.PLUS);
            if (call.getType().getSqlTypeName() != SqlTypeName.DATE || !adds && !call.isA(SqlKind.MINUS)) {
                return null;
            }
            BigDecimal amount;
            ChronoUnit unit;
            if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getTypeName())) {
                amount = requireNonNull(interval.getValueAs(BigDecimal.class));
                unit = ChronoUnit.MONTHS;
            } else if (SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getTypeName())) {
                BigDecimal millis = requireNonNull(interval.getValueAs(BigDecimal.class));
                if (millis.remainder(MILLIS_PER_DAY).signum() != 0) {
                    return null;
                }
                amount = millis.divide(MILLIS_PER_DAY);
                unit = ChronoUnit.DAYS;
            } else {
                return null;
            }
            LocalDate start = LocalDate.parse(
                    requireNonNull(date.getValueAs(DateString.class)).toString());
            LocalDate end = start.plus(adds ? amount.longValueExact() : -amount.longValueExact(), unit);
            return texts.date(end);
        }
    }
}
