// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.DatetimeField;
import org.kalamdb.function.Datetimes;
import org.kalamdb.function.Numbers;

/** Replaces what computes with dates, times and intervals by calls of {@link Datetimes}. Confined to one thread. */
final class DatetimeLowering {
    private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

    private final RexBuilder rexBuilder;
    private final MachineTypes types;
    private final MachineCalls calls;
    private final CastLowering casts;

    DatetimeLowering(RexBuilder rexBuilder, MachineTypes types, MachineCalls calls, CastLowering casts) {
        this.rexBuilder = rexBuilder;
        this.types = types;
        this.calls = calls;
        this.casts = casts;
    }

    /** A literal of a date, time or interval as a number. */
    RexNode literal(RexLiteral literal) {
        RelDataType type = types.lower(literal.getType());
        return rexBuilder.makeExactLiteral(literalValue(literal), type);
    }

    private static BigDecimal literalValue(RexLiteral literal) {
        if (!SqlTypeUtil.isInterval(literal.getType())) {
            return BigDecimal.valueOf(((Number) requireNonNull(Literals.internalValue(literal))).longValue());
        }
        BigDecimal interval = requireNonNull(literal.getValueAs(BigDecimal.class));
        return isYearMonth(literal.getType()) ? interval : interval.multiply(MICROS_PER_MILLI);
    }

    /**
     * The lowered form of a call that has to do with dates, times or intervals, or null if the call treats its operands
     * as values of any type, such as a comparison.
     *
     * @throws KalamException NOT_SUPPORTED if the operator computes with them in a way not known here
     */
    @Nullable
    RexNode lower(RexCall call, List<RexNode> operands) {
        SqlOperator operator = call.getOperator();
        return switch (call.getKind()) {
            case EXTRACT -> extract(call, operands);
            case FLOOR -> round(call, operands, true);
            case CEIL -> round(call, operands, false);
            case PLUS, CHECKED_PLUS -> plus(call, operands);
            case MINUS, CHECKED_MINUS -> minus(call, operands);
            case TIMES, CHECKED_TIMES -> multiply(call, operands);
            case DIVIDE, CHECKED_DIVIDE -> divide(call, operands);
            case MINUS_PREFIX, CHECKED_MINUS_PREFIX ->
                rexBuilder.makeCall(types.lower(call.getType()), SqlStdOperatorTable.CHECKED_UNARY_MINUS, operands);
            case REINTERPRET -> reinterpret(call, operands.get(0));
            case TIMESTAMP_ADD -> timestampAdd(call, operands);
            case TIMESTAMP_DIFF -> timestampDiff(call, operands);
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> comparison(call, operands);
            case CASE, COALESCE, NULLIF, IS_NULL, IS_NOT_NULL, ROW, ITEM, ARRAY_VALUE_CONSTRUCTOR, DEFAULT, NVL -> null;
            default -> {
                if (operator == SqlStdOperatorTable.LAST_DAY) {
                    yield lastDay(call, operands.get(0));
                }
                throw notSupported(call);
            }
        };
    }

    private RexNode comparison(RexCall call, List<RexNode> operands) {
        boolean dates = call.getOperands().stream().allMatch(operand -> isDate(operand.getType()));
        List<RexNode> comparable = new ArrayList<>(operands);
        for (int i = 0; i < operands.size(); i++) {
            RelDataType type = call.getOperands().get(i).getType();
            if (isDate(type) && !dates) {
                comparable.set(i, timestampOf(type, operands.get(i)));
            }
        }
        return call.clone(call.getType(), comparable);
    }

    // Fields and truncation

    private RexNode extract(RexCall call, List<RexNode> operands) {
        DatetimeField field = field(call.getOperands().get(0));
        RelDataType type = call.getOperands().get(1).getType();
        RexNode value = operands.get(1);
        RelDataType bigint = calls.create(SqlTypeName.BIGINT, call.getType().isNullable());
        RexNode flag = calls.argument(field);
        RexNode extracted;
        if (SqlTypeUtil.isInterval(type)) {
            String method = isYearMonth(type) ? "extractFromMonths" : "extractFromMicros";
            extracted = calls.call(bigint, Datetimes.class, method, flag, value);
        } else {
            extracted = calls.call(bigint, Datetimes.class, "extract", flag, timestampOf(type, value));
        }
        return casts.lower(bigint, call.getType(), extracted);
    }

    private RexNode round(RexCall call, List<RexNode> operands, boolean down) {
        if (operands.size() != 2) {
            throw notSupported(call);
        }
        RelDataType type = call.getOperands().get(0).getType();
        RelDataType target = types.lower(call.getType());
        String suffix = switch (type.getSqlTypeName()) {
            case DATE -> "Date";
            case TIME -> "Time";
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "";
            default -> throw notSupported(call);
        };
        RexNode flag = calls.argument(field(call.getOperands().get(1)));
        return calls.call(target, Datetimes.class, (down ? "floor" : "ceil") + suffix, flag, operands.get(0));
    }

    private RexNode lastDay(RexCall call, RexNode operand) {
        RelDataType type = call.getOperands().get(0).getType();
        RelDataType target = types.lower(call.getType());
        RexNode date = isDate(type) ? operand : calls.call(target, Datetimes.class, "dateOf", operand);
        return calls.call(target, Datetimes.class, "lastDay", date);
    }

    private static DatetimeField field(RexNode flag) {
        if (flag instanceof RexLiteral literal) {
            if (literal.getValue() instanceof TimeUnitRange range) {
                return DatetimeField.of(range);
            }
            if (literal.getValue() instanceof TimeUnit unit) {
                return DatetimeField.parse(unit.name());
            }
        }
        throw new KalamException(ErrorCode.NOT_SUPPORTED, "Unsupported datetime unit: " + flag);
    }

    // Arithmetic

    private RexNode plus(RexCall call, List<RexNode> operands) {
        RelDataType left = call.getOperands().get(0).getType();
        RelDataType right = call.getOperands().get(1).getType();
        if (SqlTypeUtil.isInterval(left) && SqlTypeUtil.isInterval(right)) {
            return rexBuilder.makeCall(types.lower(call.getType()), SqlStdOperatorTable.CHECKED_PLUS, operands);
        }
        return SqlTypeUtil.isInterval(left)
                ? shift(call, right, operands.get(1), left, operands.get(0), true)
                : shift(call, left, operands.get(0), right, operands.get(1), true);
    }

    private RexNode minus(RexCall call, List<RexNode> operands) {
        RelDataType left = call.getOperands().get(0).getType();
        RelDataType right = call.getOperands().get(1).getType();
        if (SqlTypeUtil.isInterval(left) && SqlTypeUtil.isInterval(right)) {
            return rexBuilder.makeCall(types.lower(call.getType()), SqlStdOperatorTable.CHECKED_MINUS, operands);
        }
        if (SqlTypeUtil.isInterval(right)) {
            return shift(call, left, operands.get(0), right, operands.get(1), false);
        }
        if (!MachineTypes.isTemporal(left) || !MachineTypes.isTemporal(right)) {
            throw notSupported(call);
        }
        String method = isYearMonth(call.getType()) ? "monthsBetween" : "microsBetween";
        return calls.call(
                types.lower(call.getType()),
                Datetimes.class,
                method,
                timestampOf(left, operands.get(0)),
                timestampOf(right, operands.get(1)));
    }

    /** {@code value} moved by an interval; a DATE becomes a TIMESTAMP first if that is what the call gives. */
    private RexNode shift(
            RexCall call,
            RelDataType type,
            RexNode value,
            RelDataType intervalType,
            RexNode interval,
            boolean forward) {
        if (!SqlTypeUtil.isInterval(intervalType) || !SqlTypeUtil.isDatetime(type) && !isZoned(type)) {
            throw notSupported(call);
        }
        RelDataType target = types.lower(call.getType());
        String direction = forward ? "Plus" : "Minus";
        String unit = isYearMonth(intervalType) ? "Months" : "Micros";
        if (type.getSqlTypeName() == SqlTypeName.TIME) {
            if (isYearMonth(intervalType)) {
                return value;
            }
            return calls.call(target, Datetimes.class, "time" + direction + unit, value, interval);
        }
        if (isDate(type) && isDate(call.getType())) {
            return calls.call(target, Datetimes.class, "date" + direction + unit, value, interval);
        }
        RexNode timestamp = timestampOf(type, value);
        return calls.call(target, Datetimes.class, "timestamp" + direction + unit, timestamp, interval);
    }

    private RexNode multiply(RexCall call, List<RexNode> operands) {
        boolean intervalFirst = SqlTypeUtil.isInterval(call.getOperands().get(0).getType());
        RexNode interval = operands.get(intervalFirst ? 0 : 1);
        RexNode factor = operands.get(intervalFirst ? 1 : 0);
        return calls.call(
                types.lower(call.getType()), Numbers.class, "multiplyInterval", interval, casts.decimalOf(factor));
    }

    private RexNode divide(RexCall call, List<RexNode> operands) {
        if (!SqlTypeUtil.isInterval(call.getOperands().get(0).getType())
                || SqlTypeUtil.isInterval(call.getOperands().get(1).getType())) {
            throw notSupported(call);
        }
        return calls.call(
                types.lower(call.getType()),
                Numbers.class,
                "divideInterval",
                operands.get(0),
                casts.decimalOf(operands.get(1)));
    }

    /** Calcite counts a day-time interval in milliseconds where it takes it for a number. */
    private RexNode reinterpret(RexCall call, RexNode operand) {
        RelDataType from = call.getOperands().get(0).getType();
        RelDataType target = types.lower(call.getType());
        boolean fromInterval = SqlTypeUtil.isInterval(from);
        boolean toInterval = SqlTypeUtil.isInterval(call.getType());
        if (fromInterval == toInterval || isYearMonth(from) || isYearMonth(call.getType())) {
            return rexBuilder.makeAbstractCast(target, operand, false);
        }
        RexNode thousand = calls.argument(1000L);
        return fromInterval
                ? calls.call(target, Datetimes.class, "unitsOf", operand, thousand)
                : rexBuilder.makeCall(target, SqlStdOperatorTable.CHECKED_MULTIPLY, List.of(operand, thousand));
    }

    /** {@code TIMESTAMPADD(unit, count, datetime)} as {@link ExactConvertlets} converts it. */
    private RexNode timestampAdd(RexCall call, List<RexNode> operands) {
        RelDataType type = call.getOperands().get(2).getType();
        RelDataType target = types.lower(call.getType());
        DatetimeField unit = field(call.getOperands().get(0));
        RexNode count = casts.decimalOf(operands.get(1));
        String method = isDate(call.getType()) ? "addToDate" : "addToTimestamp";
        RexNode value = isDate(call.getType()) ? operands.get(2) : timestampOf(type, operands.get(2));
        if (type.getSqlTypeName() == SqlTypeName.TIME) {
            method = "addToTime";
        }
        return calls.call(target, Datetimes.class, method, calls.argument(unit), count, value);
    }

    /** {@code TIMESTAMPDIFF(unit, from, to)}. */
    private RexNode timestampDiff(RexCall call, List<RexNode> operands) {
        RelDataType bigint = calls.create(SqlTypeName.BIGINT, call.getType().isNullable());
        RexNode difference = calls.call(
                bigint,
                Datetimes.class,
                "unitsBetween",
                calls.argument(field(call.getOperands().get(0))),
                timestampOf(call.getOperands().get(1).getType(), operands.get(1)),
                timestampOf(call.getOperands().get(2).getType(), operands.get(2)));
        return casts.lower(bigint, call.getType(), difference);
    }

    /** Dates as timestamps; the rest counts in microseconds already. */
    private RexNode timestampOf(RelDataType type, RexNode lowered) {
        return isDate(type)
                ? calls.call(
                        calls.create(SqlTypeName.BIGINT, lowered.getType().isNullable()),
                        Datetimes.class,
                        "timestampOf",
                        lowered)
                : lowered;
    }

    private static boolean isDate(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DATE;
    }

    private static boolean isZoned(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    private static boolean isYearMonth(RelDataType type) {
        return type.getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH;
    }

    private static KalamException notSupported(RexCall call) {
        String operator = call.getKind() == SqlKind.OTHER_FUNCTION
                ? "function " + call.getOperator().getName()
                : "operator " + call.getOperator().getName();
        return new KalamException(
                ErrorCode.NOT_SUPPORTED,
                "Unsupported " + operator + " on dates, times or intervals; cast them to TEXT or to numbers first");
    }
}
