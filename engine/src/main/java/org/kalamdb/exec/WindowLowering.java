// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Datetimes;
import org.kalamdb.function.NullableLeadLag;

/** Lowers the types of a window and its frames. Confined to one thread. */
final class WindowLowering {
    private final RexBuilder rexBuilder;
    private final MachineTypes types;
    private final ExpressionLowering expressions;

    WindowLowering(RexBuilder rexBuilder, MachineTypes types, ExpressionLowering expressions) {
        this.rexBuilder = rexBuilder;
        this.types = types;
        this.expressions = expressions;
    }

    RelNode lower(Window window, RelNode input) {
        WidenedArguments arguments = new WidenedArguments(input, rexBuilder);
        List<RexLiteral> constants = new ArrayList<>();
        for (RexLiteral constant : window.getConstants()) {
            constants.add((RexLiteral) constant.accept(expressions));
        }
        for (Window.Group group : window.groups) {
            if (!group.isRows) {
                alignOffset(window, group, group.lowerBound.getOffset(), constants);
                alignOffset(window, group, group.upperBound.getOffset(), constants);
            }
            group.aggCalls.forEach(call -> operands(call, arguments));
        }
        // Only now is it known how many columns are added, and so where the constants, which follow them, are.
        RexShuttle shift = shiftConstants(input.getRowType().getFieldCount(), arguments.count());
        List<Window.Group> groups = new ArrayList<>();
        for (Window.Group group : window.groups) {
            groups.add(group(group, arguments, shift));
        }
        return convert(window, arguments, constants, groups);
    }

    private static RexShuttle shiftConstants(int inputFieldCount, int addedCount) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return reference.getIndex() < inputFieldCount
                        ? reference
                        : new RexInputRef(reference.getIndex() + addedCount, reference.getType());
            }
        };
    }

    private RelNode convert(
            Window window, WidenedArguments arguments, List<RexLiteral> constants, List<Window.Group> groups) {
        RelNode input = arguments.input();
        RelDataType rowType = types.lower(window.getRowType());
        int inputFieldCount = window.getInput().getRowType().getFieldCount();
        RelDataTypeFactory.Builder widened = rexBuilder.getTypeFactory().builder();
        widened.addAll(input.getRowType().getFieldList());
        for (RelDataTypeField field : rowType.getFieldList().subList(inputFieldCount, rowType.getFieldCount())) {
            widened.add(field);
        }
        LogicalWindow lowered = LogicalWindow.create(
                window.getTraitSet(),
                window.getHints(),
                input,
                constants,
                arguments.count() == 0 ? rowType : widened.build(),
                groups);
        RelNode converted = ((ConverterRule) EnumerableRules.ENUMERABLE_WINDOW_RULE).convert(lowered);
        if (converted == null) {
            throw new IllegalStateException("Not an enumerable window: " + window);
        }
        return arguments.count() == 0
                ? converted
                : withoutWidened(converted, rowType, inputFieldCount, arguments.count());
    }

    private RelNode withoutWidened(RelNode window, RelDataType rowType, int inputFieldCount, int widenedCount) {
        List<RexNode> projects = new ArrayList<>();
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            projects.add(RexInputRef.of(i < inputFieldCount ? i : i + widenedCount, window.getRowType()));
        }
        RexProgram program = RexProgram.create(window.getRowType(), projects, null, rowType, rexBuilder);
        return new EnumerableCalc(window.getCluster(), window.getTraitSet(), window, program);
    }

    private Window.Group group(Window.Group group, WidenedArguments arguments, RexShuttle shift) {
        List<Window.RexWinAggCall> calls = new ArrayList<>(group.aggCalls.size());
        for (Window.RexWinAggCall call : group.aggCalls) {
            List<RexNode> operands = new ArrayList<>();
            for (Operand operand : operands(call, arguments)) {
                operands.add(operand.added ? operand.expression : operand.expression.accept(shift));
            }
            calls.add(new Window.RexWinAggCall(
                    call.getParserPosition(),
                    function(call),
                    types.lower(call.getType()),
                    operands,
                    call.ordinal,
                    call.distinct,
                    call.ignoreNulls));
        }
        return new Window.Group(
                group.keys,
                group.isRows,
                group.lowerBound.accept(expressions).accept(shift),
                group.upperBound.accept(expressions).accept(shift),
                group.exclude,
                group.orderKeys,
                calls);
    }

    /** @param added whether it is one of the added columns */
    private record Operand(RexNode expression, boolean added) {}

    private List<Operand> operands(Window.RexWinAggCall call, WidenedArguments arguments) {
        RelDataType type = types.lower(call.getType());
        List<Operand> operands = new ArrayList<>();
        for (RexNode operand : expressions.visitList(call.getOperands())) {
            operands.add(
                    operand instanceof RexInputRef reference
                            ? operand(call, reference, arguments, type)
                            : new Operand(operand, false));
        }
        return operands;
    }

    private static Operand operand(
            Window.RexWinAggCall call, RexInputRef reference, WidenedArguments arguments, RelDataType type) {
        int column = arguments.isColumn(reference.getIndex())
                ? arguments.widen(function(call), reference.getIndex(), type)
                : reference.getIndex();
        return column == reference.getIndex()
                ? new Operand(reference, false)
                : new Operand(new RexInputRef(column, type), true);
    }

    private static SqlAggFunction function(Window.RexWinAggCall call) {
        SqlAggFunction function = (SqlAggFunction) call.getOperator();
        if (function instanceof NullableLeadLag) {
            return function.getKind() == SqlKind.LEAD ? SqlStdOperatorTable.LEAD : SqlStdOperatorTable.LAG;
        }
        return function;
    }

    /**
     * A RANGE offset is added to the order key as a number: months have no fixed length, and that of a DATE must be given
     * in days.
     */
    private void alignOffset(Window window, Window.Group group, @Nullable RexNode offset, List<RexLiteral> constants) {
        if (!(offset instanceof RexInputRef reference)) {
            return;
        }
        int constant = reference.getIndex() - window.getInput().getRowType().getFieldCount();
        if (constant < 0 || !SqlTypeUtil.isInterval(reference.getType())) {
            return;
        }
        if (reference.getType().getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED, "Unsupported RANGE of months or years; use an interval of days");
        }
        for (RelFieldCollation key : group.orderKeys.getFieldCollations()) {
            RelDataType keyType = window.getInput()
                    .getRowType()
                    .getFieldList()
                    .get(key.getFieldIndex())
                    .getType();
            if (keyType.getSqlTypeName() == SqlTypeName.DATE) {
                constants.set(constant, inDays(constants.get(constant)));
            }
        }
    }

    private RexLiteral inDays(RexLiteral micros) {
        BigDecimal value = micros.getValueAs(BigDecimal.class);
        BigDecimal day = BigDecimal.valueOf(Datetimes.MICROS_PER_DAY);
        if (value == null || value.remainder(day).signum() != 0) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED, "Unsupported RANGE of parts of a day over a DATE; use whole days");
        }
        return (RexLiteral) rexBuilder.makeExactLiteral(value.divideToIntegralValue(day), micros.getType());
    }
}
