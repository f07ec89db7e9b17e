// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rex.RexUtil.SubQueryFinder;
import org.apache.calcite.sql2rel.ConvertToChecked;
import org.apache.calcite.sql2rel.CorrelateProjectExtractor;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.kalamdb.plan.cost.Estimator;
import org.kalamdb.plan.cost.GroupReduction;
import org.kalamdb.plan.cost.JoinOrder;

/**
 * The phases from a converted query to an optimised one, each a small set of rules run to its fixed point:
 *
 * <ol>
 *   <li>subqueries become joins or correlations, and correlations joins where possible;
 *   <li>filters, projections and join conditions move down, and what is implied or constant is simplified away;
 *   <li>joins are ordered by estimated cost, and what is grouped is semi-joined first where that leaves few groups;
 *   <li>columns that nobody reads are dropped;
 *   <li>aggregates and windows take the forms that execution knows, and arithmetic is checked for overflow.
 * </ol>
 *
 * Safe for use by several threads.
 */
final class Optimizer {
    private static final List<RelOptRule> REMOVE_SUBQUERIES = List.of(
            OptimizerRules.FILTER_SUB_QUERY_TO_CORRELATE,
            OptimizerRules.PROJECT_SUB_QUERY_TO_CORRELATE,
            OptimizerRules.JOIN_SUB_QUERY_TO_CORRELATE,
            OptimizerRules.PROJECT_OVER_SUM_TO_SUM0_RULE);

    private static final List<RelOptRule> PUSH_DOWN = List.of(
            OptimizerRules.FILTER_INTO_JOIN,
            OptimizerRules.JOIN_CONDITION_PUSH,
            OptimizerRules.JOIN_PUSH_EXPRESSIONS,
            OptimizerRules.FILTER_MERGE,
            OptimizerRules.FILTER_PROJECT_TRANSPOSE,
            OptimizerRules.FILTER_AGGREGATE_TRANSPOSE,
            OptimizerRules.FILTER_SET_OP_TRANSPOSE,
            OptimizerRules.FILTER_CORRELATE,
            OptimizerRules.PROJECT_MERGE,
            OptimizerRules.PROJECT_REMOVE,
            OptimizerRules.UNION_MERGE,
            OptimizerRules.AGGREGATE_REMOVE);

    private static final List<RelOptRule> FACTOR_CONDITIONS =
            List.of(OptimizerRules.FILTER_REDUCE_EXPRESSIONS, OptimizerRules.JOIN_REDUCE_EXPRESSIONS);

    /** Dropping columns puts projections between filters and scans, where conditions on keys would not be seen. */
    private static final List<RelOptRule> FINISH = List.of(
            OptimizerRules.FILTER_PROJECT_TRANSPOSE,
            OptimizerRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW,
            OptimizerRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES,
            OptimizerRules.AGGREGATE_REDUCE_FUNCTIONS,
            OptimizerRules.PROJECT_MERGE,
            OptimizerRules.FILTER_MERGE,
            OptimizerRules.PROJECT_REMOVE);

    private Optimizer() {}

    static RelNode optimize(RelNode converted) {
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(converted.getCluster(), null);
        RelNode aligned = converted
                .accept(new LeadLagAlignment())
                .accept(new ConstantFolding())
                .accept(new QuantifiedInequality());
        RelNode rel = removeSubqueries(aligned.accept(new SemiJoinConversion()), builder);
        rel = run(rel, HepMatchOrder.TOP_DOWN, FACTOR_CONDITIONS);
        rel = rel.accept(new ConditionFactoring());
        rel = rel.accept(new JoinKeyAlignment());
        rel = run(rel, HepMatchOrder.ARBITRARY, PUSH_DOWN);
        rel = pushTransitivePredicates(rel);
        rel = run(rel, HepMatchOrder.BOTTOM_UP, List.of(OptimizerRules.SORT_REMOVE_CONSTANT_KEYS));
        rel = new JoinOrder(new Estimator(), builder).order(rel).accept(new GroupReduction(new Estimator()));
        rel = new RelFieldTrimmer(null, builder).trim(rel);
        rel = run(rel, HepMatchOrder.BOTTOM_UP, FINISH);
        rel = JoinColumns.narrowed(rel, builder).accept(new DependentKeys());
        return rel.accept(new ConvertToChecked(rel.getCluster().getRexBuilder(), true));
    }

    private static RelNode removeSubqueries(RelNode converted, RelBuilder builder) {
        if (!hasSubqueries(converted)) {
            return converted.accept(new ConstantGroups());
        }
        RelNode rel = run(converted, HepMatchOrder.BOTTOM_UP, REMOVE_SUBQUERIES);
        return RelDecorrelator.decorrelateQuery(
                rel.accept(new CorrelateProjectExtractor(RelFactories.LOGICAL_BUILDER))
                        .accept(new NestedCorrelation())
                        .accept(new HiddenCorrelationColumns())
                        .accept(new CorrelatedAggregates())
                        .accept(new SingleRowCorrelation())
                        .accept(new ConstantGroups()),
                builder);
    }

    /** Whether the rules that remove subqueries find anything to do, of which most queries have nothing. */
    private static boolean hasSubqueries(RelNode rel) {
        boolean here = rel instanceof Correlate
                || rel instanceof Filter filter && SubQueryFinder.containsSubQuery(filter)
                || rel instanceof Join join && SubQueryFinder.containsSubQuery(join)
                || rel instanceof Project project
                        && (project.containsOver() || SubQueryFinder.containsSubQuery(project));
        if (here) {
            return true;
        }
        for (RelNode input : rel.getInputs()) {
            if (hasSubqueries(input)) {
                return true;
            }
        }
        return false;
    }

    /** Bounded: on outer joins the rule would add for ever what the other rules move back. */
    private static RelNode pushTransitivePredicates(RelNode rel) {
        int joins = joinCount(rel);
        if (joins == 0) {
            return rel;
        }
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(2 * joins)
                .addRuleInstance(OptimizerRules.JOIN_PUSH_TRANSITIVE_PREDICATES)
                .addMatchLimit(HepProgram.MATCH_UNTIL_FIXPOINT)
                .addRuleCollection(PUSH_DOWN)
                .build();
        return run(rel, program);
    }

    private static RelNode run(RelNode rel, HepMatchOrder order, List<RelOptRule> rules) {
        return run(
                rel,
                new HepProgramBuilder()
                        .addMatchOrder(order)
                        .addRuleCollection(rules)
                        .build());
    }

    private static RelNode run(RelNode rel, HepProgram program) {
        HepPlanner planner = new RulePlanner(program, ClusterPlanner.of(rel.getCluster()));
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    private static int joinCount(RelNode rel) {
        int count = rel instanceof Join ? 1 : 0;
        for (RelNode input : rel.getInputs()) {
            count += joinCount(input);
        }
        return count;
    }
}
