// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Makes semi-joins of EXISTS and IN, and anti-joins of NOT EXISTS and, where nothing can be NULL, NOT IN, that are joined to
 * the rest of a condition by AND and refer to the outer query in their WHERE alone. What is left is for Calcite's rules, which
 * make an inner join with the distinct rows of the subquery, for which they read the outer query a second time. Confined to
 * one thread.
 */
final class SemiJoinConversion extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel).accept(new Subqueries());
        return visited instanceof Filter filter ? convert(filter) : visited;
    }

    /** The queries inside of expressions. */
    private final class Subqueries extends RexShuttle {
        @Override
        public RexNode visitSubQuery(RexSubQuery written) {
            RexSubQuery subquery = (RexSubQuery) super.visitSubQuery(written);
            RelNode rel = subquery.rel.accept(SemiJoinConversion.this);
            return rel == subquery.rel ? subquery : subquery.clone(rel);
        }
    }

    /**
     * The right side of a semi- or anti-join.
     *
     * @param condition over the fields of both sides
     */
    private record Match(RelNode right, RexNode condition, JoinRelType type) {}

    /** The joins come below what is left of the condition, so that a reference to a query further out stays above them. */
    private static RelNode convert(Filter filter) {
        RelNode rel = filter.getInput();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Match match = match(filter, conjunct);
            if (match == null) {
                rest.add(conjunct);
            } else {
                rel = LogicalJoin.create(
                        rel, match.right(), ImmutableList.of(), match.condition(), Set.of(), match.type());
            }
        }
        return rel == filter.getInput() ? filter : filtered(rel, rest, filter.getVariablesSet());
    }

    private static RelNode filtered(RelNode rel, List<RexNode> conjuncts, Set<CorrelationId> variables) {
        if (conjuncts.isEmpty()) {
            return rel;
        }
        RexNode condition = RexUtil.composeConjunction(rel.getCluster().getRexBuilder(), conjuncts);
        return LogicalFilter.create(rel, condition, ImmutableSet.copyOf(variables));
    }

    private static @Nullable Match match(Filter filter, RexNode conjunct) {
        boolean negated = conjunct.isA(SqlKind.NOT);
        RexNode tested = negated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
        if (!(tested instanceof RexSubQuery subquery)
                || !subquery.isA(SqlKind.EXISTS) && !subquery.isA(SqlKind.IN)
                || subquery.operands.stream().anyMatch(SemiJoinConversion::readsElsewhere)) {
            return null;
        }
        Match match = match(filter, subquery, negated ? JoinRelType.ANTI : JoinRelType.SEMI);
        return match != null && negated && subquery.isA(SqlKind.IN) && mayBeNull(match.condition()) ? null : match;
    }

    /** Whether more than the row at hand is needed. */
    private static boolean readsElsewhere(RexNode node) {
        return RexUtil.containsCorrelation(node) || RexUtil.SubQueryFinder.find(node) != null;
    }

    /** Membership compares in the first conjuncts; a comparison that may be unknown would not be true of an anti-join. */
    private static boolean mayBeNull(RexNode condition) {
        return RelOptUtil.conjunctions(condition).stream()
                .anyMatch(conjunct -> conjunct.getType().isNullable());
    }

    private static @Nullable Match match(Filter filter, RexSubQuery subquery, JoinRelType type) {
        Set<CorrelationId> outer = RelOptUtil.getVariablesUsed(subquery.rel);
        if (outer.isEmpty()) {
            return subquery.isA(SqlKind.EXISTS)
                    ? null
                    : joined(filter, subquery, subquery.rel, identity(subquery.rel), List.of(), type);
        }
        if (!filter.getVariablesSet().containsAll(outer)) {
            return null;
        }
        RelNode rel = subquery.rel;
        List<RexNode> members = List.of();
        if (subquery.isA(SqlKind.IN)) {
            if (!(rel instanceof Project project)
                    || project.getProjects().stream().anyMatch(SemiJoinConversion::isBarred)) {
                return null;
            }
            members = project.getProjects();
            rel = project.getInput();
        } else {
            rel = withoutOutputs(rel);
        }
        if (!(rel instanceof Filter correlated)
                || !RelOptUtil.getVariablesUsed(correlated.getInput()).isEmpty()) {
            return null;
        }
        List<RexNode> own = new ArrayList<>();
        List<RexNode> common = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(correlated.getCondition())) {
            if (!usesAny(conjunct, outer)) {
                own.add(conjunct);
            } else if (RexUtil.SubQueryFinder.find(conjunct) != null) {
                return null;
            } else {
                common.add(conjunct);
            }
        }
        RelNode right = filtered(correlated.getInput(), own, correlated.getVariablesSet());
        return joined(filter, subquery, right, members, common, type);
    }

    private static boolean isBarred(RexNode member) {
        return readsElsewhere(member) || RexOver.containsOver(member);
    }

    /** What EXISTS looks at: neither columns nor order. */
    private static RelNode withoutOutputs(RelNode rel) {
        RelNode below = rel;
        while (below instanceof Project project && !project.containsOver()
                || below instanceof Sort sort && sort.fetch == null && sort.offset == null) {
            below = below.getInput(0);
        }
        return below;
    }

    private static boolean usesAny(RexNode conjunct, Set<CorrelationId> variables) {
        RelOptUtil.VariableUsedVisitor used = new RelOptUtil.VariableUsedVisitor(null);
        boolean[] inside = {false};
        conjunct.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                inside[0] |= RelOptUtil.getVariablesUsed(subquery.rel).stream().anyMatch(variables::contains);
                return super.visitSubQuery(subquery);
            }
        });
        conjunct.accept(used);
        return inside[0] || used.variables.stream().anyMatch(variables::contains);
    }

    private static List<RexNode> identity(RelNode rel) {
        return new ArrayList<>(rel.getCluster().getRexBuilder().identityProjects(rel.getRowType()));
    }

    /** @param members over the right side, what the operands of IN are compared with */
    private static Match joined(
            Filter filter,
            RexSubQuery subquery,
            RelNode right,
            List<RexNode> members,
            List<RexNode> common,
            JoinRelType type) {
        RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
        int width = filter.getRowType().getFieldCount();
        BothSides bothSides = new BothSides(filter, width);
        List<RexNode> conjuncts = new ArrayList<>();
        for (int i = 0; i < subquery.operands.size(); i++) {
            conjuncts.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.EQUALS,
                    subquery.operands.get(i),
                    members.get(i).accept(bothSides)));
        }
        common.forEach(conjunct -> conjuncts.add(conjunct.accept(bothSides)));
        return new Match(right, RexUtil.composeConjunction(rexBuilder, conjuncts), type);
    }

    /** Expressions of the subquery over the fields of both sides of the join. */
    private static final class BothSides extends RexShuttle {
        private final Filter outer;
        private final int width;

        BothSides(Filter outer, int width) {
            this.outer = outer;
            this.width = width;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(ref.getIndex() + width, ref.getType());
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable variable
                            && outer.getVariablesSet().contains(variable.id)
                    ? RexInputRef.of(access.getField().getIndex(), outer.getRowType())
                    : super.visitFieldAccess(access);
        }
    }
}
