// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableValues;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlAggFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.lowering.ExpressionLowering;
import org.kalamdb.exec.lowering.MachineTypes;

/**
 * The last step before code generation: rewrites an enumerable plan so that every expression in it computes by our rules.
 * Inside, rows have {@link MachineTypes}; the values are the same objects, only the planner's view of them changes, so
 * that nothing is converted at run time. Confined to one thread.
 */
public final class TypeLowering {
    private final RexBuilder rexBuilder;
    private final MachineTypes types;
    private final ExpressionLowering expressions;

    public TypeLowering(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
        this.types = new MachineTypes(rexBuilder.getTypeFactory());
        this.expressions = new ExpressionLowering(rexBuilder, types);
    }

    /**
     * An executable plan with the row type of {@code plan}.
     *
     * @param plan a plan of the enumerable convention without subqueries
     * @throws KalamException NOT_SUPPORTED or INVALID_CAST if an expression cannot be computed
     */
    public EnumerableRel lower(RelNode plan) {
        return (EnumerableRel) withRowType(lowerTree(plan), plan.getRowType());
    }

    private RelNode lowerTree(RelNode rel) {
        if (rel instanceof Project project && project.getInput() instanceof Filter filter) {
            return calc(rel, lowerTree(filter.getInput()), project.getProjects(), filter.getCondition());
        }
        List<RelNode> inputs = new ArrayList<>(rel.getInputs().size());
        for (RelNode input : rel.getInputs()) {
            inputs.add(lowerTree(input));
        }
        if (rel instanceof Project project) {
            return calc(rel, inputs.get(0), project.getProjects(), null);
        }
        if (rel instanceof Filter filter) {
            return calc(rel, inputs.get(0), rexBuilder.identityProjects(rel.getRowType()), filter.getCondition());
        }
        if (rel instanceof Calc calc) {
            return calc(calc, inputs.get(0));
        }
        if (rel instanceof Join join) {
            return join.copy(
                    join.getTraitSet(),
                    join.getCondition().accept(expressions),
                    inputs.get(0),
                    inputs.get(1),
                    join.getJoinType(),
                    join.isSemiJoinDone());
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate(aggregate, inputs.get(0));
        }
        if (rel instanceof Values values) {
            return values(values);
        }
        if (rel instanceof TableFunctionScan scan && scan.getCall() instanceof RexCall call) {
            return scan.copy(
                    scan.getTraitSet(),
                    inputs,
                    call.clone(call.getType(), expressions.visitList(call.getOperands())),
                    scan.getElementType(),
                    types.lower(scan.getRowType()),
                    scan.getColumnMappings());
        }
        if (rel instanceof Sort || rel instanceof SetOp || rel instanceof Correlate || rel instanceof FirstNonEmpty) {
            return rel.copy(rel.getTraitSet(), inputs);
        }
        return opaque(rel, inputs);
    }

    /** A node whose inside is unknown: it keeps the planner's types. */
    private RelNode opaque(RelNode rel, List<RelNode> inputs) {
        List<RelNode> original = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            original.add(withRowType(inputs.get(i), rel.getInput(i).getRowType()));
        }
        RelNode copy = original.isEmpty() ? rel : rel.copy(rel.getTraitSet(), original);
        return withRowType(copy, types.lower(rel.getRowType()));
    }

    private static RelNode withRowType(RelNode rel, RelDataType rowType) {
        if (rel.getRowType().equals(rowType)) {
            return rel;
        }
        RelNode source = rel instanceof ReinterpretedRows rows ? rows.getInput() : rel;
        return source.getRowType().equals(rowType) ? source : ReinterpretedRows.create(source, rowType);
    }

    private RelNode calc(Calc calc, RelNode input) {
        RexProgram program = calc.getProgram();
        List<RexNode> projects = new ArrayList<>(program.getProjectList().size());
        for (RexLocalRef project : program.getProjectList()) {
            projects.add(program.expandLocalRef(project));
        }
        RexLocalRef condition = program.getCondition();
        return calc(calc, input, projects, condition == null ? null : program.expandLocalRef(condition));
    }

    /**
     * Filter and projection in one. Made here and not by a rule, because Calcite evaluates what is constant in a {@link
     * RexProgram} as soon as there is one, which is right only after lowering.
     */
    private RelNode calc(RelNode rel, RelNode input, List<RexNode> projects, @Nullable RexNode condition) {
        RexProgram program = RexProgram.create(
                input.getRowType(),
                expressions.visitList(projects),
                condition == null ? null : condition.accept(expressions),
                types.lower(rel.getRowType()),
                rexBuilder);
        return new EnumerableCalc(rel.getCluster(), rel.getTraitSet(), input, program);
    }

    private RelNode aggregate(Aggregate aggregate, RelNode input) {
        WidenedArguments arguments = new WidenedArguments(input, rexBuilder);
        List<AggregateCall> calls = new ArrayList<>(aggregate.getAggCallList().size());
        for (AggregateCall call : aggregate.getAggCallList()) {
            RelDataType type = types.lower(call.getType());
            List<Integer> argList = new ArrayList<>(call.getArgList().size());
            for (int argument : call.getArgList()) {
                argList.add(arguments.widen(call.getAggregation(), argument, type));
            }
            calls.add(AggregateCall.create(
                    call.getParserPosition(),
                    function(call, input.getRowType()),
                    call.isDistinct(),
                    call.isApproximate(),
                    call.ignoreNulls(),
                    expressions.visitList(call.rexList),
                    argList,
                    call.filterArg,
                    call.distinctKeys,
                    call.collation,
                    type,
                    call.getName()));
        }
        return aggregate.copy(
                aggregate.getTraitSet(), arguments.input(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
    }

    private static SqlAggFunction function(AggregateCall call, RelDataType input) {
        return call.getArgList().size() == 1
                ? OrderedExtremes.of(
                        call.getAggregation(),
                        input.getFieldList().get(call.getArgList().get(0)).getType())
                : call.getAggregation();
    }

    private RelNode values(Values values) {
        if (!types.isLowered(values.getRowType())) {
            return values;
        }
        ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
        for (List<RexLiteral> tuple : values.getTuples()) {
            ImmutableList.Builder<RexLiteral> lowered = ImmutableList.builder();
            for (RexLiteral literal : tuple) {
                lowered.add((RexLiteral) literal.accept(expressions));
            }
            tuples.add(lowered.build());
        }
        return EnumerableValues.create(values.getCluster(), types.lower(values.getRowType()), tuples.build());
    }
}
