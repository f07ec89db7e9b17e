// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Casts both sides of an equality in a join condition to one type, as an INT is equal to a BIGINT in SQL but not in a hash
 * table. Confined to one thread.
 */
final class JoinKeyAlignment extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        if (!(visited instanceof Join join)) {
            return visited;
        }
        RexNode aligned =
                join.getCondition().accept(new Alignment(join.getCluster().getRexBuilder()));
        return aligned == join.getCondition()
                ? join
                : join.copy(
                        join.getTraitSet(),
                        aligned,
                        join.getLeft(),
                        join.getRight(),
                        join.getJoinType(),
                        join.isSemiJoinDone());
    }

    private static final class Alignment extends RexShuttle {
        private final RexBuilder rexBuilder;

        Alignment(RexBuilder rexBuilder) {
            this.rexBuilder = rexBuilder;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            if (!(visited instanceof RexCall equality)
                    || equality.getKind() != SqlKind.EQUALS
                    || equality.getOperands().size() != 2) {
                return visited;
            }
            RexNode left = equality.getOperands().get(0);
            RexNode right = equality.getOperands().get(1);
            if (SqlTypeUtil.equalSansNullability(left.getType(), right.getType())
                    || SqlTypeUtil.inCharFamily(left.getType())) {
                return equality;
            }
            RelDataType common = rexBuilder.getTypeFactory().leastRestrictive(List.of(left.getType(), right.getType()));
            if (common == null) {
                return equality;
            }
            return rexBuilder.makeCall(equality.getOperator(), cast(left, common), cast(right, common));
        }

        private RexNode cast(RexNode value, RelDataType common) {
            RelDataType type = rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(common, value.getType().isNullable());
            return rexBuilder.ensureType(type, value, true);
        }
    }
}
