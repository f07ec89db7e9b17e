// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NotNullImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A static Java method as an operator of a lowered plan. Immutable.
 *
 * <p>A leading {@link StatementContext} parameter is supplied by the generated code. The call is NULL if an operand is
 * NULL, unless the method has a {@link Nullable} parameter: then it sees every NULL.
 */
public final class MachineFunction extends SqlUserDefinedFunction {
    private final Method method;
    private final boolean deterministic;
    private final boolean nullIfRefused;

    private MachineFunction(Method method, boolean deterministic) {
        this(method, deterministic, false);
    }

    private MachineFunction(Method method, boolean deterministic, boolean nullIfRefused) {
        super(
                new SqlIdentifier((nullIfRefused ? "TRY " : "") + nameOf(method), SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(factory -> factory.createJavaType(method.getReturnType())),
                null,
                null,
                new MethodCall(method, nullIfRefused));
        this.method = method;
        this.deterministic = deterministic;
        this.nullIfRefused = nullIfRefused;
    }

    /** The operator that calls {@code method}, which is static and public in a public class. */
    public static MachineFunction of(Method method) {
        return new MachineFunction(method, true);
    }

    /** As {@link #of(Method)}, for a method whose answer may differ from call to call. */
    public static MachineFunction ofVolatile(Method method) {
        return new MachineFunction(method, false);
    }

    /** The same method, which answers NULL where it would refuse a value. */
    public MachineFunction orNull() {
        return new MachineFunction(method, deterministic, true);
    }

    /**
     * The public method {@code name} of {@code owner}.
     *
     * @throws IllegalArgumentException if there is none or more than one
     */
    public static MachineFunction of(Class<?> owner, String name) {
        return of(method(owner, name));
    }

    /** What is called. */
    public Method method() {
        return method;
    }

    /** Whether the call is NULL where the method refuses a value. */
    public boolean isNullIfRefused() {
        return nullIfRefused;
    }

    static Method method(Class<?> owner, String name) {
        List<Method> found = Stream.of(owner.getMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " methods named " + name + " in " + owner);
        }
        return found.get(0);
    }

    @Override
    public boolean isDeterministic() {
        return deterministic;
    }

    private static String nameOf(Method method) {
        String parameters =
                Stream.of(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(","));
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + parameters + ")";
    }

    /** How generated code calls the method. */
    private record MethodCall(Method method, boolean nullIfRefused) implements ScalarFunction, ImplementableFunction {
        @Override
        public CallImplementor getImplementor() {
            return RexImpTable.createImplementor(
                    (NotNullImplementor) this::call, seesNulls() ? NullPolicy.NONE : NullPolicy.STRICT, false);
        }

        private boolean seesNulls() {
            return Arrays.stream(method.getAnnotatedParameterTypes()).anyMatch(MethodCall::isNullable);
        }

        private static boolean isNullable(AnnotatedType type) {
            return type.isAnnotationPresent(Nullable.class);
        }

        private Expression call(RexToLixTranslator translator, RexCall call, List<Expression> operands) {
            return nullIfRefused ? attempt(translator, operands) : call(translator, operands);
        }

        private Expression call(RexToLixTranslator translator, List<Expression> operands) {
            Class<?>[] parameters = method.getParameterTypes();
            List<Expression> arguments = new ArrayList<>(parameters.length);
            int operand = 0;
            for (Class<?> parameter : parameters) {
                if (parameter == StatementContext.class) {
                    arguments.add(Expressions.call(
                            SessionFunctions.class,
                            "context",
                            Expressions.convert_(translator.getRoot(), DataContext.class)));
                } else {
                    arguments.add(argument(operands.get(operand++), parameter));
                }
            }
            return Expressions.call(method, arguments);
        }

        /** The operands are handed over: they may be variables that are not final, which no function can read. */
        private Expression attempt(RexToLixTranslator translator, List<Expression> operands) {
            ParameterExpression values = Expressions.parameter(Object[].class, "values");
            List<Expression> given = new ArrayList<>();
            List<Expression> taken = new ArrayList<>();
            for (Expression operand : operands) {
                Expression value = Expressions.arrayIndex(values, Expressions.constant(given.size()));
                Primitive primitive = Primitive.of(operand.getType());
                given.add(primitive == null ? operand : Expressions.box(operand, primitive));
                taken.add(
                        primitive == null
                                ? Expressions.convert_(value, operand.getType())
                                : Expressions.unbox(Expressions.convert_(value, primitive.getBoxClass()), primitive));
            }
            Class<?> type = Primitive.box(method.getReturnType());
            Expression computation = Expressions.lambda(
                    Function1.class, Expressions.convert_(Expressions.box(call(translator, taken)), type), values);
            return Expressions.convert_(
                    Expressions.call(
                            Attempts.class, "orNull", computation, Expressions.newArrayInit(Object.class, given)),
                    type);
        }

        /** The operand as the parameter wants it: without a cast, Janino would not box or unbox it in every place. */
        private static Expression argument(Expression operand, Class<?> parameter) {
            if (operand.getType() == parameter) {
                return operand;
            }
            if (parameter == Object.class && Primitive.of(operand.getType()) != null) {
                // Not a cast: Java reads "(Object) -1" as a subtraction.
                return Expressions.box(operand);
            }
            Primitive wanted = Primitive.of(parameter);
            Primitive boxed = Primitive.ofBox(operand.getType());
            if (wanted != null && boxed != null) {
                return Expressions.convert_(Expressions.unbox(operand, boxed), parameter);
            }
            if (wanted != null && Number.class.isAssignableFrom(Types.toClass(operand.getType()))) {
                return Expressions.unbox(Expressions.convert_(operand, Number.class), wanted);
            }
            Primitive wantedBox = Primitive.ofBox(parameter);
            if (wantedBox != null && Primitive.of(operand.getType()) != null) {
                return Expressions.box(Expressions.convert_(operand, wantedBox.primitiveClass), wantedBox);
            }
            return Expressions.convert_(operand, parameter);
        }

        @Override
        public RelDataType getReturnType(RelDataTypeFactory factory) {
            return factory.createJavaType(method.getReturnType());
        }

        @Override
        public List<FunctionParameter> getParameters() {
            return List.of();
        }
    }
}
