// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/**
 * Passes what the right side of a correlation reads from queries further out through its left side, so that it reads from
 * that side alone. Decorrelation would take the outer columns from the right side's rows: where a left correlation finds
 * none they are NULL, and where both sides read them nothing makes them the same. Confined to one thread.
 */
final class NestedCorrelation extends RelHomogeneousShuttle {
    /** A column of an outer row. Immutable. */
    private record OuterColumn(CorrelationId id, int index) {}

    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        return visited instanceof Correlate correlate ? passed(correlate) : visited;
    }

    private static RelNode passed(Correlate correlate) {
        Set<CorrelationId> outer = RelOptUtil.getVariablesUsed(correlate.getRight());
        outer.remove(correlate.getCorrelationId());
        if (outer.isEmpty()
                || correlate.getJoinType() == JoinRelType.INNER
                        && RelOptUtil.getVariablesUsed(correlate.getLeft()).isEmpty()) {
            return correlate;
        }
        Map<OuterColumn, Integer> places = new HashMap<>();
        List<RexNode> added = new ArrayList<>();
        int width = correlate.getLeft().getRowType().getFieldCount();
        correlate.getRight().accept(new CorrelatedColumns.References((id, access) -> {
            OuterColumn column = new OuterColumn(id, access.getField().getIndex());
            if (outer.contains(id) && places.putIfAbsent(column, width + added.size()) == null) {
                added.add(access);
            }
            return access;
        }));
        return CorrelatedColumns.add(
                correlate,
                added,
                (id, column) -> correlate.getCorrelationId().equals(id)
                        ? column
                        : places.getOrDefault(new OuterColumn(id, column), -1));
    }
}
