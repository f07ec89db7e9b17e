// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The conditions between the relations of a {@link JoinGraph}, sorted by what they are good for, and which part of the rows they
 * leave. Sets of relations are bits of a long. Confined to one thread.
 */
final class JoinPredicates {
    private final JoinGraph graph;
    private final RexBuilder rexBuilder;
    private final List<RowsEstimate> estimates;
    private final List<ColumnEstimate> columns = new ArrayList<>();
    private final List<EqualColumns> equalColumns = new ArrayList<>();
    private final List<Predicate> others = new ArrayList<>();
    private final long[] semiJoined;

    /** Columns of several relations that have one value in a row of the result. */
    private record EqualColumns(int[] columns, long relations) {}

    /** @param selectivity which part of the rows it leaves */
    private record Predicate(RexNode condition, long relations, double selectivity) {}

    /** @param estimates of the relations, in order */
    JoinPredicates(JoinGraph graph, List<RowsEstimate> estimates, RexBuilder rexBuilder) {
        this.graph = graph;
        this.estimates = estimates;
        this.rexBuilder = rexBuilder;
        estimates.forEach(estimate -> columns.addAll(estimate.columns()));
        this.semiJoined = new long[graph.relations().size()];
        int[] parents = new int[graph.columnCount()];
        Arrays.setAll(parents, column -> column);
        for (RexNode condition : graph.conditions()) {
            if (isBetweenColumns(condition)) {
                List<RexNode> operands = ((RexCall) condition).getOperands();
                unite(parents, column(operands.get(0)), column(operands.get(1)));
            } else if (Long.bitCount(graph.relationsOf(condition)) > 1) {
                others.add(new Predicate(condition, graph.relationsOf(condition), selectivity(condition)));
            }
        }
        collect(parents);
        for (int i = 0; i < semiJoined.length; i++) {
            JoinGraph.Relation relation = graph.relations().get(i);
            for (RexNode match : relation.matches()) {
                semiJoined[i] |= graph.relationsOf(match);
            }
            semiJoined[i] &= ~(1L << i);
        }
    }

    /** Equality of columns of two relations that means the same for every third. */
    private boolean isBetweenColumns(RexNode condition) {
        if (!condition.isA(SqlKind.EQUALS)) {
            return false;
        }
        RexNode left = ((RexCall) condition).getOperands().get(0);
        RexNode right = ((RexCall) condition).getOperands().get(1);
        return left instanceof RexInputRef
                && right instanceof RexInputRef
                && SqlTypeUtil.equalSansNullability(left.getType(), right.getType())
                && Long.bitCount(graph.relationsOf(condition)) == 2;
    }

    private static int column(RexNode ref) {
        return ((RexInputRef) ref).getIndex();
    }

    private static void unite(int[] parents, int one, int other) {
        parents[root(parents, one)] = root(parents, other);
    }

    private static int root(int[] parents, int column) {
        int root = column;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    private void collect(int[] parents) {
        for (int root = 0; root < parents.length; root++) {
            List<Integer> members = new ArrayList<>();
            long relations = 0;
            for (int column = 0; column < parents.length; column++) {
                if (root(parents, column) == root) {
                    members.add(column);
                    relations |= 1L << graph.relationOf(column);
                }
            }
            if (members.size() > 1) {
                equalColumns.add(new EqualColumns(
                        members.stream().mapToInt(Integer::intValue).toArray(), relations));
            }
        }
    }

    private double selectivity(RexNode condition) {
        return ConditionSelectivity.of(condition, columns, Double.MAX_VALUE);
    }

    /** What a relation that is only compared with needs on its left; nothing for others. */
    long leftOf(int relation) {
        return semiJoined[relation];
    }

    boolean isSemiJoined(int relation) {
        return graph.relations().get(relation).type() != JoinRelType.INNER;
    }

    /** Which relations have a condition with this one alone. */
    long neighbours(int relation) {
        long bit = 1L << relation;
        long neighbours = 0;
        for (EqualColumns equal : equalColumns) {
            neighbours |= (equal.relations() & bit) != 0 ? equal.relations() : 0;
        }
        for (Predicate other : others) {
            boolean isEdge = (other.relations() & bit) != 0 && Long.bitCount(other.relations()) == 2;
            neighbours |= isEdge ? other.relations() : 0;
        }
        return neighbours & ~bit;
    }

    /** The part of all pairs that a join leaves. */
    double selectivity(long left, long right) {
        double selectivity = keySelectivity(left, right);
        for (Predicate other : others) {
            selectivity *= meets(other.relations(), left, right) ? other.selectivity() : 1;
        }
        return selectivity;
    }

    /** Whether all of it is there when both sides are, and not before. */
    private static boolean meets(long relations, long left, long right) {
        return (relations & ~(left | right)) == 0 && (relations & ~left) != 0 && (relations & ~right) != 0;
    }

    /** Whether equality of columns connects the sides, so that one can be looked up in the other. */
    boolean haveEqualColumns(long left, long right) {
        return equalColumns.stream()
                        .anyMatch(equal -> (equal.relations() & left) != 0 && (equal.relations() & right) != 0)
                || others.stream()
                        .anyMatch(other -> meets(other.relations(), left, right) && isEquality(other.condition()));
    }

    private static boolean isEquality(RexNode condition) {
        return condition.isA(SqlKind.EQUALS) || condition.isA(SqlKind.IS_NOT_DISTINCT_FROM);
    }

    private double keySelectivity(long left, long right) {
        List<EqualColumns> between = new ArrayList<>();
        for (EqualColumns equal : equalColumns) {
            if ((equal.relations() & left) != 0 && (equal.relations() & right) != 0) {
                between.add(equal);
            }
        }
        double selectivity = 1;
        Key key = greatestKey(between, left | right);
        if (key != null) {
            selectivity = 1 / key.domain();
            between.removeIf(equal -> (equal.relations() & 1L << key.relation()) != 0);
        }
        for (EqualColumns equal : between) {
            selectivity /= Math.max(distinct(equal, left), distinct(equal, right));
        }
        return selectivity;
    }

    private record Key(int relation, double domain) {}

    /** The relation with most keys of those whose key the columns hold, or null. */
    private @Nullable Key greatestKey(List<EqualColumns> between, long relations) {
        Key greatest = null;
        for (long rest = relations; rest != 0; rest &= rest - 1) {
            int relation = Long.numberOfTrailingZeros(rest);
            ImmutableBitSet.Builder equal = ImmutableBitSet.builder();
            for (EqualColumns each : between) {
                for (int column : each.columns()) {
                    if (graph.relations().get(relation).has(column)) {
                        equal.set(column - graph.relations().get(relation).firstColumn());
                    }
                }
            }
            double domain = estimates.get(relation).keyDomain(equal.build());
            if (domain > 0 && (greatest == null || domain > greatest.domain())) {
                greatest = new Key(relation, Math.max(1, domain));
            }
        }
        return greatest;
    }

    /** How many values there are on a side: as many as in the column with fewest. */
    private double distinct(EqualColumns equal, long side) {
        double least = Double.MAX_VALUE;
        for (int column : equal.columns()) {
            if ((1L << graph.relationOf(column) & side) != 0) {
                least = Math.min(least, columns.get(column).distinct());
            }
        }
        return least;
    }

    /** The part of rows that a semi- or anti-join leaves. */
    double matchedPart(int relation) {
        JoinGraph.Relation right = graph.relations().get(relation);
        return JoinEstimate.matchedPart(right.type(), right.matches(), columns, right::has);
    }

    /** The conditions that a join tests, over the columns of the graph. */
    List<RexNode> conditions(long left, long right) {
        List<RexNode> tested = new ArrayList<>();
        for (EqualColumns equal : equalColumns) {
            if ((equal.relations() & left) != 0 && (equal.relations() & right) != 0) {
                tested.add(rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, first(equal, left), first(equal, right)));
            }
        }
        for (Predicate other : others) {
            if (meets(other.relations(), left, right)) {
                tested.add(other.condition());
            }
        }
        return tested;
    }

    private RexNode first(EqualColumns equal, long side) {
        for (int column : equal.columns()) {
            int relation = graph.relationOf(column);
            if ((1L << relation & side) != 0) {
                JoinGraph.Relation of = graph.relations().get(relation);
                return new RexInputRef(
                        column,
                        of.rel()
                                .getRowType()
                                .getFieldList()
                                .get(column - of.firstColumn())
                                .getType());
            }
        }
        throw new IllegalStateException("No column of the side is equal to one of the other");
    }
}
