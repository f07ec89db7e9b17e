// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Writes PERCENT_RANK and CUME_DIST as the ranks and counts that ISO/IEC 9075-2 (6.10) defines them by, since execution
 * knows only those. Confined to one thread.
 */
final class RankExpansion extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        return visited.accept(new Expansion(visited.getCluster().getRexBuilder()));
    }

    private static final class Expansion extends RexShuttle {
        private final RexBuilder rexBuilder;

        Expansion(RexBuilder rexBuilder) {
            this.rexBuilder = rexBuilder;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            if (over.getAggOperator().getKind() == SqlKind.PERCENT_RANK) {
                return percentRank(over);
            }
            return over.getAggOperator().getKind() == SqlKind.CUME_DIST
                    ? cumulativeDistribution(over)
                    : super.visitOver(over);
        }

        /** (RANK - 1) / (rows of the partition - 1), and 0 in a partition of one row. */
        private RexNode percentRank(RexOver over) {
            RexNode rank = over(SqlStdOperatorTable.RANK, over, over.getWindow().orderKeys, true);
            RexNode rows = over(SqlStdOperatorTable.COUNT, over, List.of(), false);
            RexNode one = rexBuilder.makeExactLiteral(BigDecimal.ONE, rank.getType());
            RexNode fraction = rexBuilder.makeCall(
                    SqlStdOperatorTable.DIVIDE, asDouble(minus(rank, one)), asDouble(minus(rows, one)));
            RexNode zero = asDouble(rexBuilder.makeExactLiteral(BigDecimal.ZERO));
            return typed(
                    over,
                    rexBuilder.makeCall(
                            SqlStdOperatorTable.CASE,
                            rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, rows, one),
                            zero,
                            fraction));
        }

        /** Rows that precede the row or equal it, by the rows of the partition. */
        private RexNode cumulativeDistribution(RexOver over) {
            RexNode upToHere = over(SqlStdOperatorTable.COUNT, over, over.getWindow().orderKeys, false);
            RexNode rows = over(SqlStdOperatorTable.COUNT, over, List.of(), false);
            return typed(over, rexBuilder.makeCall(SqlStdOperatorTable.DIVIDE, asDouble(upToHere), asDouble(rows)));
        }

        private RexNode over(SqlAggFunction function, RexOver like, List<RexFieldCollation> orderKeys, boolean byRows) {
            RelDataType bigint = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
            return rexBuilder.makeOver(
                    bigint,
                    function,
                    List.of(),
                    like.getWindow().partitionKeys,
                    com.google.common.collect.ImmutableList.copyOf(orderKeys),
                    RexWindowBounds.UNBOUNDED_PRECEDING,
                    orderKeys.isEmpty() ? RexWindowBounds.UNBOUNDED_FOLLOWING : RexWindowBounds.CURRENT_ROW,
                    RexWindowExclusion.EXCLUDE_NO_OTHER,
                    byRows,
                    true,
                    false,
                    false,
                    false);
        }

        private RexNode minus(RexNode left, RexNode right) {
            return rexBuilder.makeCall(SqlStdOperatorTable.MINUS, left, right);
        }

        private RexNode asDouble(RexNode value) {
            return rexBuilder.makeCast(rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), value);
        }

        private RexNode typed(RexOver over, RexNode value) {
            return rexBuilder.ensureType(over.getType(), value, true);
        }
    }
}
