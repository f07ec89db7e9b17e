// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.function.RelTypes;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.type.KalamDataType;

/**
 * Why no code could be generated for a plan: a function that takes the types of its operands by its declaration, and of which
 * there is no code for them. It is looked for only when code generation has failed. Confined to one thread.
 */
final class MissingCode extends RexVisitorImpl<Void> {
    private final RexBuilder rexBuilder;
    private @Nullable String found;
    private @Nullable SourcePosition position;

    private MissingCode(RexBuilder rexBuilder) {
        super(true);
        this.rexBuilder = rexBuilder;
    }

    /**
     * The error that names the function, or INTERNAL_ERROR if none is to blame.
     *
     * @param failure what the generator threw for {@code plan}
     */
    static KalamException explain(RelNode plan, Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            String reason = String.valueOf(suppressed.getMessage());
            if (reason.startsWith("Unable to get aggregate implementation")) {
                return new KalamException(
                        ErrorCode.NOT_SUPPORTED,
                        "Unsupported function " + reason.replaceAll(".*for aggregate ", "") + ": it cannot be computed",
                        failure);
            }
        }
        MissingCode search = new MissingCode(plan.getCluster().getRexBuilder());
        search.visit(plan);
        return search.found == null
                ? new KalamException(ErrorCode.INTERNAL_ERROR, "Failed to plan the statement: " + failure, failure)
                : new KalamException(ErrorCode.TYPE_MISMATCH, search.position, search.found, failure);
    }

    private void visit(RelNode rel) {
        rel.getInputs().forEach(this::visit);
        if (rel instanceof Calc calc) {
            List<RexNode> expressions = new ArrayList<>(calc.getProgram().getProjectList());
            if (calc.getProgram().getCondition() != null) {
                expressions.add(calc.getProgram().getCondition());
            }
            expressions.forEach(expression ->
                    calc.getProgram().expandLocalRef((RexLocalRef) expression).accept(this));
        } else if (rel instanceof Join join) {
            join.getCondition().accept(this);
        } else if (rel instanceof Aggregate aggregate) {
            aggregate
                    .getAggCallList()
                    .forEach(call -> visit(call, aggregate.getInput().getRowType()));
        }
    }

    /** Of values without a type, Calcite can count and compare no more than that there are none. */
    private void visit(AggregateCall call, RelDataType input) {
        List<RelDataType> operands = call.getArgList().stream()
                .map(argument -> input.getFieldList().get(argument).getType())
                .toList();
        if (found == null && operands.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.NULL)) {
            found = sentence(call.getAggregation(), operands);
            position = ObjectNames.position(call.getParserPosition());
        }
    }

    @Override
    public Void visitCall(RexCall call) {
        super.visitCall(call);
        if (found == null && !hasCode(call)) {
            found = sentence(
                    call.getOperator(),
                    call.getOperands().stream().map(RexNode::getType).toList());
            position = ObjectNames.position(call.getParserPosition());
        }
        return null;
    }

    private static String sentence(SqlOperator operator, List<RelDataType> operands) {
        String types = operands.stream()
                .filter(type -> type.getSqlTypeName() != SqlTypeName.SYMBOL)
                .map(MissingCode::nameOf)
                .collect(Collectors.joining(", "));
        return "Cannot apply " + operator.getName() + " to arguments of type (" + types
                + "); cast them to types that it computes with";
    }

    private static String nameOf(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.NULL
                ? "NULL"
                : RelTypes.findKalamType(type).map(KalamDataType::sqlName).orElseGet(type::toString);
    }

    /** Whether the call can be compiled alone, with columns of the same types for what its operands compute. */
    private boolean hasCode(RexCall call) {
        RelDataTypeFactory.Builder columns = rexBuilder.getTypeFactory().builder();
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            boolean computed = !(operand instanceof RexLiteral);
            operands.add(computed ? new RexInputRef(columns.getFieldCount(), operand.getType()) : operand);
            if (computed) {
                columns.add("operand" + columns.getFieldCount(), operand.getType());
            }
        }
        try {
            RexNode alone = call.clone(call.getType(), operands);
            requireNonNull(RexExecutorImpl.getExecutable(rexBuilder, List.of(alone), columns.build()));
            return true;
        } catch (RuntimeException | AssertionError e) {
            return false;
        }
    }
}
