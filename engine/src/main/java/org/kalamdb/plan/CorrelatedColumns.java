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
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/** Adds columns to what a correlation reads, and lets the right side read those instead of others. */
final class CorrelatedColumns {
    private CorrelatedColumns() {}

    /**
     * The same correlation, of which the left side has more columns; they are no part of its result.
     *
     * @param added expressions over the left side
     * @param place where the right side finds what it reads of outer rows
     */
    static RelNode add(Correlate correlate, List<RexNode> added, Place place) {
        RexBuilder rexBuilder = correlate.getCluster().getRexBuilder();
        RelNode left = correlate.getLeft();
        int width = left.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>(rexBuilder.identityProjects(left.getRowType()));
        columns.addAll(added);
        RelNode widened =
                LogicalProject.create(left, ImmutableList.of(), columns, (List<String>) null, ImmutableSet.of());
        CorrelationId id = correlate.getCluster().createCorrel();
        RexNode variable = rexBuilder.makeCorrel(widened.getRowType(), id);
        ImmutableBitSet.Builder read = ImmutableBitSet.builder();
        RelNode right = correlate.getRight().accept(new References((outer, access) -> {
            int column = place.of(outer, access.getField().getIndex());
            if (column < 0) {
                return access;
            }
            read.set(column);
            return rexBuilder.makeFieldAccess(variable, column);
        }));
        RelNode widenedCorrelate = LogicalCorrelate.create(
                widened, right, correlate.getHints(), id, read.build(), correlate.getJoinType());
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < correlate.getRowType().getFieldCount(); i++) {
            outputs.add(RexInputRef.of(i < width ? i : i + added.size(), widenedCorrelate.getRowType()));
        }
        return LogicalProject.create(
                widenedCorrelate,
                ImmutableList.of(),
                outputs,
                correlate.getRowType().getFieldNames(),
                ImmutableSet.of());
    }

    /** Which column of the widened left side stands for a column of an outer row. */
    @FunctionalInterface
    interface Place {
        /** Negative if none does. */
        int of(CorrelationId id, int column);
    }

    /** What stands for a reference to a column of an outer row. */
    @FunctionalInterface
    interface Replacement {
        RexNode of(CorrelationId id, RexFieldAccess access);
    }

    /** Replaces references to columns of outer rows in an expression. */
    static RexShuttle references(Replacement replacement) {
        return new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return access.getReferenceExpr() instanceof RexCorrelVariable variable
                        ? replacement.of(variable.id, access)
                        : super.visitFieldAccess(access);
            }
        };
    }

    /** Replaces references to columns of outer rows in a tree. */
    static final class References extends RelHomogeneousShuttle {
        private final RexShuttle expressions;

        References(Replacement replacement) {
            this.expressions = references(replacement);
        }

        @Override
        public RelNode visit(RelNode rel) {
            return super.visit(rel).accept(expressions);
        }
    }
}
