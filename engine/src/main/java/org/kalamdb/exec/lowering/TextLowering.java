// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.Characters;

/** Makes functions of text count characters, where Calcite's code counts what Java needs for them. Confined to one thread. */
final class TextLowering {
    /** Methods of {@link Characters} by the name of the function and the number of operands. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("CHAR_LENGTH 1", "length"),
            Map.entry("CHARACTER_LENGTH 1", "length"),
            Map.entry("LENGTH 1", "length"),
            Map.entry("SUBSTRING 2", "substringFrom"),
            Map.entry("SUBSTRING 3", "substring"),
            Map.entry("SUBSTR 2", "substringFrom"),
            Map.entry("SUBSTR 3", "substring"),
            Map.entry("LEFT 2", "left"),
            Map.entry("RIGHT 2", "right"),
            Map.entry("LPAD 2", "padLeft"),
            Map.entry("LPAD 3", "padLeft"),
            Map.entry("RPAD 2", "padRight"),
            Map.entry("RPAD 3", "padRight"),
            Map.entry("REPEAT 2", "repeat"),
            Map.entry("POSITION 2", "position"),
            Map.entry("POSITION 3", "positionFrom"),
            Map.entry("INSTR 2", "position"),
            Map.entry("OVERLAY 3", "overlay"),
            Map.entry("OVERLAY 4", "overlayCount"),
            Map.entry("TRANSLATE 3", "translate"),
            Map.entry("TRANSLATE3 3", "translate"));

    private final MachineCalls calls;
    private final CastLowering casts;

    TextLowering(MachineCalls calls, CastLowering casts) {
        this.calls = calls;
        this.casts = casts;
    }

    /**
     * The lowered form, or null if the call is fine as it is.
     *
     * @param operands the lowered operands
     */
    @Nullable
    RexNode lower(RexCall call, List<RexNode> operands) {
        String name = call.getOperator().getName();
        if (name.equals("SPACE")) {
            RexNode times = count(call.getOperands().get(0), operands.get(0));
            return calls.call(call.getType(), Characters.class, "repeat", calls.argument(" "), times);
        }
        String method = METHODS.get(name + " " + operands.size());
        if (method == null || !isText(operands.get(0))) {
            return null;
        }
        List<RexNode> arguments = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            RexNode operand = operands.get(i);
            arguments.add(isText(operand) ? operand : count(call.getOperands().get(i), operand));
        }
        if (method.startsWith("pad") && arguments.size() == 2) {
            arguments.add(calls.argument(" "));
        }
        if (name.equals("INSTR")) {
            arguments = List.of(arguments.get(1), arguments.get(0));
        }
        return calls.call(call.getType(), Characters.class, method, arguments.toArray(RexNode[]::new));
    }

    /** The number that an operand of whatever numeric type is. */
    private RexNode count(RexNode original, RexNode operand) {
        RelDataType bigint = calls.create(SqlTypeName.BIGINT, original.getType().isNullable());
        return operand instanceof RexLiteral
                        || SqlTypeName.INT_TYPES.contains(operand.getType().getSqlTypeName())
                ? casts.widened(operand, bigint)
                : casts.lower(original.getType(), bigint, operand);
    }

    private static boolean isText(RexNode operand) {
        return SqlTypeName.CHAR_TYPES.contains(operand.getType().getSqlTypeName());
    }
}
