// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Writes an aggregate by constants alone as an aggregate without keys that is kept if there were rows. Decorrelation drops
 * keys that are constant, and an aggregate that has no other keys would then answer a row for no rows: EXISTS would always
 * hold. Confined to one thread.
 */
final class ConstantGroups extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode rel) {
        RelNode visited = super.visit(rel);
        if (!(visited instanceof Aggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || aggregate.getGroupCount() == 0
                || !(aggregate.getInput() instanceof Project input)
                || !aggregate.getGroupSet().asList().stream()
                        .allMatch(key -> input.getProjects().get(key) instanceof RexLiteral)
                || !freeVariables(aggregate).isEmpty()) {
            return visited;
        }
        return keptIfRows(aggregate, input);
    }

    /** The correlation variables that an outer row gives the value of. Those it has become keys. */
    private static Set<CorrelationId> freeVariables(RelNode rel) {
        Set<CorrelationId> variables = new HashSet<>(RelOptUtil.getVariablesUsed(rel));
        removeBound(rel, variables);
        return variables;
    }

    private static void removeBound(RelNode rel, Set<CorrelationId> variables) {
        if (rel instanceof Correlate correlate) {
            variables.remove(correlate.getCorrelationId());
        }
        rel.getInputs().forEach(input -> removeBound(input, variables));
    }

    private static RelNode keptIfRows(Aggregate aggregate, Project input) {
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(AggregateCalls.over(call, input, true));
        }
        calls.add(countOf(input));
        RelNode total = LogicalAggregate.create(input, aggregate.getHints(), ImmutableBitSet.of(), null, calls);
        RexNode anyRow = rexBuilder.makeCall(
                SqlStdOperatorTable.GREATER_THAN,
                RexInputRef.of(calls.size() - 1, total.getRowType()),
                rexBuilder.makeExactLiteral(BigDecimal.ZERO));
        List<RexNode> values = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            values.add(input.getProjects().get(key));
        }
        for (int call = 0; call < calls.size() - 1; call++) {
            RelDataType type =
                    aggregate.getRowType().getFieldList().get(values.size()).getType();
            values.add(rexBuilder.ensureType(type, RexInputRef.of(call, total.getRowType()), true));
        }
        return LogicalProject.create(
                LogicalFilter.create(total, anyRow),
                ImmutableList.of(),
                values,
                aggregate.getRowType().getFieldNames(),
                ImmutableSet.of());
    }

    private static AggregateCall countOf(RelNode input) {
        return AggregateCall.create(
                SqlParserPos.ZERO,
                SqlStdOperatorTable.COUNT,
                false,
                false,
                false,
                List.of(),
                List.of(),
                -1,
                null,
                RelCollations.EMPTY,
                true,
                input,
                null,
                null);
    }
}
