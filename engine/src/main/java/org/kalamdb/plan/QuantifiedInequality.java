// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Writes {@code x <> ANY (query)} as {@code x < ANY (query) OR x > ANY (query)}, which means the same, NULLs included. The
 * rule that removes subqueries reads columns of its own making by bare names for {@code <>} alone, and so those of the outer
 * query if it has columns named {@code c}, {@code d} or {@code dd}. Confined to one thread.
 */
final class QuantifiedInequality extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        return visited.accept(new Expansion(visited.getCluster().getRexBuilder()));
    }

    private final class Expansion extends RexShuttle {
        private final RexBuilder rexBuilder;

        Expansion(RexBuilder rexBuilder) {
            this.rexBuilder = rexBuilder;
        }

        /** A condition of several alternatives stays flat, as the planner expects it. */
        @Override
        public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            return visited.isA(SqlKind.OR) ? RexUtil.flatten(rexBuilder, visited) : visited;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery written) {
            RexSubQuery subquery = (RexSubQuery) super.visitSubQuery(written);
            RelNode rel = subquery.rel.accept(QuantifiedInequality.this);
            if (rel != subquery.rel) {
                subquery = subquery.clone(rel);
            }
            boolean expands = subquery.getOperator() instanceof SqlQuantifyOperator quantifier
                    && quantifier.getKind() == SqlKind.SOME
                    && quantifier.comparisonKind == SqlKind.NOT_EQUALS;
            return expands
                    ? rexBuilder.makeCall(
                            SqlStdOperatorTable.OR,
                            List.of(
                                    some(subquery, SqlStdOperatorTable.SOME_LT),
                                    some(subquery, SqlStdOperatorTable.SOME_GT)))
                    : subquery;
        }

        private static RexNode some(RexSubQuery subquery, SqlQuantifyOperator operator) {
            return RexSubQuery.some(subquery.rel, subquery.operands, operator);
        }
    }
}
