// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;
import org.apache.calcite.util.mapping.Mappings.TargetMapping;

/**
 * Puts projections between joins that stand on each other, so that what one of them holds has no columns which only the
 * conditions below have needed. Confined to one thread.
 */
final class JoinColumns {
    private final RelBuilder builder;

    private JoinColumns(RelBuilder builder) {
        this.builder = builder;
    }

    /** The same rows. Left alone is a plan with correlated parts, since these count the columns of others. */
    static RelNode narrowed(RelNode rel, RelBuilder builder) {
        return RelOptUtil.getVariablesUsed(rel).isEmpty() ? new JoinColumns(builder).narrow(rel) : rel;
    }

    /**
     * A relation with fewer columns.
     *
     * @param places where the columns it had are now
     */
    private record Narrowed(RelNode rel, TargetMapping places) {
        /** Where a column is now, or -1. */
        int place(int column) {
            return places.getTargetOpt(column);
        }

        /** As the other one, where these columns stand behind others. */
        int place(int column, int others) {
            int place = place(column);
            return place < 0 ? -1 : others + place;
        }
    }

    private RelNode narrow(RelNode rel) {
        if (rel instanceof Project project && isOverJoin(project.getInput()) && !project.containsOver()) {
            Narrowed input = narrow(project.getInput(), RelOptUtil.InputFinder.bits(project.getProjects(), null));
            List<RexNode> projects = RexUtil.apply(input.places, project.getProjects());
            return project.copy(project.getTraitSet(), input.rel, projects, project.getRowType());
        }
        List<RelNode> inputs = new ArrayList<>();
        boolean same = true;
        for (RelNode input : rel.getInputs()) {
            RelNode narrowed = rel instanceof Join ? side(input, all(input)).rel : narrow(input);
            same &= narrowed == input;
            inputs.add(narrowed);
        }
        return same ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private static boolean isOverJoin(RelNode rel) {
        return rel instanceof Join || rel instanceof Filter filter && isOverJoin(filter.getInput());
    }

    private static ImmutableBitSet all(RelNode rel) {
        return ImmutableBitSet.range(rel.getRowType().getFieldCount());
    }

    /** A join, maybe below filters, that has those columns at least. */
    private Narrowed narrow(RelNode rel, ImmutableBitSet needed) {
        if (rel instanceof Join join) {
            return join(join, needed);
        }
        Filter filter = (Filter) rel;
        ImmutableBitSet tested = RelOptUtil.InputFinder.bits(filter.getCondition());
        Narrowed input = narrow(filter.getInput(), needed.union(tested));
        RexNode condition = RexUtil.apply(input.places, filter.getCondition());
        return new Narrowed(filter.copy(filter.getTraitSet(), input.rel, condition), input.places);
    }

    private Narrowed join(Join join, ImmutableBitSet needed) {
        int leftCount = join.getLeft().getRowType().getFieldCount();
        int rightCount = join.getRight().getRowType().getFieldCount();
        ImmutableBitSet read = needed.union(RelOptUtil.InputFinder.bits(join.getCondition()));
        Narrowed left = side(join.getLeft(), read.intersect(ImmutableBitSet.range(leftCount)));
        Narrowed right = side(
                join.getRight(),
                read.intersect(ImmutableBitSet.range(leftCount, leftCount + rightCount))
                        .shift(-leftCount));
        int newLeftCount = left.rel.getRowType().getFieldCount();
        int newRightCount = right.rel.getRowType().getFieldCount();
        TargetMapping places = Mappings.target(
                column -> column < leftCount ? left.place(column) : right.place(column - leftCount, newLeftCount),
                leftCount + rightCount,
                newLeftCount + newRightCount);
        RexNode condition = RexUtil.apply(places, join.getCondition());
        RelNode narrowed = join.copy(
                join.getTraitSet(), condition, left.rel, right.rel, join.getJoinType(), join.isSemiJoinDone());
        return new Narrowed(narrowed, join.getJoinType().projectsRight() ? places : left.places);
    }

    /** One side of a join: without the columns that are not needed if it is a join itself. */
    private Narrowed side(RelNode rel, ImmutableBitSet needed) {
        if (!isOverJoin(rel)) {
            int count = rel.getRowType().getFieldCount();
            return new Narrowed(narrow(rel), Mappings.createIdentity(count));
        }
        Narrowed joined = narrow(rel, needed);
        int count = joined.rel.getRowType().getFieldCount();
        if (needed.cardinality() == count) {
            return joined;
        }
        RexBuilder rexBuilder = rel.getCluster().getRexBuilder();
        List<RexNode> kept = new ArrayList<>();
        for (int column : needed) {
            kept.add(rexBuilder.makeInputRef(joined.rel, joined.place(column)));
        }
        TargetMapping places = Mappings.target(needed::indexOf, rel.getRowType().getFieldCount(), needed.cardinality());
        return new Narrowed(builder.push(joined.rel).project(kept).build(), places);
    }
}
