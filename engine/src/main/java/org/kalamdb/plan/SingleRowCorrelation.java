// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalCorrelate;

/**
 * Makes inner correlations left ones where the right side always has exactly one row, an aggregate without keys. Both mean
 * the same, but decorrelation groups the aggregate by the correlated columns, and only a left join then keeps the rows
 * that have no group. Confined to one thread.
 */
final class SingleRowCorrelation extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof Correlate correlate)
                || correlate.getJoinType() != JoinRelType.INNER
                || !hasOneRow(correlate.getRight())) {
            return visited;
        }
        RelNode left = LogicalCorrelate.create(
                correlate.getLeft(),
                correlate.getRight(),
                correlate.getHints(),
                correlate.getCorrelationId(),
                correlate.getRequiredColumns(),
                JoinRelType.LEFT);
        return RelOptUtil.createCastRel(left, correlate.getRowType(), true);
    }

    private static boolean hasOneRow(RelNode rel) {
        RelNode input = rel;
        while (input instanceof Project project) {
            input = project.getInput();
        }
        return input instanceof Aggregate aggregate
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && aggregate.getGroupCount() == 0;
    }
}
