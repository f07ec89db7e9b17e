// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.lowering.ExpressionLowering;
import org.kalamdb.exec.lowering.Literals;
import org.kalamdb.exec.window.Argument;
import org.kalamdb.exec.window.Frame;
import org.kalamdb.exec.window.FrameBound;
import org.kalamdb.exec.window.RangeStep;
import org.kalamdb.exec.window.WindowDefinition;
import org.kalamdb.exec.window.WindowFunction;

/** How the functions of a window are computed: group by group, each over rows in its order. Confined to one thread. */
public final class WindowSteps {
    private final Window window;
    private final ExpressionLowering lowering;
    private final int inputFieldCount;

    private WindowSteps(Window window) {
        this.window = window;
        this.lowering = new ExpressionLowering(window.getCluster().getRexBuilder());
        this.inputFieldCount = window.getInput().getRowType().getFieldCount();
    }

    /**
     * One group of functions, whose values come behind the columns of the step before.
     *
     * @param sortKeys by which rows are sorted first; empty if they come so
     * @param fieldCount how many fields rows have before it
     * @param widened how many fields they have after it
     */
    public record Step(
            Window.Group group,
            List<RelFieldCollation> sortKeys,
            int fieldCount,
            int widened,
            WindowDefinition definition) {}

    /** The steps of a window, in order. */
    public static List<Step> of(Window window) {
        return new WindowSteps(window).steps();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>(window.groups.size());
        List<RelFieldCollation> order = List.of();
        int width = inputFieldCount;
        for (Window.Group group : window.groups) {
            List<RelFieldCollation> keys = sortKeys(group);
            boolean isSorted =
                    keys.size() <= order.size() && order.subList(0, keys.size()).equals(keys);
            int widened = width + group.aggCalls.size();
            steps.add(new Step(group, isSorted ? List.of() : keys, width, widened, definition(group)));
            width = widened;
            order = isSorted ? order : keys;
        }
        return steps;
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
