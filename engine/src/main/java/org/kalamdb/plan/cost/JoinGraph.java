// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * What inner joins, semi-joins and anti-joins that stand on each other connect, with the conditions between. Columns of all
 * relations are numbered through, and expressions are over these numbers. Confined to one thread.
 */
final class JoinGraph {
    /** As many as a long has bits, less some; joins below are relations of their own then. */
    private static final int MAX_RELATIONS = 60;

    private final UnaryOperator<RelNode> inside;
    private final List<Relation> relations = new ArrayList<>();
    private final List<RexNode> conditions = new ArrayList<>();
    private final List<RexNode> outputs;
    private int columnCount;

    /**
     * Something that is joined.
     *
     * @param firstColumn number of its first column
     * @param type INNER, or SEMI or ANTI for what rows are only compared with
     * @param matches conditions of a SEMI or ANTI
     */
    record Relation(RelNode rel, int firstColumn, JoinRelType type, List<RexNode> matches) {
        Relation {
            matches = List.copyOf(matches);
        }

        int width() {
            return rel.getRowType().getFieldCount();
        }

        boolean has(int column) {
            return column >= firstColumn && column < firstColumn + width();
        }
    }

    /** @param inside what is done with the relations themselves */
    JoinGraph(Join top, UnaryOperator<RelNode> inside) {
        this.inside = inside;
        this.outputs = flatten(top);
    }

    List<Relation> relations() {
        return relations;
    }

    /** Conjuncts that hold for all rows. */
    List<RexNode> conditions() {
        return conditions;
    }

    /** The columns of the whole. */
    List<RexNode> outputs() {
        return outputs;
    }

    int columnCount() {
        return columnCount;
    }

    /** Which relation a column is of. */
    int relationOf(int column) {
        int relation = 0;
        while (!relations.get(relation).has(column)) {
            relation++;
        }
        return relation;
    }

    /** The relations whose columns an expression reads, as bits. */
    long relationsOf(RexNode expression) {
        long bits = 0;
        for (int column : RelOptUtil.InputFinder.bits(expression)) {
            bits |= 1L << relationOf(column);
        }
        return bits;
    }

    /** A condition on a relation alone is one of its own from now on. */
    void filter(int relation, RelNode filtered) {
        Relation old = relations.get(relation);
        relations.set(relation, new Relation(filtered, old.firstColumn(), old.type(), old.matches()));
    }

    /** Whether a join may be taken apart. */
    static boolean isPartOfOne(RelNode rel) {
        return rel instanceof Join join
                && switch (join.getJoinType()) {
                    case INNER, SEMI, ANTI -> true;
                    default -> false;
                }
                && join.getVariablesSet().isEmpty()
                && isMovable(join.getCondition());
    }

    private static boolean isMovable(RexNode node) {
        return RexUtil.isDeterministic(node)
                && RexUtil.SubQueryFinder.find(node) == null
                && !RexOver.containsOver(node);
    }

    /** The columns of {@code rel} as expressions. */
    private List<RexNode> flatten(RelNode rel) {
        if (relations.size() >= MAX_RELATIONS - 1) {
            return relation(rel, JoinRelType.INNER, List.of());
        }
        if (isPartOfOne(rel)) {
            return flattenJoin((Join) rel);
        }
        if (rel instanceof Project project && leadsToJoin(project)) {
            return substitute(project.getProjects(), flatten(project.getInput()));
        }
        if (rel instanceof Filter filter && leadsToJoin(filter)) {
            List<RexNode> columns = flatten(filter.getInput());
            conditions.addAll(substitute(RelOptUtil.conjunctions(filter.getCondition()), columns));
            return columns;
        }
        return relation(rel, JoinRelType.INNER, List.of());
    }

    private static boolean leadsToJoin(RelNode rel) {
        if (rel instanceof Project project) {
            return project.getProjects().stream().allMatch(JoinGraph::isMovable)
                    && project.getVariablesSet().isEmpty()
                    && leadsToJoin(project.getInput());
        }
        if (rel instanceof Filter filter) {
            return isMovable(filter.getCondition())
                    && filter.getVariablesSet().isEmpty()
                    && leadsToJoin(filter.getInput());
        }
        return isPartOfOne(rel);
    }

    private List<RexNode> flattenJoin(Join join) {
        List<RexNode> columns = new ArrayList<>(flatten(join.getLeft()));
        List<RexNode> condition = RelOptUtil.conjunctions(join.getCondition());
        if (join.getJoinType() == JoinRelType.INNER) {
            columns.addAll(flatten(join.getRight()));
            conditions.addAll(substitute(condition, columns));
            return columns;
        }
        List<RexNode> both = new ArrayList<>(columns);
        RelNode right = join.getRight();
        for (int i = 0; i < right.getRowType().getFieldCount(); i++) {
            both.add(new RexInputRef(
                    columnCount + i, right.getRowType().getFieldList().get(i).getType()));
        }
        relation(right, join.getJoinType(), substitute(condition, both));
        return columns;
    }

    private List<RexNode> relation(RelNode rel, JoinRelType type, List<RexNode> matches) {
        Relation relation = new Relation(inside.apply(rel), columnCount, type, matches);
        relations.add(relation);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < relation.width(); i++) {
            columns.add(new RexInputRef(
                    columnCount + i, rel.getRowType().getFieldList().get(i).getType()));
        }
        columnCount += relation.width();
        return columns;
    }

    private static List<RexNode> substitute(List<RexNode> expressions, List<RexNode> columns) {
        RexShuttle substitution = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return columns.get(ref.getIndex());
            }
        };
        List<RexNode> substituted = new ArrayList<>();
        for (RexNode expression : expressions) {
            substituted.add(expression.accept(substitution));
        }
        return substituted;
    }
}
