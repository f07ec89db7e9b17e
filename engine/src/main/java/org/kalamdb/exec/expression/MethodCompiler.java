// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.runtime.SqlFunctions;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Arithmetic;
import org.kalamdb.exec.kernel.CharacterCount;
import org.kalamdb.exec.kernel.ConstantKernel;
import org.kalamdb.exec.kernel.DecimalArithmetic;
import org.kalamdb.exec.kernel.DecimalCast;
import org.kalamdb.exec.kernel.DistanceKernel;
import org.kalamdb.exec.kernel.FunctionKernel;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.LikeKernel;
import org.kalamdb.exec.kernel.LikePattern;
import org.kalamdb.exec.kernel.LongFunction;
import org.kalamdb.exec.kernel.SubstringKernel;
import org.kalamdb.function.Casts;
import org.kalamdb.function.Characters;
import org.kalamdb.function.DatetimeField;
import org.kalamdb.function.Datetimes;
import org.kalamdb.function.MachineFunction;
import org.kalamdb.function.Numbers;
import org.kalamdb.function.VectorDistance;
import org.kalamdb.function.VectorFunctions;

/**
 * Compiles calls of Java methods, which is what lowering makes of most operators. Some have kernels that do the same a batch
 * at a time; any other is called row by row. Safe for use by several threads.
 */
final class MethodCompiler {
    private static final Map<String, Arithmetic> DECIMAL_ARITHMETIC = Map.of(
            "add", Arithmetic.ADD,
            "subtract", Arithmetic.SUBTRACT,
            "multiply", Arithmetic.MULTIPLY,
            "divide", Arithmetic.DIVIDE);

    /** Methods of {@link Datetimes} of one or two whole numbers; the second one of the first kind is of no effect. */
    private static final Map<String, LongBinaryOperator> DATETIMES = Map.of(
            "timestampOf", (date, none) -> Datetimes.timestampOf((int) date),
            "dateOf", (timestamp, none) -> Datetimes.dateOf(timestamp),
            "timeOf", (timestamp, none) -> Datetimes.timeOf(timestamp),
            "datePlusMicros", (date, micros) -> Datetimes.datePlusMicros((int) date, micros),
            "dateMinusMicros", (date, micros) -> Datetimes.dateMinusMicros((int) date, micros),
            "datePlusMonths", (date, months) -> Datetimes.datePlusMonths((int) date, months),
            "dateMinusMonths", (date, months) -> Datetimes.dateMinusMonths((int) date, months),
            "timestampPlusMicros", Datetimes::timestampPlusMicros,
            "timestampMinusMicros", Datetimes::timestampMinusMicros,
            "microsBetween", Datetimes::microsBetween);

    /** Methods of {@link VectorFunctions}. */
    private static final Map<String, VectorDistance> DISTANCES = Map.of(
            "cosineDistance", VectorDistance.COSINE,
            "l2Distance", VectorDistance.L2,
            "innerProduct", VectorDistance.INNER_PRODUCT);

    /** Functions of Calcite whose code is one of these methods of {@link SqlFunctions}, NULL if an operand is. */
    private static final Map<String, List<Method>> CALCITE_METHODS = calciteMethods(Map.ofEntries(
            Map.entry("UPPER", "upper"),
            Map.entry("LOWER", "lower"),
            Map.entry("INITCAP", "initcap"),
            Map.entry("SUBSTRING", "substring"),
            Map.entry("POSITION", "position"),
            Map.entry("REVERSE", "reverse"),
            Map.entry("LPAD", "lpad"),
            Map.entry("RPAD", "rpad"),
            Map.entry("STARTS_WITH", "startsWith"),
            Map.entry("ENDS_WITH", "endsWith"),
            Map.entry("||", "concat"),
            Map.entry("MOD", "mod"),
            Map.entry("EXP", "exp"),
            Map.entry("POWER", "power"),
            Map.entry("ABS", "abs"),
            Map.entry("FLOOR", "floor"),
            Map.entry("CEIL", "ceil")));

    private static Map<String, List<Method>> calciteMethods(Map<String, String> names) {
        Map<String, List<Method>> methods = new HashMap<>();
        names.forEach((operator, name) -> methods.put(
                operator,
                Arrays.stream(SqlFunctions.class.getMethods())
                        .filter(method -> method.getName().equals(name))
                        .sorted(Comparator.comparing(Method::toString))
                        .toList()));
        return Map.copyOf(methods);
    }

    /** @param call a lowered call @param operands its operands */
    @Nullable
    VectorExpression compile(RexCall call, LaneType type, List<VectorExpression> operands) {
        if (call.getOperator() instanceof MachineFunction function) {
            VectorExpression kernel = function.isNullIfRefused() ? null : intrinsic(function.method(), type, operands);
            return kernel != null ? kernel : machineFunction(function, type, operands);
        }
        if (call.getKind() == SqlKind.LIKE) {
            return like(call, operands);
        }
        return calciteFunction(call.getOperator().getName(), type, operands);
    }

    private static @Nullable VectorExpression intrinsic(Method method, LaneType type, List<VectorExpression> operands) {
        if (method.getDeclaringClass() == Numbers.class) {
            return number(method.getName(), type, operands);
        }
        if (method.getDeclaringClass() == Datetimes.class) {
            return datetime(method.getName(), type, operands);
        }
        if (method.getDeclaringClass() == Characters.class) {
            return text(method.getName(), type, operands);
        }
        if (method.getDeclaringClass() == VectorFunctions.class && DISTANCES.containsKey(method.getName())) {
            return distance(requireNonNull(DISTANCES.get(method.getName())), type, operands.get(0), operands.get(1));
        }
        if (method.getDeclaringClass() == Casts.class
                && method.getName().equals("toDecimal")
                && isExact(operands.get(0).type())) {
            int precision = integer(operands.get(1));
            int scale = integer(operands.get(2));
            return VectorExpression.ofUnary(
                    type, decimal(operands.get(0)), each -> new DecimalCast(precision, scale, each));
        }
        return null;
    }

    /** All distances are the same both ways, so that the vector that never changes may be the second. */
    private static VectorExpression distance(
            VectorDistance distance, LaneType type, VectorExpression left, VectorExpression right) {
        VectorExpression vectors = left.constant() ? right : left;
        VectorExpression others = left.constant() ? left : right;
        return VectorExpression.ofBinary(
                type, vectors, others, (a, b) -> new DistanceKernel(distance, type, a, b, others.constant()));
    }

    private static @Nullable VectorExpression text(String method, LaneType type, List<VectorExpression> operands) {
        return switch (method) {
            case "length" -> VectorExpression.ofUnary(type, operands.get(0), CharacterCount::new);
            case "substring", "substringFrom" ->
                VectorExpression.ofCall(
                        type,
                        operands,
                        kernels -> new SubstringKernel(
                                kernels.get(0), kernels.get(1), kernels.size() > 2 ? kernels.get(2) : null));
            default -> null;
        };
    }

    private static @Nullable VectorExpression number(String method, LaneType type, List<VectorExpression> operands) {
        if (method.equals("ofLong")) {
            return operands.get(0).as(type);
        }
        Arithmetic operator = DECIMAL_ARITHMETIC.get(method);
        return operator == null
                ? null
                : decimalArithmetic(
                        operator, integer(operands.get(2)), integer(operands.get(3)), operands.get(0), operands.get(1));
    }

    private static @Nullable VectorExpression decimalArithmetic(
            Arithmetic operator, int precision, int scale, VectorExpression left, VectorExpression right) {
        return VectorExpression.ofBinary(
                LaneType.DECIMAL, left, right, (a, b) -> new DecimalArithmetic(operator, precision, scale, a, b));
    }

    private static @Nullable VectorExpression datetime(String method, LaneType type, List<VectorExpression> operands) {
        if (method.equals("extract")
                && operands.get(0).literal() != null
                && operands.get(0).literal().getValue() instanceof DatetimeField field) {
            return longFunction((value, none) -> Datetimes.extract(field, value), type, operands.subList(1, 2));
        }
        LongBinaryOperator function = DATETIMES.get(method);
        return function == null ? null : longFunction(function, type, operands);
    }

    private static VectorExpression longFunction(
            LongBinaryOperator function, LaneType type, List<VectorExpression> operands) {
        return VectorExpression.ofCall(type, operands, kernels -> {
            Kernel second = kernels.size() > 1 ? kernels.get(1) : new ConstantKernel(LaneType.BIGINT, 0L);
            return new LongFunction(function, type, kernels.get(0), second);
        });
    }

    private static boolean isExact(LaneType type) {
        return type.isInteger() || type == LaneType.DECIMAL;
    }

    private static VectorExpression decimal(VectorExpression exact) {
        VectorExpression decimal = exact.as(LaneType.DECIMAL);
        if (decimal == null) {
            throw new IllegalStateException("Not an exact number: " + exact.type());
        }
        return decimal;
    }

    private static int integer(VectorExpression literal) {
        RexLiteral value = literal.literal();
        Integer number = value == null ? null : value.getValueAs(Integer.class);
        if (number == null) {
            throw new IllegalStateException("Not a literal: " + literal);
        }
        return number;
    }

    /** A decimal with the other sign. */
    @Nullable
    VectorExpression negatedDecimal(LaneType type, VectorExpression operand) {
        return type == LaneType.DECIMAL
                ? function(type, values -> ((BigDecimal) requireNonNull(values[0])).negate(), List.of(operand))
                : null;
    }

    /** A text or bytes in a type of another length. */
    @Nullable
    VectorExpression shortened(LaneType type, RelDataType from, RelDataType to, VectorExpression operand) {
        int length = to.getPrecision();
        boolean fixed = to.getSqlTypeName() == SqlTypeName.CHAR || to.getSqlTypeName() == SqlTypeName.BINARY;
        boolean fits = length < 0 || from.getPrecision() >= 0 && from.getPrecision() <= length;
        if (fits && !fixed || from.getSqlTypeName() == to.getSqlTypeName() && from.getPrecision() == length) {
            return operand;
        }
        if (type == LaneType.BYTES || fixed && length < 0) {
            return null;
        }
        return function(
                type,
                values -> {
                    String text = (String) requireNonNull(values[0]);
                    return fixed ? SqlFunctions.truncateOrPad(text, length) : firstCharacters(text, length);
                },
                List.of(operand));
    }

    /** Counted as SQL does, of which Java may need two for one. */
    private static String firstCharacters(String text, int count) {
        return text.codePointCount(0, text.length()) <= count
                ? text
                : text.substring(0, text.offsetByCodePoints(0, count));
    }

    private static @Nullable VectorExpression like(RexCall call, List<VectorExpression> operands) {
        String pattern = text(operands.get(1));
        String escape = operands.size() > 2 ? text(operands.get(2)) : "";
        if (!call.getOperator().getName().equals("LIKE")
                        && !call.getOperator().getName().equals("NOT LIKE")
                || pattern == null
                || escape == null
                || operands.size() > 2 && escape.length() != 1
                || operands.get(0).type() != LaneType.TEXT) {
            return null;
        }
        int escapeCharacter = escape.isEmpty() ? -1 : escape.charAt(0);
        VectorExpression text = operands.get(0);
        return new VectorExpression(LaneType.BOOLEAN, text.constant(), null, run -> {
            LikePattern compiled = LikePattern.of(pattern, escapeCharacter);
            return new LikeKernel(text.expression().open(run), compiled, run);
        });
    }

    private static @Nullable String text(VectorExpression operand) {
        RexLiteral literal = operand.literal();
        return literal == null || literal.isNull() ? null : literal.getValueAs(String.class);
    }

    // Methods that are called row by row

    private static VectorExpression function(
            LaneType type, FunctionKernel.Function function, List<VectorExpression> operands) {
        return VectorExpression.of(
                type, true, operands, (run, kernels) -> new FunctionKernel(function, false, type, kernels, run));
    }

    private static @Nullable VectorExpression machineFunction(
            MachineFunction function, LaneType type, List<VectorExpression> operands) {
        List<VectorExpression> arguments = MethodCall.arguments(function.method(), operands);
        if (arguments == null) {
            return null;
        }
        MethodCall call = MethodCall.of(function);
        return VectorExpression.of(
                type,
                function.isDeterministic(),
                arguments,
                (run, kernels) -> new FunctionKernel(call.in(run), call.seesNulls(), type, kernels, run));
    }

    private static @Nullable VectorExpression calciteFunction(
            String name, LaneType type, List<VectorExpression> operands) {
        for (Method method : CALCITE_METHODS.getOrDefault(name, List.of())) {
            List<VectorExpression> arguments = MethodCall.arguments(method, operands);
            if (arguments != null && method.getParameterCount() == operands.size() && returns(method, type)) {
                MethodCall call = MethodCall.of(method);
                return VectorExpression.of(
                        type,
                        true,
                        arguments,
                        (run, kernels) -> new FunctionKernel(call.in(run), false, type, kernels, run));
            }
        }
        return null;
    }

    /** Whether the method answers what a lane of that type holds; MOD of a BIGINT by an INT is an INT. */
    private static boolean returns(Method method, LaneType type) {
        LaneType answered = MethodCall.laneOf(method.getReturnType());
        return answered == type || answered.isInteger() && type.isInteger();
    }
}
