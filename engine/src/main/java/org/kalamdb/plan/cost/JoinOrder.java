// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;

/**
 * Puts joins that stand on each other into the order that is estimated to cost least. Inner joins, semi-joins and anti-joins
 * take any place where their conditions can be tested; outer joins stay where they are, and what is below them is ordered by
 * itself. Confined to one thread.
 */
public final class JoinOrder {
    private final Estimator estimator;
    private final RelBuilder builder;
    private final RexBuilder rexBuilder;

    /** @param builder for the cluster of the plan */
    public JoinOrder(Estimator estimator, RelBuilder builder) {
        this.estimator = estimator;
        this.builder = builder;
        this.rexBuilder = builder.getRexBuilder();
    }

    /** The same rows by another order of joins. */
    public RelNode order(RelNode rel) {
        if (JoinGraph.isPartOfOne(rel)) {
            JoinGraph graph = new JoinGraph((Join) rel, this::order);
            return ordered(graph, rel.getRowType().getFieldNames());
        }
        List<RelNode> inputs = rel.getInputs().stream().map(this::order).toList();
        return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private RelNode ordered(JoinGraph graph, List<String> names) {
        filterRelations(graph);
        List<RowsEstimate> estimates = graph.relations().stream()
                .map(relation -> estimator.estimate(relation.rel()))
                .toList();
        JoinPredicates predicates = new JoinPredicates(graph, estimates, rexBuilder);
        double[] rows = estimates.stream().mapToDouble(RowsEstimate::rows).toArray();
        JoinSearch.Tree tree = new JoinSearch(predicates, rows).best();
        Built built = new Building(graph, predicates).build(tree);
        List<RexNode> constant = graph.conditions().stream()
                .filter(condition -> graph.relationsOf(condition) == 0)
                .toList();
        RelNode filtered = filtered(built.rel(), constant);
        RexShuttle numbering = new Numbering(built.positions());
        List<RexNode> outputs =
                graph.outputs().stream().map(output -> output.accept(numbering)).toList();
        return RexUtil.isIdentity(outputs, filtered.getRowType())
                ? filtered
                : LogicalProject.create(filtered, ImmutableList.of(), outputs, names, ImmutableSet.of());
    }

    /** Tests what concerns one relation alone where it is read, also what an OR of conditions on several implies for it. */
    private void filterRelations(JoinGraph graph) {
        for (int i = 0; i < graph.relations().size(); i++) {
            JoinGraph.Relation relation = graph.relations().get(i);
            int first = relation.firstColumn();
            RexShuttle numbering = new Shift(-first);
            List<RexNode> own = new ArrayList<>();
            for (RexNode condition : graph.conditions()) {
                long relations = graph.relationsOf(condition);
                if (relations == 1L << i) {
                    own.add(condition.accept(numbering));
                } else if ((relations & 1L << i) != 0 && condition.isA(SqlKind.OR)) {
                    addImplied(graph, i, condition, numbering, own);
                }
            }
            if (!own.isEmpty()) {
                graph.filter(i, filtered(relation.rel(), own));
            }
        }
    }

    private void addImplied(
            JoinGraph graph, int relation, RexNode disjunction, RexShuttle numbering, List<RexNode> to) {
        List<RexNode> alternatives = new ArrayList<>();
        for (RexNode alternative : RelOptUtil.disjunctions(disjunction)) {
            List<RexNode> own = RelOptUtil.conjunctions(alternative).stream()
                    .filter(conjunct -> graph.relationsOf(conjunct) == 1L << relation)
                    .toList();
            if (own.isEmpty()) {
                return;
            }
            alternatives.add(RexUtil.composeConjunction(rexBuilder, own).accept(numbering));
        }
        to.add(RexUtil.composeDisjunction(rexBuilder, alternatives));
    }

    private RelNode filtered(RelNode rel, List<RexNode> conditions) {
        RexNode condition = RexUtil.composeConjunction(rexBuilder, conditions);
        return condition.isAlwaysTrue() ? rel : LogicalFilter.create(rel, condition);
    }

    /** Numbers columns in another way. */
    private static final class Numbering extends RexShuttle {
        private final int[] positions;

        /** @param positions by number of the graph */
        Numbering(int[] positions) {
            this.positions = positions;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(positions[ref.getIndex()], ref.getType());
        }
    }

    private static final class Shift extends RexShuttle {
        private final int by;

        Shift(int by) {
            this.by = by;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(ref.getIndex() + by, ref.getType());
        }
    }

    /** @param positions where the columns of the graph stand in {@code rel}, -1 for those it has not */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Built(RelNode rel, int[] positions) {}

    /** The relational expressions of a tree. */
    private final class Building {
        private final JoinGraph graph;
        private final JoinPredicates predicates;

        Building(JoinGraph graph, JoinPredicates predicates) {
            this.graph = graph;
            this.predicates = predicates;
        }

        Built build(JoinSearch.Tree tree) {
            return tree.left() == null ? relation(tree.relation()) : join(tree, tree.left());
        }

        private Built relation(int number) {
            JoinGraph.Relation relation = graph.relations().get(number);
            int[] positions = new int[graph.columnCount()];
            Arrays.fill(positions, -1);
            for (int i = 0; i < relation.width(); i++) {
                positions[relation.firstColumn() + i] = i;
            }
            return new Built(relation.rel(), positions);
        }

        private Built join(JoinSearch.Tree tree, JoinSearch.Tree leftTree) {
            JoinSearch.Tree rightTree = requireNonNull(tree.right());
            Built left = build(leftTree);
            Built right = build(rightTree);
            boolean compares = rightTree.left() == null && predicates.isSemiJoined(rightTree.relation());
            JoinGraph.Relation compared = graph.relations().get(rightTree.relation());
            int width = left.rel().getRowType().getFieldCount();
            int[] both = left.positions().clone();
            for (int i = 0; i < both.length; i++) {
                if (right.positions()[i] >= 0) {
                    both[i] = right.positions()[i] + width;
                }
            }
            List<RexNode> conditions =
                    compares ? compared.matches() : predicates.conditions(leftTree.relations(), rightTree.relations());
            RexShuttle numbering = new Numbering(both);
            List<RexNode> tested = conditions.stream()
                    .map(condition -> condition.accept(numbering))
                    .toList();
            Join join = LogicalJoin.create(
                    left.rel(),
                    right.rel(),
                    ImmutableList.of(),
                    RexUtil.composeConjunction(rexBuilder, tested),
                    Set.of(),
                    compares ? compared.type() : JoinRelType.INNER);
            RelNode computed = tested.stream().anyMatch(Building::comparesComputed)
                    ? RelOptUtil.pushDownJoinConditions(join, builder)
                    : join;
            return new Built(computed, compares ? left.positions() : both);
        }

        /** Whether an equality is of something else than columns, which a look-up needs. */
        private static boolean comparesComputed(RexNode condition) {
            return condition.isA(SqlKind.EQUALS)
                    && ((RexCall) condition)
                            .getOperands().stream().anyMatch(operand -> !(operand instanceof RexInputRef));
        }
    }
}
