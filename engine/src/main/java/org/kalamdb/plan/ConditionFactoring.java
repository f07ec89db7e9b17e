// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Takes what all branches of an OR have in common out of it: {@code (a AND b) OR (a AND c)} becomes {@code a AND (b OR
 * c)}, so that a join condition hidden in every branch is found. Confined to one thread.
 */
final class ConditionFactoring extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        RexBuilder rexBuilder = visited.getCluster().getRexBuilder();
        if (visited instanceof Filter filter) {
            RexNode factored = RexUtil.pullFactors(rexBuilder, filter.getCondition());
            return factored.equals(filter.getCondition())
                    ? filter
                    : filter.copy(filter.getTraitSet(), filter.getInput(), factored);
        }
        if (visited instanceof Join join) {
            RexNode factored = RexUtil.pullFactors(rexBuilder, join.getCondition());
            return factored.equals(join.getCondition())
                    ? join
                    : join.copy(
                            join.getTraitSet(),
                            factored,
                            join.getLeft(),
                            join.getRight(),
                            join.getJoinType(),
                            join.isSemiJoinDone());
        }
        return visited;
    }
}
