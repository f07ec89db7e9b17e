// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.kalamdb.exec.kernel.ColumnKernel;
import org.kalamdb.exec.kernel.ColumnReference;
import org.kalamdb.exec.kernel.ConstantKernel;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.AggregateFunction;
import org.kalamdb.exec.operator.AggregateOperator;
import org.kalamdb.exec.operator.JoinDefinition;
import org.kalamdb.exec.operator.JoinOperator;
import org.kalamdb.exec.operator.Operator;
import org.kalamdb.exec.operator.ProjectOperator;
import org.kalamdb.exec.operator.RepeatOperator;
import org.kalamdb.exec.operator.UnionOperator;

/**
 * UNION, INTERSECT and EXCEPT of columnar plans. INTERSECT and EXCEPT are joins that answer the rows of the left side with or
 * without a match, and then different rows; with ALL, rows are counted on both sides and repeated. Immutable.
 */
final class SetOperations {
    private final List<LaneType> types;

    /** @param types of the columns of all inputs */
    SetOperations(List<LaneType> types) {
        this.types = types;
    }

    OperatorPlan of(SetOp operation, List<OperatorPlan> inputs) {
        if (operation instanceof Union) {
            OperatorPlan all = unionAll(inputs);
            return operation.all ? all : distinct(all);
        }
        boolean intersects = operation instanceof Intersect;
        OperatorPlan left = inputs.get(0);
        for (OperatorPlan right : inputs.subList(1, inputs.size())) {
            left = operation.all ? counted(left, right, intersects) : matched(left, right, intersects);
        }
        return operation.all ? left : distinct(left);
    }

    private static OperatorPlan unionAll(List<OperatorPlan> inputs) {
        return new OperatorPlan(
                "Union",
                inputs,
                context -> new UnionOperator(OperatorPlan.openAll(inputs, input -> List.of(input.open(context)))),
                context -> {
                    List<Operator> parts = OperatorPlan.openAll(inputs, input -> input.openParts(context));
                    // None of them is large.
                    return parts.size() == inputs.size() ? List.of(new UnionOperator(parts)) : parts;
                });
    }

    private OperatorPlan distinct(OperatorPlan input) {
        AggregateOperator.Definition definition = grouping(types, List.of());
        return OperatorPlan.overAll(
                input, "Distinct", (rows, context) -> new AggregateOperator(rows, definition, context));
    }

    private AggregateOperator.Definition grouping(List<LaneType> inputTypes, List<AggregateFunction> functions) {
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        return new AggregateOperator.Definition(inputTypes, columns, List.of(Set.copyOf(columns)), functions);
    }

    private OperatorPlan matched(OperatorPlan left, OperatorPlan right, boolean intersects) {
        List<Expression> keys = IntStream.range(0, types.size())
                .<Expression>mapToObj(ColumnReference::new)
                .toList();
        JoinDefinition definition = new JoinDefinition(
                intersects ? JoinDefinition.Answer.MATCHED : JoinDefinition.Answer.UNMATCHED,
                new JoinDefinition.Side(types, keys, false),
                new JoinDefinition.Side(types, keys, false),
                true,
                types,
                Collections.nCopies(types.size(), true),
                null,
                false);
        return new OperatorPlan(
                intersects ? "Intersect" : "Except",
                List.of(left, right),
                context -> JoinOperator.open(
                                List.of(left.open(context)), () -> right.openParts(context), definition, context)
                        .get(0),
                context -> JoinOperator.open(
                        left.openParts(context), () -> right.openParts(context), definition, context));
    }

    private OperatorPlan counted(OperatorPlan left, OperatorPlan right, boolean intersects) {
        List<LaneType> markedTypes = new ArrayList<>(types);
        markedTypes.add(LaneType.BOOLEAN);
        markedTypes.add(LaneType.BOOLEAN);
        AggregateOperator.Definition definition = grouping(
                markedTypes,
                List.of(
                        AggregateFunction.count().filtered(types.size()),
                        AggregateFunction.count().filtered(types.size() + 1)));
        OperatorPlan counts = OperatorPlan.overAll(
                unionAll(List.of(marked(left, true), marked(right, false))),
                "Counts of both",
                (rows, context) -> new AggregateOperator(rows, definition, context));
        RepeatOperator.Copies copies = intersects ? Math::min : (inLeft, inRight) -> inLeft - inRight;
        return OperatorPlan.over(
                counts,
                intersects ? "IntersectAll" : "ExceptAll",
                (rows, context) -> new RepeatOperator(rows, types, copies, context));
    }

    /** The rows with two columns behind them: whether they are of the left side, and of the right one. */
    private OperatorPlan marked(OperatorPlan input, boolean isLeft) {
        return OperatorPlan.overEach(
                input, isLeft ? "Left" : "Right", (rows, context) -> new ProjectOperator(rows, kernels(isLeft)));
    }

    private List<Kernel> kernels(boolean isLeft) {
        List<Kernel> kernels = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            kernels.add(new ColumnKernel(i));
        }
        kernels.add(new ConstantKernel(LaneType.BOOLEAN, isLeft));
        kernels.add(new ConstantKernel(LaneType.BOOLEAN, !isLeft));
        return kernels;
    }
}
