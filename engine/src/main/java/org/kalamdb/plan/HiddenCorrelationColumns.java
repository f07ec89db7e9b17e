// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.kalamdb.function.KalamRexBuilder;

/**
 * Hides the columns that a correlation reads where they come from an outer join, or from another correlation, which becomes
 * one. Decorrelation takes a column for NOT NULL if the join's condition compares it, though rows stay for which the
 * condition does not hold, and loses those whose column is NULL. Confined to one thread.
 */
final class HiddenCorrelationColumns extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        return visited instanceof Correlate correlate && keepsUnmatchedRows(correlate.getLeft())
                ? hide(correlate)
                : visited;
    }

    private static boolean keepsUnmatchedRows(RelNode rel) {
        boolean outer = rel instanceof Join join && join.getJoinType().isOuterJoin()
                || rel instanceof Correlate correlate && correlate.getJoinType() == JoinRelType.LEFT;
        return outer || rel.getInputs().stream().anyMatch(HiddenCorrelationColumns::keepsUnmatchedRows);
    }

    /** Those that the right side reads; the correlation itself may know of more or fewer. */
    private static List<Integer> columnsRead(Correlate correlate) {
        Set<Integer> columns = new TreeSet<>();
        correlate.getRight().accept(new CorrelatedColumns.References((id, access) -> {
            if (correlate.getCorrelationId().equals(id)) {
                columns.add(access.getField().getIndex());
            }
            return access;
        }));
        return List.copyOf(columns);
    }

    private static RelNode hide(Correlate correlate) {
        RexBuilder rexBuilder = correlate.getCluster().getRexBuilder();
        RelDataType left = correlate.getLeft().getRowType();
        List<Integer> read = columnsRead(correlate);
        List<RexNode> hidden = new ArrayList<>();
        for (int column : read) {
            hidden.add(KalamRexBuilder.hidden(rexBuilder, RexInputRef.of(column, left)));
        }
        return CorrelatedColumns.add(
                correlate,
                hidden,
                (id, column) ->
                        correlate.getCorrelationId().equals(id) ? left.getFieldCount() + read.indexOf(column) : -1);
    }
}
