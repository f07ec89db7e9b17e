// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMdPredicates;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Calcite's predicates, without those that would say of the kept side of a left or anti-join what is true of matches alone:
 * it infers for an anti-join as for an inner one, and takes a condition that is never true for one of the left side. Of what
 * joins many tables it says what is written alone, since what is implied would take longer to find than the query runs. Safe
 * for use by several threads.
 */
public final class ImpliedPredicates extends RelMdPredicates {
    /** Each condition is tried with all columns that equal its own. */
    private static final int MAX_CONDITIONS = 16;

    static final ImpliedPredicates INSTANCE = new ImpliedPredicates();

    private ImpliedPredicates() {}

    @Override
    public RelOptPredicateList getPredicates(Join join, RelMetadataQuery metadata) {
        if (join.getJoinType() == JoinRelType.INNER) {
            RelOptPredicateList left = metadata.getPulledUpPredicates(join.getLeft());
            RelOptPredicateList right = metadata.getPulledUpPredicates(join.getRight());
            if (left.pulledUpPredicates.size() + right.pulledUpPredicates.size() > MAX_CONDITIONS) {
                return written(join, left, right);
            }
        }
        RelOptPredicateList implied = super.getPredicates(join, metadata);
        return join.getJoinType() == JoinRelType.LEFT || join.getJoinType() == JoinRelType.ANTI
                ? RelOptPredicateList.of(
                        join.getCluster().getRexBuilder(),
                        implied.pulledUpPredicates,
                        ImmutableList.of(),
                        implied.rightInferredPredicates)
                : implied;
    }

    private static RelOptPredicateList written(Join join, RelOptPredicateList left, RelOptPredicateList right) {
        int width = join.getLeft().getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>(left.pulledUpPredicates);
        right.pulledUpPredicates.forEach(condition -> conditions.add(RexUtil.shift(condition, width)));
        conditions.addAll(RexUtil.retainDeterministic(RelOptUtil.conjunctions(join.getCondition())));
        return RelOptPredicateList.of(join.getCluster().getRexBuilder(), conditions);
    }
}
