// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.SortOperator;
import org.kalamdb.exec.operator.WindowOperator;
import org.kalamdb.exec.window.Argument;
import org.kalamdb.exec.window.Frame;
import org.kalamdb.exec.window.FrameBound;
import org.kalamdb.exec.window.RangeStep;
import org.kalamdb.exec.window.WindowDefinition;
import org.kalamdb.exec.window.WindowFunction;

/** Turns each window of a plan into a sort and the functions over the sorted rows. Confined to one thread. */
final class WindowConversion {
    private final Window window;
    private final TypeLowering lowering;
    private final int inputFieldCount;

    WindowConversion(Window window) {
        this.window = window;
        this.lowering = new TypeLowering(window.getCluster().getRexBuilder());
        this.inputFieldCount = window.getInput().getRowType().getFieldCount();
    }

    /** @param input the input of the window, in the enumerable convention */
    RelNode convert(RelNode input) {
        List<RelDataTypeField> fields = window.getRowType().getFieldList();
        RelNode rows = input;
        int width = inputFieldCount;
        List<RelFieldCollation> order = List.of();
        for (Window.Group group : window.groups) {
            width += group.aggCalls.size();
            RelDataTypeFactory.Builder rowType =
                    window.getCluster().getTypeFactory().builder();
            rowType.addAll(fields.subList(0, width));
            rows = new WindowRows(
                    window.getCluster(),
                    rows.getTraitSet(),
                    sorted(rows, order, group),
                    rowType.build(),
                    definition(group));
            order = orderBehind(order, group);
        }
        return rows;
    }

    private static RelNode sorted(RelNode rows, List<RelFieldCollation> order, Window.Group group) {
        return isSorted(order, group) ? rows : SortedRows.create(rows, RelCollations.of(sortKeys(group)), null, null);
    }

    /** Whether rows that are in an order are in that of a group. */
    private static boolean isSorted(List<RelFieldCollation> order, Window.Group group) {
        List<RelFieldCollation> keys = sortKeys(group);
        return keys.size() <= order.size() && order.subList(0, keys.size()).equals(keys);
    }

    /** The order of rows that were in one before a group of functions was computed. */
    private static List<RelFieldCollation> orderBehind(List<RelFieldCollation> order, Window.Group group) {
        return isSorted(order, group) ? order : sortKeys(group);
    }

    /** How the rows of a group must come: by partition, then in order. */
    private static List<RelFieldCollation> sortKeys(Window.Group group) {
        List<RelFieldCollation> keys = new ArrayList<>();
        for (int key : group.keys) {
            keys.add(new RelFieldCollation(key));
        }
        keys.addAll(group.orderKeys.getFieldCollations());
        return keys;
    }

    /**
     * One group of functions over columnar rows.
     *
     * @param order that the rows are in
     * @param types of the input, then of all functions up to those of the group
     */
    private OperatorPlan overColumns(
            OperatorPlan input, List<RelFieldCollation> order, Window.Group group, List<LaneType> types) {
        List<RelFieldCollation> keys = sortKeys(group);
        OperatorPlan sorted = input;
        if (!isSorted(order, group)) {
            SortOperator.Definition sort = new SortOperator.Definition(
                    types.subList(0, types.size() - group.aggCalls.size()), SortKeys.of(keys));
            sorted = OperatorPlan.overAll(
                    input,
                    "Sort("
                            + ExpressionText.over(window.getCluster().getRexBuilder(), window.getRowType())
                                    .ofSortKeys(keys)
                            + ")",
                    (rows, context) -> new SortOperator(rows, sort, 0, Long.MAX_VALUE, context));
        }
        WindowDefinition definition = definition(group);
        return OperatorPlan.over(
                sorted,
                "Window(" + ExpressionText.ofWindow(window.getCluster().getRexBuilder(), window, group) + ")",
                (rows, context) -> new WindowOperator(rows, types, definition, context));
    }

    /** @param input the input of the window, as columns */
    OperatorPlan convert(OperatorPlan input) {
        List<LaneType> types = LaneTypes.ofFields(window.getRowType());
        OperatorPlan rows = input;
        int width = inputFieldCount;
        List<RelFieldCollation> order = List.of();
        for (Window.Group group : window.groups) {
            width += group.aggCalls.size();
            rows = overColumns(rows, order, group, types.subList(0, width));
            order = orderBehind(order, group);
        }
        return rows;
    }

    private WindowDefinition definition(Window.Group group) {
        List<WindowFunction> functions = new ArrayList<>();
        for (Window.RexWinAggCall call : group.aggCalls) {
            List<Argument> arguments = new ArrayList<>();
            List<RelDataType> types = new ArrayList<>();
            for (RexNode operand : call.getOperands()) {
                arguments.add(argument((RexInputRef) operand));
                types.add(operand.getType());
            }
            functions.add(WindowFunctions.of(call, arguments, types));
        }
        List<RelFieldCollation> order = group.orderKeys.getFieldCollations();
        return new WindowDefinition(
                group.keys.asList(),
                order.stream().map(RelFieldCollation::getFieldIndex).toList(),
                frame(group, order),
                functions);
    }

    private Argument argument(RexInputRef operand) {
        return operand.getIndex() < inputFieldCount
                ? Argument.ofColumn(operand.getIndex())
                : Argument.ofConstant(Literals.internalValue(constant(operand)));
    }

    /** A literal of the window, as generated code would compute with it. */
    private RexLiteral constant(RexInputRef reference) {
        return (RexLiteral) lowering.lower(window.getConstants().get(reference.getIndex() - inputFieldCount));
    }

    private Frame frame(Window.Group group, List<RelFieldCollation> order) {
        return new Frame(
                group.isRows,
                bound(group, group.lowerBound),
                bound(group, group.upperBound),
                switch (group.exclude) {
                    case EXCLUDE_NO_OTHER -> Frame.Exclusion.NOTHING;
                    case EXCLUDE_CURRENT_ROW -> Frame.Exclusion.CURRENT_ROW;
                    case EXCLUDE_GROUP -> Frame.Exclusion.PEERS;
                    case EXCLUDE_TIES -> Frame.Exclusion.OTHER_PEERS;
                },
                !order.isEmpty() && order.get(0).getDirection().isDescending());
    }

    private FrameBound bound(Window.Group group, RexWindowBound bound) {
        if (bound.isCurrentRow()) {
            return new FrameBound(FrameBound.Place.CURRENT_ROW, 0, null);
        }
        if (bound.isUnbounded()) {
            FrameBound.Place place =
                    bound.isPreceding() ? FrameBound.Place.UNBOUNDED_PRECEDING : FrameBound.Place.UNBOUNDED_FOLLOWING;
            return new FrameBound(place, 0, null);
        }
        FrameBound.Place place = bound.isPreceding() ? FrameBound.Place.PRECEDING : FrameBound.Place.FOLLOWING;
        if (!(bound.getOffset() instanceof RexInputRef reference) || reference.getIndex() < inputFieldCount) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED, "Unsupported frame of a window: its offset must be a constant");
        }
        RelDataType type = window.getConstants()
                .get(reference.getIndex() - inputFieldCount)
                .getType();
        BigDecimal offset = constant(reference).getValueAs(BigDecimal.class);
        if (offset == null || offset.signum() < 0) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER, "Offset of a window frame must be 0 or more, got: " + offset);
        }
        return group.isRows
                ? new FrameBound(place, offset.longValue(), null)
                : new FrameBound(place, 0, step(keyType(group), type, offset));
    }

    private RelDataType keyType(Window.Group group) {
        int key = group.orderKeys.getFieldCollations().get(0).getFieldIndex();
        return window.getInput().getRowType().getFieldList().get(key).getType();
    }

    private static RangeStep step(RelDataType keyType, RelDataType offsetType, BigDecimal offset) {
        SqlTypeName key = keyType.getSqlTypeName();
        if (SqlTypeUtil.isInterval(offsetType)) {
            boolean months = offsetType.getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH;
            if (key == SqlTypeName.DATE) {
                return months
                        ? new RangeStep.DateMonths(offset.longValue())
                        : new RangeStep.DateMicros(offset.longValue());
            }
            return months && key != SqlTypeName.TIME
                    ? new RangeStep.TimestampMonths(offset.longValue())
                    : new RangeStep.Whole(offset.longValue());
        }
        if (SqlTypeName.APPROX_TYPES.contains(key)) {
            return new RangeStep.Approximate(offset.doubleValue());
        }
        return SqlTypeName.INT_TYPES.contains(key)
                        && offset.stripTrailingZeros().scale() <= 0
                ? new RangeStep.Whole(offset.longValue())
                : new RangeStep.Exact(offset);
    }
}
