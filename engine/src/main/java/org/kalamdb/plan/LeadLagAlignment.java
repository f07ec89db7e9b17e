// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;

/**
 * Casts the value and the default of LEAD and LAG to the type of the result, as both become values of one column. Confined
 * to one thread.
 */
final class LeadLagAlignment extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        return visited.accept(new Alignment(visited.getCluster().getRexBuilder()));
    }

    private static final class Alignment extends RexShuttle {
        private final RexBuilder rexBuilder;

        Alignment(RexBuilder rexBuilder) {
            this.rexBuilder = rexBuilder;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            RexNode visited = super.visitOver(over);
            if (!(visited instanceof RexOver call)
                    || call.getOperands().size() < 3
                    || call.getAggOperator().getKind() != SqlKind.LEAD
                            && call.getAggOperator().getKind() != SqlKind.LAG) {
                return visited;
            }
            List<RexNode> operands = new ArrayList<>(call.getOperands());
            operands.set(0, cast(operands.get(0), call.getType()));
            operands.set(2, cast(operands.get(2), call.getType()));
            RexWindow window = call.getWindow();
            return rexBuilder.makeOver(
                    call.getType(),
                    call.getAggOperator(),
                    operands,
                    window.partitionKeys,
                    ImmutableList.copyOf(window.orderKeys),
                    window.getLowerBound(),
                    window.getUpperBound(),
                    window.getExclude(),
                    window.isRows(),
                    true,
                    false,
                    call.isDistinct(),
                    call.ignoreNulls());
        }

        private RexNode cast(RexNode value, RelDataType common) {
            RelDataType type = rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(common, value.getType().isNullable());
            return rexBuilder.ensureType(type, value, true);
        }
    }
}
