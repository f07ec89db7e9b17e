// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;
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

    /** The hidden columns stand behind the others of the left side and are left out of the result. */
    private static RelNode hide(Correlate correlate) {
        RexBuilder rexBuilder = correlate.getCluster().getRexBuilder();
        RelNode left = correlate.getLeft();
        int width = left.getRowType().getFieldCount();
        List<Integer> read = correlate.getRequiredColumns().asList();
        List<RexNode> columns = new ArrayList<>(rexBuilder.identityProjects(left.getRowType()));
        for (int column : read) {
            columns.add(KalamRexBuilder.hidden(rexBuilder, columns.get(column)));
        }
        RelNode widened =
                LogicalProject.create(left, ImmutableList.of(), columns, (List<String>) null, ImmutableSet.of());
        CorrelationId id = correlate.getCluster().createCorrel();
        RelNode right = correlate
                .getRight()
                .accept(new Redirection(new VariableRedirection(
                        rexBuilder,
                        correlate.getCorrelationId(),
                        rexBuilder.makeCorrel(widened.getRowType(), id),
                        width,
                        read)));
        RelNode widenedCorrelate = LogicalCorrelate.create(
                widened,
                right,
                correlate.getHints(),
                id,
                ImmutableBitSet.range(width, width + read.size()),
                correlate.getJoinType());
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < correlate.getRowType().getFieldCount(); i++) {
            outputs.add(RexInputRef.of(i < width ? i : i + read.size(), widenedCorrelate.getRowType()));
        }
        return LogicalProject.create(
                widenedCorrelate,
                ImmutableList.of(),
                outputs,
                correlate.getRowType().getFieldNames(),
                ImmutableSet.of());
    }

    private static final class Redirection extends RelHomogeneousShuttle {
        private final VariableRedirection variables;

        Redirection(VariableRedirection variables) {
            this.variables = variables;
        }

        @Override
        public RelNode visit(RelNode rel) {
            return super.visit(rel).accept(variables);
        }
    }

    private static final class VariableRedirection extends RexShuttle {
        private final RexBuilder rexBuilder;
        private final CorrelationId from;
        private final RexNode variable;
        private final int width;
        private final List<Integer> read;

        VariableRedirection(
                RexBuilder rexBuilder, CorrelationId from, RexNode variable, int width, List<Integer> read) {
            this.rexBuilder = rexBuilder;
            this.from = from;
            this.variable = variable;
            this.width = width;
            this.read = read;
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            boolean redirected = access.getReferenceExpr() instanceof RexCorrelVariable outer && outer.id.equals(from);
            return redirected
                    ? rexBuilder.makeFieldAccess(
                            variable, width + read.indexOf(access.getField().getIndex()))
                    : super.visitFieldAccess(access);
        }
    }
}
