// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a left join with groups of a correlation with an aggregate without keys whose rows equal columns of the outer row, as in
 * {@code (SELECT COUNT(*) FROM line WHERE line.order_id = orders.id)}. Calcite's rules do so too, but read the outer rows a second
 * time to find out which of them have no group. Confined to one thread.
 */
final class CorrelatedAggregates extends RelHomogeneousShuttle {
    /** Whose value of no rows is 0. */
    private static final Set<SqlKind> COUNTS = EnumSet.of(SqlKind.COUNT, SqlKind.SUM0);

    /** Whose value of no rows is NULL. */
    private static final Set<SqlKind> OTHERS = EnumSet.of(SqlKind.SUM, SqlKind.MIN, SqlKind.MAX, SqlKind.AVG);

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        RelNode joined = visited instanceof Correlate correlate ? joined(correlate) : null;
        return joined == null ? visited : joined;
    }

    /**
     * The right side of a correlation.
     *
     * @param outputs what it answers, over the aggregate
     * @param arguments what is aggregated, over the filter
     */
    private record Subquery(List<RexNode> outputs, Aggregate aggregate, List<RexNode> arguments, Filter filter) {}

    /** Null if it is something else, or the outer row is used in another way than by equality. */
    private static @Nullable RelNode joined(Correlate correlate) {
        JoinRelType type = correlate.getJoinType();
        Subquery subquery =
                type == JoinRelType.LEFT || type == JoinRelType.INNER ? subquery(correlate.getRight()) : null;
        if (subquery == null
                || !RelOptUtil.getVariablesUsed(subquery.filter.getInput()).isEmpty()) {
            return null;
        }
        CorrelationId outer = correlate.getCorrelationId();
        List<RexNode> rest = new ArrayList<>();
        List<RexNode> inner = new ArrayList<>();
        List<RexFieldAccess> fields = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(subquery.filter.getCondition())) {
            if (!RexUtil.containsCorrelation(conjunct)) {
                rest.add(conjunct);
                continue;
            }
            if (!conjunct.isA(SqlKind.EQUALS)) {
                return null;
            }
            RexNode left = ((RexCall) conjunct).getOperands().get(0);
            RexNode right = ((RexCall) conjunct).getOperands().get(1);
            RexFieldAccess field = field(left, outer) == null ? field(right, outer) : field(left, outer);
            RexNode value = field == left ? right : left;
            if (field == null || RexUtil.containsCorrelation(value)) {
                return null;
            }
            fields.add(field);
            inner.add(value);
        }
        return fields.isEmpty() ? null : joined(correlate, subquery, rest, inner, fields);
    }

    private static @Nullable RexFieldAccess field(RexNode node, CorrelationId outer) {
        return node instanceof RexFieldAccess access
                        && access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variable.id.equals(outer)
                ? access
                : null;
    }

    private static @Nullable Subquery subquery(RelNode right) {
        RelNode rel = right;
        List<RexNode> outputs = null;
        if (rel instanceof Project project && isPlain(project)) {
            outputs = project.getProjects();
            rel = project.getInput();
        }
        if (!(rel instanceof Aggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || aggregate.getGroupCount() > 0
                || !aggregate.getAggCallList().stream().allMatch(CorrelatedAggregates::isKnown)) {
            return null;
        }
        RelNode input = aggregate.getInput();
        List<RexNode> arguments = null;
        if (input instanceof Project project && isPlain(project)) {
            arguments = project.getProjects();
            input = project.getInput();
        }
        return input instanceof Filter filter && !containsSubquery(filter.getCondition())
                ? new Subquery(
                        outputs == null ? identity(aggregate) : outputs,
                        aggregate,
                        arguments == null ? identity(filter) : arguments,
                        filter)
                : null;
    }

    private static boolean isPlain(Project project) {
        return !project.containsOver()
                && project.getProjects().stream()
                        .noneMatch(each -> RexUtil.containsCorrelation(each) || containsSubquery(each));
    }

    private static boolean containsSubquery(RexNode node) {
        return RexUtil.SubQueryFinder.find(node) != null;
    }

    private static boolean isKnown(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return call.rexList.isEmpty() && call.distinctKeys == null && (COUNTS.contains(kind) || OTHERS.contains(kind));
    }

    private static List<RexNode> identity(RelNode rel) {
        return new ArrayList<>(rel.getCluster().getRexBuilder().identityProjects(rel.getRowType()));
    }

    /**
     * @param rest conditions of the subquery alone
     * @param inner what equals the fields of the outer row
     */
    private static RelNode joined(
            Correlate correlate,
            Subquery subquery,
            List<RexNode> rest,
            List<RexNode> inner,
            List<RexFieldAccess> fields) {
        RexBuilder rexBuilder = correlate.getCluster().getRexBuilder();
        RelNode rows = subquery.filter.getInput();
        if (!rest.isEmpty()) {
            rows = LogicalFilter.create(rows, RexUtil.composeConjunction(rexBuilder, rest));
        }
        List<RexNode> grouped = new ArrayList<>(subquery.arguments);
        grouped.addAll(inner);
        RelNode input =
                LogicalProject.create(rows, ImmutableList.of(), grouped, (List<String>) null, ImmutableSet.of());
        int first = subquery.arguments.size();
        RelNode groups = LogicalAggregate.create(
                input,
                ImmutableList.of(),
                ImmutableBitSet.range(first, grouped.size()),
                null,
                subquery.aggregate.getAggCallList().stream()
                        .map(call -> AggregateCalls.over(call, input, false))
                        .toList());
        RelNode left = correlate.getLeft();
        int width = left.getRowType().getFieldCount();
        List<RexNode> equalities = IntStream.range(0, inner.size())
                .mapToObj(i -> equality(rexBuilder, left, fields.get(i), groups, i))
                .toList();
        RelNode join = LogicalJoin.create(
                left,
                groups,
                ImmutableList.of(),
                RexUtil.composeConjunction(rexBuilder, equalities),
                Set.of(),
                JoinRelType.LEFT);
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            outputs.add(rexBuilder.makeInputRef(join, i));
        }
        RexShuttle overJoin = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                RexNode value = rexBuilder.makeInputRef(join, width + inner.size() + ref.getIndex());
                SqlKind kind = subquery.aggregate
                        .getAggCallList()
                        .get(ref.getIndex())
                        .getAggregation()
                        .getKind();
                return COUNTS.contains(kind) ? zeroForNone(rexBuilder, value, ref.getType()) : value;
            }
        };
        subquery.outputs.forEach(output -> outputs.add(output.accept(overJoin)));
        RelNode result = LogicalProject.create(
                join, ImmutableList.of(), outputs, correlate.getRowType().getFieldNames(), ImmutableSet.of());
        return RelOptUtil.createCastRel(result, correlate.getRowType(), true);
    }

    private static RexNode equality(
            RexBuilder rexBuilder, RelNode left, RexFieldAccess field, RelNode groups, int column) {
        RexNode group = new RexInputRef(
                left.getRowType().getFieldCount() + column,
                groups.getRowType().getFieldList().get(column).getType());
        return rexBuilder.makeCall(
                SqlStdOperatorTable.EQUALS, RexInputRef.of(field.getField().getIndex(), left.getRowType()), group);
    }

    private static RexNode zeroForNone(RexBuilder rexBuilder, RexNode count, RelDataType type) {
        RexNode zero = rexBuilder.makeExactLiteral(BigDecimal.ZERO, type);
        return rexBuilder.makeCall(
                type,
                SqlStdOperatorTable.CASE,
                List.of(
                        rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, count),
                        rexBuilder.makeNotNull(count),
                        zero));
    }
}
