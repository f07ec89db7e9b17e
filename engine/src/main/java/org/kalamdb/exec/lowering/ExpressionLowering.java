// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Casts;
import org.kalamdb.function.Datetimes;
import org.kalamdb.function.Embedding;
import org.kalamdb.function.KalamCast;
import org.kalamdb.function.KalamFunction;
import org.kalamdb.function.MachineFunction;
import org.kalamdb.function.StatementContext;
import org.kalamdb.function.ValueOrder;
import org.kalamdb.function.Volatility;

/**
 * Expressions over planner types as expressions over {@link MachineTypes}: references change their type, literals their
 * value, and operators whose Calcite code would be wrong become calls of our methods. Confined to one thread.
 */
public final class ExpressionLowering extends RexShuttle {
    private final RexBuilder rexBuilder;
    private final MachineTypes types;
    private final MachineCalls calls;
    private final CastLowering casts;
    private final DatetimeLowering datetimes;
    private final ArithmeticLowering arithmetic;
    private final TextLowering texts;
    private final OperandLowering operandRules;

    /** Lowers expressions that stand alone. */
    public ExpressionLowering(RexBuilder rexBuilder) {
        this(rexBuilder, new MachineTypes(rexBuilder.getTypeFactory()));
    }

    /** @param types those of the plan that the expressions are part of */
    public ExpressionLowering(RexBuilder rexBuilder, MachineTypes types) {
        this.rexBuilder = rexBuilder;
        this.types = types;
        this.calls = new MachineCalls(rexBuilder);
        this.casts = new CastLowering(rexBuilder, types, calls);
        this.datetimes = new DatetimeLowering(rexBuilder, types, calls, casts);
        this.arithmetic = new ArithmeticLowering(rexBuilder, calls, casts);
        this.texts = new TextLowering(calls, casts);
        this.operandRules = new OperandLowering(rexBuilder, types, calls);
    }

    /** An expression over machine values; its value is that of {@code expression}. */
    public RexNode lower(RexNode expression) {
        return expression.accept(this);
    }

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
        return types.isLowered(reference.getType())
                ? new RexInputRef(reference.getIndex(), types.lower(reference.getType()))
                : reference;
    }

    @Override
    public RexNode visitLocalRef(RexLocalRef reference) {
        return types.isLowered(reference.getType())
                ? new RexLocalRef(reference.getIndex(), types.lower(reference.getType()))
                : reference;
    }

    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
        return types.isLowered(parameter.getType())
                ? rexBuilder.makeDynamicParam(types.lower(parameter.getType()), parameter.getIndex())
                : parameter;
    }

    @Override
    public RexNode visitCorrelVariable(RexCorrelVariable variable) {
        return types.isLowered(variable.getType())
                ? rexBuilder.makeCorrel(types.lower(variable.getType()), variable.id)
                : variable;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an unchanged expression comes back as the same object
    public RexNode visitFieldAccess(RexFieldAccess access) {
        RexNode reference = access.getReferenceExpr().accept(this);
        return reference == access.getReferenceExpr()
                ? access
                : rexBuilder.makeFieldAccess(reference, access.getField().getIndex());
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
        if (!types.isLowered(literal.getType())) {
            return literal;
        }
        return literal.isNull()
                ? rexBuilder.makeNullLiteral(types.lower(literal.getType()))
                : datetimes.literal(literal);
    }

    @Override
    public RexNode visitOver(RexOver over) {
        throw new IllegalStateException("Window call outside of a window: " + over);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        throw new IllegalStateException("Subquery in an executable plan: " + subQuery);
    }

    /** What is lowered stands where the call stood. */
    @Override
    public RexNode visitCall(RexCall call) {
        RexNode lowered = lower(call);
        boolean isNew =
                lowered instanceof RexCall made && made.getParserPosition().getLineNum() < 1;
        return isNew && call.getParserPosition().getLineNum() > 0
                ? rexBuilder.makeCall(
                        call.getParserPosition(),
                        lowered.getType(),
                        ((RexCall) lowered).getOperator(),
                        ((RexCall) lowered).getOperands())
                : lowered;
    }

    private RexNode lower(RexCall call) {
        if (call.isA(SqlKind.SEARCH)) {
            return RexUtil.expandSearch(rexBuilder, null, call).accept(this);
        }
        RexNode nothing = operandRules.nullOf(call);
        if (nothing != null) {
            return nothing;
        }
        boolean[] changed = {false};
        List<RexNode> operands = visitList(call.getOperands(), changed);
        KalamFunction function = KalamFunction.of(call.getOperator());
        if (function != null) {
            return function(call, function, operands);
        }
        if (call.getOperator() instanceof KalamCast || call.isA(SqlKind.CAST)) {
            return cast(call, operands);
        }
        if (call.isA(SqlKind.SAFE_CAST)) {
            return attempt(cast(call, operands));
        }
        if (SqlKind.ORDER_COMPARISON.contains(call.getKind())) {
            if (operands.stream().allMatch(ExpressionLowering::isUuid)) {
                return compare("compareUuids", call, operands);
            }
            if (operands.stream().allMatch(ExpressionLowering::isText)) {
                return compare("compareTexts", call, operands);
            }
        }
        if (operands.size() == 2 && operands.stream().anyMatch(ExpressionLowering::isFloatingPoint)) {
            if (SqlKind.COMPARISON.contains(call.getKind())) {
                return compare("compareNumbers", call, operands);
            }
            if (call.isA(SqlKind.IS_DISTINCT_FROM) || call.isA(SqlKind.IS_NOT_DISTINCT_FROM)) {
                return distinctNumbers(call, operands);
            }
        }
        RexNode lowered = computed(call, operands);
        if (lowered != null) {
            return lowered;
        }
        RelDataType type = types.lower(call.getType());
        // References are equal by their index alone, so equality would not tell a lowered operand.
        return operandRules.withCounts(changed[0] || !type.equals(call.getType()) ? call.clone(type, operands) : call);
    }

    private @Nullable RexNode computed(RexCall call, List<RexNode> operands) {
        if (isTemporal(call)) {
            return datetimes.lower(call, operands);
        }
        RexNode text = texts.lower(call, operands);
        return text != null ? text : arithmetic.lower(call, operands);
    }

    /** Java has another order, also of what is not a number, and Calcite generates no code to compare UUIDs. @param method of {@link ValueOrder} */
    private RexNode compare(String method, RexCall call, List<RexNode> operands) {
        boolean nullable = claimless(call.getType(), operands).isNullable();
        RexNode order = calls.call(
                calls.create(SqlTypeName.INTEGER, nullable),
                ValueOrder.class,
                method,
                operands.get(0),
                operands.get(1));
        return rexBuilder.makeCall(call.getType(), call.getOperator(), List.of(order, calls.argument(0)));
    }

    private RexNode distinctNumbers(RexCall call, List<RexNode> operands) {
        RexNode equality = rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, operands);
        RexNode same = rexBuilder.makeCall(
                SqlStdOperatorTable.OR,
                rexBuilder.makeCall(
                        SqlStdOperatorTable.AND,
                        rexBuilder.makeCall(SqlStdOperatorTable.IS_NULL, operands.get(0)),
                        rexBuilder.makeCall(SqlStdOperatorTable.IS_NULL, operands.get(1))),
                rexBuilder.makeCall(
                        SqlStdOperatorTable.IS_TRUE, compare("compareNumbers", (RexCall) equality, operands)));
        return call.isA(SqlKind.IS_NOT_DISTINCT_FROM) ? same : rexBuilder.makeCall(SqlStdOperatorTable.NOT, same);
    }

    private static boolean isFloatingPoint(RexNode node) {
        return SqlTypeName.APPROX_TYPES.contains(node.getType().getSqlTypeName());
    }

    private static boolean isText(RexNode node) {
        return SqlTypeName.CHAR_TYPES.contains(node.getType().getSqlTypeName());
    }

    private static boolean isUuid(RexNode node) {
        return node.getType().getSqlTypeName() == SqlTypeName.UUID;
    }

    private static boolean isTemporal(RexCall call) {
        return MachineTypes.isTemporal(call.getType())
                || call.getOperands().stream().anyMatch(operand -> MachineTypes.isTemporal(operand.getType()));
    }

    private RexNode cast(RexCall call, List<RexNode> operands) {
        if (call.getOperands().size() > 1) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED, "Unsupported CAST with FORMAT; use TO_CHAR, TO_DATE or TO_TIMESTAMP");
        }
        return casts.lower(call.getOperands().get(0).getType(), claimless(call.getType(), operands), operands.get(0));
    }

    /**
     * The type, that of values which may be NULL if an operand may: COALESCE is taken apart into casts to NOT NULL, of which
     * the planner then drops the test that nothing else is cast.
     */
    private RelDataType claimless(RelDataType type, List<RexNode> operands) {
        return operands.stream().anyMatch(operand -> operand.getType().isNullable())
                ? rexBuilder.getTypeFactory().createTypeWithNullability(type, true)
                : type;
    }

    /** The conversion, or NULL where it fails. */
    private RexNode attempt(RexNode conversion) {
        if (!(conversion instanceof RexCall call)) {
            return conversion;
        }
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            operands.add(operand instanceof RexCall inner && isConversion(inner) ? attempt(inner) : operand);
        }
        RelDataType nullable = rexBuilder.getTypeFactory().createTypeWithNullability(call.getType(), true);
        return call.getOperator() instanceof MachineFunction function
                ? rexBuilder.makeCall(nullable, function.orNull(), operands)
                : call.clone(nullable, operands);
    }

    private static boolean isConversion(RexCall call) {
        return call.getOperator() instanceof MachineFunction || call.isA(SqlKind.CAST);
    }

    private RexNode function(RexCall call, KalamFunction function, List<RexNode> operands) {
        List<RelDataType> operandTypes =
                call.getOperands().stream().map(RexNode::getType).toList();
        Method method = function.method(operandTypes);
        List<RexNode> arguments = new ArrayList<>(operands);
        int operand = 0;
        for (Class<?> parameter : method.getParameterTypes()) {
            if (parameter != StatementContext.class && operand < operands.size()) {
                RelDataType type = call.getOperands().get(operand).getType();
                arguments.set(operand, argument(parameter, type, operands.get(operand)));
                operand++;
            }
        }
        MachineFunction machine = MachineFunction.of(method);
        if (function.volatility() == Volatility.VOLATILE) {
            machine = MachineFunction.ofVolatile(method);
            if (arguments.isEmpty()) {
                arguments.add(calls.argument(0));
            }
        }
        return rexBuilder.makeCall(types.lower(call.getType()), machine, arguments);
    }

    /** The operand as the method wants it. */
    private RexNode argument(Class<?> parameter, RelDataType type, RexNode operand) {
        boolean nullable = operand.getType().isNullable();
        if (parameter == Embedding.class && SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName())) {
            // Any type stands for EMBEDDING here: its Java class is what counts.
            return calls.call(calls.create(SqlTypeName.ANY, nullable), Casts.class, "textToAnyEmbedding", operand);
        }
        if (parameter == long.class && type.getSqlTypeName() == SqlTypeName.DATE) {
            return calls.call(calls.create(SqlTypeName.BIGINT, nullable), Datetimes.class, "timestampOf", operand);
        }
        if (parameter == BigDecimal.class) {
            return casts.decimalOf(operand);
        }
        return operand;
    }
}
