// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Lets each column of an outer query enter a plan in one place, whose rows carry it to where it is read again. Decorrelation
 * makes the values of outer columns anew in each place that reads one it has not, and does not see to it that they are the
 * same as those from below, from the other side of a join, or from the right side of a correlation, where they are NULL if
 * nothing matches. Confined to one thread.
 */
final class NestedCorrelation extends RelHomogeneousShuttle {
    /** A column of an outer row. Immutable. */
    private record OuterColumn(CorrelationId id, int index) {}

    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        if (visited instanceof Correlate correlate) {
            return passedThroughLeft(correlate);
        }
        if (visited instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
            return sameOnBothSides(join);
        }
        if (visited instanceof Filter filter) {
            return takenFromBelow(
                    filter,
                    List.of(filter.getCondition()),
                    (input, expressions) -> LogicalFilter.create(
                            input, expressions.get(0), ImmutableSet.copyOf(filter.getVariablesSet())));
        }
        if (visited instanceof Project project) {
            return takenFromBelow(
                    project,
                    project.getProjects(),
                    (input, expressions) -> LogicalProject.create(
                            input,
                            project.getHints(),
                            expressions,
                            project.getRowType().getFieldNames(),
                            project.getVariablesSet()));
        }
        return visited;
    }

    /** The right side reads what comes from queries further out from the left one. */
    private static RelNode passedThroughLeft(Correlate correlate) {
        Map<OuterColumn, RexNode> outer = columns(correlate.getRight());
        outer.keySet().removeIf(column -> column.id().equals(correlate.getCorrelationId()));
        if (outer.isEmpty()
                || correlate.getJoinType() == JoinRelType.INNER
                        && columns(correlate.getLeft()).isEmpty()) {
            return correlate;
        }
        Map<OuterColumn, Integer> places = places(outer, correlate.getLeft());
        return CorrelatedColumns.add(
                correlate,
                List.copyOf(outer.values()),
                (id, column) -> correlate.getCorrelationId().equals(id)
                        ? column
                        : places.getOrDefault(new OuterColumn(id, column), -1));
    }

    /** What both sides read is compared, as if each of their rows had it. */
    private static RelNode sameOnBothSides(Join join) {
        Map<OuterColumn, RexNode> common = columns(join.getLeft());
        common.keySet().retainAll(columns(join.getRight()).keySet());
        if (common.isEmpty()) {
            return join;
        }
        RexBuilder rexBuilder = join.getCluster().getRexBuilder();
        RelNode left = widened(join.getLeft(), common);
        RelNode right = widened(join.getRight(), common);
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        int rightWidth = join.getRight().getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        conditions.add(RexUtil.shift(join.getCondition(), leftWidth, common.size()));
        for (int i = 0; i < common.size(); i++) {
            conditions.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                    RexInputRef.of(leftWidth + i, left.getRowType()),
                    new RexInputRef(
                            leftWidth + common.size() + rightWidth + i,
                            right.getRowType()
                                    .getFieldList()
                                    .get(rightWidth + i)
                                    .getType())));
        }
        RelNode joined = LogicalJoin.create(
                left,
                right,
                join.getHints(),
                RexUtil.composeConjunction(rexBuilder, conditions),
                join.getVariablesSet(),
                JoinRelType.INNER);
        return withoutAdded(join, joined, leftWidth, common.size());
    }

    /** How a filter or projection is made anew. */
    @FunctionalInterface
    private interface Rebuilding {
        RelNode over(RelNode input, List<RexNode> expressions);
    }

    /** What is read here and below is taken from below, unless all that is read here is there. */
    private static RelNode takenFromBelow(RelNode rel, List<RexNode> expressions, Rebuilding rebuilding) {
        Map<OuterColumn, RexNode> here = new LinkedHashMap<>();
        RexShuttle collecting = CorrelatedColumns.references((id, access) -> {
            here.put(new OuterColumn(id, access.getField().getIndex()), access);
            return access;
        });
        expressions.forEach(each -> each.accept(collecting));
        Set<OuterColumn> below =
                here.isEmpty() ? Set.of() : columns(rel.getInput(0)).keySet();
        if (below.containsAll(here.keySet())) {
            return rel;
        }
        here.keySet().retainAll(below);
        if (here.isEmpty()) {
            return rel;
        }
        RelNode input = rel.getInput(0);
        RelNode widened = widened(input, here);
        Map<OuterColumn, Integer> places = places(here, input);
        RexShuttle taking = CorrelatedColumns.references((id, access) -> {
            Integer place = places.get(new OuterColumn(id, access.getField().getIndex()));
            return place == null ? access : RexInputRef.of(place, widened.getRowType());
        });
        RelNode rebuilt = rebuilding.over(
                widened, expressions.stream().map(each -> each.accept(taking)).toList());
        return rel instanceof Filter
                ? withoutAdded(rel, rebuilt, input.getRowType().getFieldCount(), here.size())
                : rebuilt;
    }

    /** The columns of outer rows that are read in a tree, each with a reference to it. */
    private static Map<OuterColumn, RexNode> columns(RelNode rel) {
        Set<CorrelationId> outer = RelOptUtil.getVariablesUsed(rel);
        Map<OuterColumn, RexNode> columns = new LinkedHashMap<>();
        if (!outer.isEmpty()) {
            rel.accept(new CorrelatedColumns.References((id, access) -> {
                if (outer.contains(id)) {
                    columns.putIfAbsent(new OuterColumn(id, access.getField().getIndex()), access);
                }
                return access;
            }));
        }
        return columns;
    }

    /** Where the columns are behind those of the input. */
    private static Map<OuterColumn, Integer> places(Map<OuterColumn, RexNode> columns, RelNode input) {
        Map<OuterColumn, Integer> places = new HashMap<>();
        int width = input.getRowType().getFieldCount();
        columns.keySet().forEach(column -> places.put(column, width + places.size()));
        return places;
    }

    private static RelNode widened(RelNode input, Map<OuterColumn, RexNode> columns) {
        List<RexNode> projects =
                new ArrayList<>(input.getCluster().getRexBuilder().identityProjects(input.getRowType()));
        projects.addAll(columns.values());
        return LogicalProject.create(input, ImmutableList.of(), projects, (List<String>) null, ImmutableSet.of());
    }

    /** The columns of {@code rel}, of which {@code rebuilt} has more: as many behind the first ones, and at its end. */
    private static RelNode withoutAdded(RelNode rel, RelNode rebuilt, int first, int added) {
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
            outputs.add(RexInputRef.of(i < first ? i : i + added, rebuilt.getRowType()));
        }
        return LogicalProject.create(
                rebuilt, ImmutableList.of(), outputs, rel.getRowType().getFieldNames(), ImmutableSet.of());
    }
}
