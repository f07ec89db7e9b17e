// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates no rows whose group a join leaves out: where groups are joined with a few keys, what is grouped is semi-joined with
 * these keys first. The keys are then read twice, which must cost little. Confined to one thread.
 */
public final class GroupReduction extends RelHomogeneousShuttle {
    /** How many groups there must be for each key. */
    private static final double MIN_GROUPS_PER_KEY = 10;

    /** How many rows must be grouped for each that is read for the keys. */
    private static final double MIN_ROWS_PER_ROW_READ = 2;

    private final Estimator estimator;

    public GroupReduction(Estimator estimator) {
        this.estimator = estimator;
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode rel = super.visit(other);
        boolean leavesOut = rel instanceof Join join
                && (join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.LEFT);
        return leavesOut ? reduced((Join) rel) : rel;
    }

    /** A column of what the groups are joined with. */
    private record Keys(RelNode rel, int column) {}

    private RelNode reduced(Join join) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            int[] columns = equalColumns(conjunct, leftWidth);
            if (columns.length > 0) {
                RelNode left = join.getJoinType() == JoinRelType.LEFT
                        ? null
                        : narrowed(join.getLeft(), columns[0], new Keys(join.getRight(), columns[1]));
                RelNode right = narrowed(join.getRight(), columns[1], new Keys(join.getLeft(), columns[0]));
                if (left != null) {
                    return join.copy(join.getTraitSet(), List.of(left, join.getRight()));
                }
                if (right != null) {
                    return join.copy(join.getTraitSet(), List.of(join.getLeft(), right));
                }
            }
        }
        return join;
    }

    /** The columns of both sides of which a condition says that they are equal; none if it says something else. */
    private static int[] equalColumns(RexNode condition, int leftWidth) {
        if (!condition.isA(SqlKind.EQUALS)
                || !(((RexCall) condition).getOperands().get(0) instanceof RexInputRef one)
                || !(((RexCall) condition).getOperands().get(1) instanceof RexInputRef other)
                || one.getIndex() < leftWidth == other.getIndex() < leftWidth
                || !SqlTypeUtil.equalSansNullability(one.getType(), other.getType())) {
            return new int[0];
        }
        int left = Math.min(one.getIndex(), other.getIndex());
        int right = Math.max(one.getIndex(), other.getIndex());
        return new int[] {left, right - leftWidth};
    }

    /** The same groups without those whose key is not among some; null if there are no groups, or it would be no gain. */
    private @Nullable RelNode narrowed(RelNode rel, int column, Keys keys) {
        if (rel instanceof Filter filter) {
            return over(filter, narrowed(filter.getInput(), column, keys));
        }
        if (rel instanceof Project project && project.getProjects().get(column) instanceof RexInputRef ref) {
            return over(project, narrowed(project.getInput(), ref.getIndex(), keys));
        }
        if (!(rel instanceof Aggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || column >= aggregate.getGroupCount()
                || !isGain(aggregate, keys)) {
            return null;
        }
        return over(
                aggregate,
                matching(aggregate.getInput(), aggregate.getGroupSet().nth(column), keys));
    }

    private static @Nullable RelNode over(RelNode rel, @Nullable RelNode input) {
        return input == null ? null : rel.copy(rel.getTraitSet(), List.of(input));
    }

    private boolean isGain(Aggregate aggregate, Keys keys) {
        double read = rowsRead(keys.rel);
        return estimator.rows(keys.rel) * MIN_GROUPS_PER_KEY <= estimator.rows(aggregate)
                && read * MIN_ROWS_PER_ROW_READ <= estimator.rows(aggregate.getInput());
    }

    /** How many rows are read for an expression; without end if it might answer other rows when it is read again. */
    private double rowsRead(RelNode rel) {
        if (rel instanceof TableScan) {
            return estimator.rows(rel);
        }
        List<RexNode> expressions = new ArrayList<>();
        if (rel instanceof Filter filter) {
            expressions.add(filter.getCondition());
        } else if (rel instanceof Project project) {
            expressions.addAll(project.getProjects());
        } else if (rel instanceof Join join) {
            expressions.add(join.getCondition());
        } else {
            return Double.POSITIVE_INFINITY;
        }
        double rows = 0;
        for (RexNode expression : expressions) {
            boolean isRepeatable = RexUtil.isDeterministic(expression)
                    && !RexUtil.containsCorrelation(expression)
                    && RexUtil.SubQueryFinder.find(expression) == null;
            rows = isRepeatable ? rows : Double.POSITIVE_INFINITY;
        }
        for (RelNode input : rel.getInputs()) {
            rows += rowsRead(input);
        }
        return rows;
    }

    /** Those rows whose column is among the keys; tested where the column is read, so that joins have fewer rows too. */
    private static RelNode matching(RelNode rel, int column, Keys keys) {
        if (rel instanceof Filter filter && !(filter.getInput() instanceof TableScan)) {
            return rel.copy(rel.getTraitSet(), List.of(matching(filter.getInput(), column, keys)));
        }
        if (rel instanceof Project project && project.getProjects().get(column) instanceof RexInputRef ref) {
            return rel.copy(rel.getTraitSet(), List.of(matching(project.getInput(), ref.getIndex(), keys)));
        }
        if (rel instanceof Join join
                && (join.getJoinType() == JoinRelType.INNER
                        || !join.getJoinType().projectsRight())) {
            int leftWidth = join.getLeft().getRowType().getFieldCount();
            return column < leftWidth
                    ? join.copy(join.getTraitSet(), List.of(matching(join.getLeft(), column, keys), join.getRight()))
                    : join.copy(
                            join.getTraitSet(),
                            List.of(join.getLeft(), matching(join.getRight(), column - leftWidth, keys)));
        }
        RelNode only = LogicalProject.create(
                keys.rel,
                ImmutableList.of(),
                List.of(RexInputRef.of(keys.column, keys.rel.getRowType())),
                List.of("KEY"),
                ImmutableSet.of());
        int width = rel.getRowType().getFieldCount();
        RexNode key =
                new RexInputRef(width, only.getRowType().getFieldList().get(0).getType());
        RexNode condition = rel.getCluster()
                .getRexBuilder()
                .makeCall(SqlStdOperatorTable.EQUALS, RexInputRef.of(column, rel.getRowType()), key);
        return LogicalJoin.create(rel, only, ImmutableList.of(), condition, Set.of(), JoinRelType.SEMI);
    }
}
