// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMdPredicates;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Calcite's predicates, without those that would say of the kept side of a left or anti-join what is true of matches alone:
 * it infers for an anti-join as for an inner one, and takes a condition that is never true for one of the left side. Safe for
 * use by several threads.
 */
public final class ImpliedPredicates extends RelMdPredicates {
    static final ImpliedPredicates INSTANCE = new ImpliedPredicates();

    private ImpliedPredicates() {}

    @Override
    public RelOptPredicateList getPredicates(Join join, RelMetadataQuery metadata) {
        RelOptPredicateList implied = super.getPredicates(join, metadata);
        return join.getJoinType() == JoinRelType.LEFT || join.getJoinType() == JoinRelType.ANTI
                ? RelOptPredicateList.of(
                        join.getCluster().getRexBuilder(),
                        implied.pulledUpPredicates,
                        ImmutableList.of(),
                        implied.rightInferredPredicates)
                : implied;
    }
}
