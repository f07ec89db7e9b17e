// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Arithmetic;
import org.kalamdb.exec.kernel.CaseKernel;
import org.kalamdb.exec.kernel.ColumnReference;
import org.kalamdb.exec.kernel.Comparison;
import org.kalamdb.exec.kernel.ComparisonKernel;
import org.kalamdb.exec.kernel.ConstantKernel;
import org.kalamdb.exec.kernel.DictionaryKernel;
import org.kalamdb.exec.kernel.DistinctKernel;
import org.kalamdb.exec.kernel.DoubleArithmetic;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.Junction;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.LongArithmetic;
import org.kalamdb.exec.kernel.NotKernel;
import org.kalamdb.exec.kernel.TruthTest;
import org.kalamdb.exec.lowering.ExpressionLowering;
import org.kalamdb.exec.lowering.Literals;
import org.kalamdb.function.Embedding;
import org.kalamdb.function.MachineFunction;
import org.kalamdb.function.ValueOrder;

/**
 * Compiles expressions of a plan to kernels. They are lowered first, as for generated code, so that there is one definition
 * of what each means; here are the operators that stay, {@link MethodCompiler} has the methods that take the place of the
 * others. Confined to one thread.
 */
public final class ExpressionCompiler {
    private static final Map<SqlKind, Comparison> COMPARISONS = new EnumMap<>(Map.of(
            SqlKind.EQUALS, Comparison.EQUAL,
            SqlKind.NOT_EQUALS, Comparison.NOT_EQUAL,
            SqlKind.LESS_THAN, Comparison.LESS,
            SqlKind.LESS_THAN_OR_EQUAL, Comparison.LESS_OR_EQUAL,
            SqlKind.GREATER_THAN, Comparison.LESS,
            SqlKind.GREATER_THAN_OR_EQUAL, Comparison.LESS_OR_EQUAL));

    private static final Map<SqlKind, TruthTest.Test> TESTS = new EnumMap<>(Map.of(
            SqlKind.IS_NULL, TruthTest.Test.IS_NULL,
            SqlKind.IS_UNKNOWN, TruthTest.Test.IS_NULL,
            SqlKind.IS_NOT_NULL, TruthTest.Test.IS_NOT_NULL,
            SqlKind.IS_TRUE, TruthTest.Test.IS_TRUE,
            SqlKind.IS_NOT_TRUE, TruthTest.Test.IS_NOT_TRUE,
            SqlKind.IS_FALSE, TruthTest.Test.IS_FALSE,
            SqlKind.IS_NOT_FALSE, TruthTest.Test.IS_NOT_FALSE));

    private static final Map<SqlKind, Arithmetic> ARITHMETIC = new EnumMap<>(Map.of(
            SqlKind.PLUS, Arithmetic.ADD,
            SqlKind.CHECKED_PLUS, Arithmetic.ADD,
            SqlKind.MINUS, Arithmetic.SUBTRACT,
            SqlKind.CHECKED_MINUS, Arithmetic.SUBTRACT,
            SqlKind.TIMES, Arithmetic.MULTIPLY,
            SqlKind.CHECKED_TIMES, Arithmetic.MULTIPLY,
            SqlKind.DIVIDE, Arithmetic.DIVIDE,
            SqlKind.CHECKED_DIVIDE, Arithmetic.DIVIDE));

    private final ExpressionLowering lowering;
    private final MethodCompiler methods = new MethodCompiler();

    public ExpressionCompiler(RexBuilder rexBuilder) {
        this.lowering = new ExpressionLowering(rexBuilder);
    }

    /** Values of {@code node} in a lane of its type; null if there are no kernels for it. */
    @Nullable
    public Expression compile(RexNode node) {
        VectorExpression compiled = as(lowering.lower(node), LaneTypes.of(node.getType()));
        return compiled == null ? null : compiled.expression();
    }

    /** Each of them, or null if there are no kernels for one. */
    @Nullable
    public List<Expression> compileAll(List<RexNode> nodes) {
        List<Expression> expressions = new ArrayList<>(nodes.size());
        for (RexNode node : nodes) {
            Expression expression = compile(node);
            if (expression == null) {
                return null;
            }
            expressions.add(expression);
        }
        return expressions;
    }

    /** Two columns in lanes of one kind, to be found in a hash table by their values; null if there is none. */
    @Nullable
    public List<VectorExpression> compileKeys(RexNode left, RexNode right) {
        return aligned(vectorise(lowering.lower(left)), vectorise(lowering.lower(right)));
    }

    private @Nullable VectorExpression as(RexNode lowered, LaneType type) {
        if (lowered instanceof RexLiteral literal && literal.isNull()) {
            return constant(type, null, literal);
        }
        VectorExpression compiled = vectorise(lowered);
        return compiled == null ? null : compiled.as(type);
    }

    private @Nullable VectorExpression vectorise(RexNode lowered) {
        LaneType type = typeOf(lowered);
        if (lowered instanceof RexInputRef reference) {
            return new VectorExpression(type, false, null, new ColumnReference(reference.getIndex()));
        }
        if (lowered instanceof RexLiteral literal) {
            return literal(literal, type);
        }
        if (lowered instanceof RexDynamicParam parameter) {
            int index = parameter.getIndex();
            return new VectorExpression(type, true, null, run -> new ConstantKernel(type, run.parameter(index)));
        }
        VectorExpression compiled = lowered instanceof RexCall call ? call(call, type) : null;
        return compiled == null || type != LaneType.BOOLEAN ? compiled : overDictionary(lowered, compiled);
    }

    /** Any type may stand for EMBEDDING, whose Java class is what counts. */
    private static LaneType typeOf(RexNode lowered) {
        return lowered instanceof RexCall call
                        && call.getOperator() instanceof MachineFunction function
                        && function.method().getReturnType() == Embedding.class
                ? LaneType.EMBEDDING
                : LaneTypes.of(lowered.getType());
    }

    /** A condition on one column of TEXT is one on the values of its dictionary, if there is one. */
    private static VectorExpression overDictionary(RexNode lowered, VectorExpression condition) {
        Set<RexInputRef> columns = new HashSet<>();
        lowered.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef reference) {
                columns.add(reference);
                return super.visitInputRef(reference);
            }
        });
        boolean ofOneText =
                columns.size() == 1 && LaneTypes.of(columns.iterator().next().getType()) == LaneType.TEXT;
        if (!ofOneText || !RexUtil.isDeterministic(lowered)) {
            return condition;
        }
        int column = columns.iterator().next().getIndex();
        Expression expression = condition.expression();
        return new VectorExpression(
                LaneType.BOOLEAN, false, null, run -> new DictionaryKernel(column, expression.open(run)));
    }

    private static @Nullable VectorExpression literal(RexLiteral literal, LaneType type) {
        if (literal.isNull()) {
            return constant(type, null, literal);
        }
        if (literal.getTypeName() == SqlTypeName.SYMBOL) {
            return constant(type, literal.getValue(), literal);
        }
        return (type == LaneType.OBJECT || type == LaneType.EMBEDDING)
                        && literal.getType().getSqlTypeName() != SqlTypeName.UUID
                ? null
                : constant(type, Literals.internalValue(literal), literal);
    }

    private static VectorExpression constant(LaneType type, @Nullable Object value, RexLiteral literal) {
        return new VectorExpression(type, true, literal, run -> new ConstantKernel(type, value));
    }

    private @Nullable VectorExpression call(RexCall call, LaneType type) {
        SqlKind kind = call.getKind();
        if (COMPARISONS.containsKey(kind)) {
            return comparison(call, COMPARISONS.get(kind));
        }
        if (kind == SqlKind.CASE) {
            return choice(call, type);
        }
        List<VectorExpression> operands = operands(call);
        if (operands == null) {
            return null;
        }
        if (TESTS.containsKey(kind)) {
            TruthTest.Test test = TESTS.get(kind);
            return VectorExpression.ofUnary(LaneType.BOOLEAN, operands.get(0), each -> new TruthTest(test, each));
        }
        VectorExpression compiled = operation(call, type, operands);
        ExpressionPlace place = ExpressionPlace.of(call, operands);
        return compiled == null || place == null ? compiled : compiled.located(place);
    }

    private @Nullable VectorExpression operation(RexCall call, LaneType type, List<VectorExpression> operands) {
        Arithmetic operator = ARITHMETIC.get(call.getKind());
        if (operator != null && operands.size() == 2) {
            return arithmetic(operator, type, operands);
        }
        return switch (call.getKind()) {
            case AND -> VectorExpression.ofCall(type, operands, Junction::and);
            case OR -> VectorExpression.ofCall(type, operands, Junction::or);
            case NOT -> VectorExpression.ofUnary(type, operands.get(0), NotKernel::new);
            case IS_DISTINCT_FROM -> distinct(false, operands);
            case IS_NOT_DISTINCT_FROM -> distinct(true, operands);
            case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> negated(type, operands.get(0));
            case CAST -> cast(call, type, operands);
            default -> methods.compile(call, type, operands);
        };
    }

    private @Nullable List<VectorExpression> operands(RexCall call) {
        List<VectorExpression> operands = new ArrayList<>(call.getOperands().size());
        for (RexNode operand : call.getOperands()) {
            VectorExpression compiled = vectorise(operand);
            if (compiled == null) {
                return null;
            }
            operands.add(compiled);
        }
        return operands;
    }

    private @Nullable VectorExpression comparison(RexCall call, Comparison comparison) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (left instanceof RexCall order
                && order.getOperator() instanceof MachineFunction function
                && function.method().getDeclaringClass() == ValueOrder.class) {
            // The lowered form of a comparison whose order is not Java's, which is that of lanes.
            left = order.getOperands().get(0);
            right = order.getOperands().get(1);
        }
        boolean exchanged = call.getKind() == SqlKind.GREATER_THAN || call.getKind() == SqlKind.GREATER_THAN_OR_EQUAL;
        List<VectorExpression> operands =
                exchanged ? aligned(vectorise(right), vectorise(left)) : aligned(vectorise(left), vectorise(right));
        if (operands == null) {
            return null;
        }
        LaneType type = operands.get(0).type();
        return VectorExpression.ofBinary(
                LaneType.BOOLEAN,
                operands.get(0),
                operands.get(1),
                (a, b) -> new ComparisonKernel(comparison, type, a, b));
    }

    /** Both in lanes of one kind; null if there is none. */
    private static @Nullable List<VectorExpression> aligned(
            @Nullable VectorExpression left, @Nullable VectorExpression right) {
        if (left == null || right == null) {
            return null;
        }
        boolean alike = left.type() == right.type()
                || left.type().isInteger() && right.type().isInteger()
                || left.type().isDouble() && right.type().isDouble();
        if (alike) {
            return List.of(left, right);
        }
        VectorExpression widerLeft = left.as(right.type());
        if (widerLeft != null) {
            return List.of(widerLeft, right);
        }
        VectorExpression widerRight = right.as(left.type());
        return widerRight == null ? null : List.of(left, widerRight);
    }

    private static @Nullable VectorExpression distinct(boolean negated, List<VectorExpression> operands) {
        List<VectorExpression> aligned = aligned(operands.get(0), operands.get(1));
        return aligned == null
                ? null
                : VectorExpression.ofBinary(
                        LaneType.BOOLEAN, aligned.get(0), aligned.get(1), (a, b) -> new DistinctKernel(negated, a, b));
    }

    private @Nullable VectorExpression choice(RexCall call, LaneType type) {
        List<VectorExpression> conditions = new ArrayList<>();
        List<VectorExpression> values = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i < operands.size(); i++) {
            boolean condition = i % 2 == 0 && i < operands.size() - 1;
            VectorExpression compiled = as(operands.get(i), condition ? LaneType.BOOLEAN : type);
            if (compiled == null) {
                return null;
            }
            (condition ? conditions : values).add(compiled);
        }
        List<VectorExpression> all = new ArrayList<>(conditions);
        all.addAll(values);
        int split = conditions.size();
        return VectorExpression.ofCall(
                type,
                all,
                kernels -> new CaseKernel(type, kernels.subList(0, split), kernels.subList(split, kernels.size())));
    }

    private static @Nullable VectorExpression arithmetic(
            Arithmetic operator, LaneType type, List<VectorExpression> operands) {
        VectorExpression left = operands.get(0).as(type);
        VectorExpression right = operands.get(1).as(type);
        if (left == null || right == null) {
            return null;
        }
        if (type.isInteger()) {
            return VectorExpression.ofBinary(type, left, right, (a, b) -> new LongArithmetic(operator, type, a, b));
        }
        return type.isDouble()
                ? VectorExpression.ofBinary(type, left, right, (a, b) -> new DoubleArithmetic(operator, type, a, b))
                : null;
    }

    /** A zero of floating-point numbers has a sign, which taking it from zero would not give. */
    private @Nullable VectorExpression negated(LaneType type, VectorExpression operand) {
        if (type.isInteger()) {
            return VectorExpression.ofUnary(
                    type,
                    operand,
                    each -> new LongArithmetic(Arithmetic.SUBTRACT, type, new ConstantKernel(type, 0L), each));
        }
        return type.isDouble()
                ? VectorExpression.ofUnary(
                        type,
                        operand,
                        each -> new DoubleArithmetic(Arithmetic.MULTIPLY, type, new ConstantKernel(type, -1.0), each))
                : methods.negatedDecimal(type, operand);
    }

    /** What lowering leaves of casts: those that change nothing but the width or the length. */
    private @Nullable VectorExpression cast(RexCall call, LaneType type, List<VectorExpression> operands) {
        VectorExpression operand = operands.get(0);
        RelDataType from = call.getOperands().get(0).getType();
        RelDataType to = call.getType();
        if (operand.literal() != null && operand.literal().isNull()) {
            return constant(type, null, operand.literal());
        }
        if (type == LaneType.TEXT && operand.type() == LaneType.TEXT
                || type == LaneType.BYTES && operand.type() == LaneType.BYTES) {
            return methods.shortened(type, from, to, operand);
        }
        boolean sameDecimal = type != LaneType.DECIMAL
                || from.getPrecision() == to.getPrecision() && from.getScale() == to.getScale();
        boolean widening = type.isInteger()
                || type.isDouble()
                || type == operand.type() && type != LaneType.OBJECT && type != LaneType.EMBEDDING;
        return sameDecimal && widening ? operand.as(type) : null;
    }
}
