// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.rules.AggregateExpandDistinctAggregatesRule;
import org.apache.calcite.rel.rules.AggregateReduceFunctionsRule;
import org.apache.calcite.rel.rules.AggregateRemoveRule;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterCorrelateRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.JoinPushExpressionsRule;
import org.apache.calcite.rel.rules.JoinPushTransitivePredicatesRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectOverSumToSum0Rule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.ProjectToWindowRule;
import org.apache.calcite.rel.rules.ReduceExpressionsRule;
import org.apache.calcite.rel.rules.SortRemoveConstantKeysRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rel.rules.UnionMergeRule;
import org.kalamdb.function.KalamAggregate;

/**
 * The rules of Calcite that the optimiser uses, under Calcite's names. They are made here one by one because {@code
 * CoreRules} makes every rule there is when the first is asked for, which takes a fresh JVM half a second of CPU time.
 */
final class OptimizerRules {
    static final RelOptRule AGGREGATE_EXPAND_DISTINCT_AGGREGATES = AggregateExpandDistinctAggregatesRule.Config.DEFAULT
            .withOperandSupplier(operand -> operand.operand(LogicalAggregate.class)
                    .predicate(OptimizerRules::aggregatesOneSetOfValues)
                    .anyInputs())
            .as(AggregateExpandDistinctAggregatesRule.Config.class)
            .toRule();
    static final RelOptRule AGGREGATE_REDUCE_FUNCTIONS = AggregateReduceFunctionsRule.Config.DEFAULT.toRule();
    static final RelOptRule AGGREGATE_REMOVE = AggregateRemoveRule.Config.DEFAULT.toRule();
    static final RelOptRule FILTER_AGGREGATE_TRANSPOSE = FilterAggregateTransposeRule.Config.DEFAULT.toRule();
    static final RelOptRule FILTER_CORRELATE = FilterCorrelateRule.Config.DEFAULT.toRule();
    static final RelOptRule FILTER_INTO_JOIN =
            FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.toRule();
    static final RelOptRule FILTER_MERGE = FilterMergeRule.Config.DEFAULT.toRule();
    static final RelOptRule FILTER_PROJECT_TRANSPOSE = FilterProjectTransposeRule.Config.DEFAULT.toRule();
    static final RelOptRule FILTER_REDUCE_EXPRESSIONS =
            ReduceExpressionsRule.FilterReduceExpressionsRule.FilterReduceExpressionsRuleConfig.DEFAULT.toRule();
    static final RelOptRule FILTER_SET_OP_TRANSPOSE = FilterSetOpTransposeRule.Config.DEFAULT.toRule();
    static final RelOptRule FILTER_SUB_QUERY_TO_CORRELATE = SubQueryRemoveRule.Config.FILTER.toRule();
    static final RelOptRule JOIN_CONDITION_PUSH =
            FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT.toRule();
    static final RelOptRule JOIN_PUSH_EXPRESSIONS = JoinPushExpressionsRule.Config.DEFAULT.toRule();
    static final RelOptRule JOIN_PUSH_TRANSITIVE_PREDICATES = JoinPushTransitivePredicatesRule.Config.DEFAULT.toRule();
    static final RelOptRule JOIN_REDUCE_EXPRESSIONS =
            ReduceExpressionsRule.JoinReduceExpressionsRule.JoinReduceExpressionsRuleConfig.DEFAULT.toRule();
    static final RelOptRule JOIN_SUB_QUERY_TO_CORRELATE = SubQueryRemoveRule.Config.JOIN.toRule();
    static final RelOptRule PROJECT_MERGE = ProjectMergeRule.Config.DEFAULT.toRule();
    static final RelOptRule PROJECT_OVER_SUM_TO_SUM0_RULE = ProjectOverSumToSum0Rule.Config.DEFAULT.toRule();
    static final RelOptRule PROJECT_REMOVE = ProjectRemoveRule.Config.DEFAULT.toRule();
    static final RelOptRule PROJECT_SUB_QUERY_TO_CORRELATE = SubQueryRemoveRule.Config.PROJECT.toRule();
    static final RelOptRule PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW =
            ProjectToWindowRule.ProjectToLogicalProjectAndWindowRule.ProjectToLogicalProjectAndWindowRuleConfig.DEFAULT
                    .toRule();
    static final RelOptRule SORT_REMOVE_CONSTANT_KEYS = SortRemoveConstantKeysRule.Config.DEFAULT.toRule();
    static final RelOptRule UNION_MERGE = UnionMergeRule.Config.DEFAULT.toRule();

    private OptimizerRules() {}

    /**
     * Whether all calls are of the different values of the same columns. Then rows that are grouped by these too need no further
     * look at what is different. Calls of several such sets are computed beside each other, with all others.
     */
    private static boolean aggregatesOneSetOfValues(Aggregate aggregate) {
        List<AggregateCall> calls = aggregate.getAggCallList();
        return aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && !KalamAggregate.isIn(calls)
                && calls.stream()
                        .allMatch(call -> call.isDistinct()
                                && !call.hasFilter()
                                && call.getArgList().equals(calls.get(0).getArgList()));
    }
}
