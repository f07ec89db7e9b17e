// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** A scalar function of ours as the validator sees it, and the methods that compute it. Immutable. */
public final class KalamFunction extends SqlFunction {
    private final SqlReturnTypeInference returnType;
    private final SqlOperandTypeChecker operands;
    private final List<Method> methods;
    private final Volatility volatility;
    private final SqlSyntax syntax;

    private KalamFunction(
            String name,
            SqlReturnTypeInference returnType,
            SqlOperandTypeChecker operands,
            List<Method> methods,
            Volatility volatility,
            SqlSyntax syntax) {
        super(name, SqlKind.OTHER_FUNCTION, returnType, operands.typeInference(), operands, category(name));
        this.returnType = requireNonNull(returnType, "returnType is null");
        this.operands = requireNonNull(operands, "operands is null");
        this.methods = List.copyOf(methods);
        this.volatility = volatility;
        this.syntax = syntax;
    }

    /** The parser's own DATE_TRUNC is looked up in its category only. */
    private static SqlFunctionCategory category(String name) {
        return name.equals("DATE_TRUNC") ? SqlFunctionCategory.TIMEDATE : SqlFunctionCategory.SYSTEM;
    }

    /** A function whose answer depends on its operands alone; with several methods, the first that takes them counts. */
    static KalamFunction immutable(
            String name, SqlReturnTypeInference returnType, SqlOperandTypeChecker operands, Method... methods) {
        return new KalamFunction(
                name, returnType, operands, List.of(methods), Volatility.IMMUTABLE, SqlSyntax.FUNCTION);
    }

    KalamFunction with(Volatility newVolatility) {
        return new KalamFunction(getName(), returnType, operands, methods, newVolatility, syntax);
    }

    /** The same function, also without parentheses if {@code newSyntax} is {@link SqlSyntax#FUNCTION_ID}. */
    KalamFunction with(SqlSyntax newSyntax) {
        return new KalamFunction(getName(), returnType, operands, methods, volatility, newSyntax);
    }

    /** The function that {@code operator} is, or that replaces it in our table; null if there is none. */
    public static @Nullable KalamFunction of(SqlOperator operator) {
        if (operator instanceof KalamFunction function) {
            return function;
        }
        return operator instanceof SqlFunction ? KalamFunctions.find(operator.getName()) : null;
    }

    /** The method that computes it from machine values of these types. */
    public Method method(List<RelDataType> operandTypes) {
        for (Method method : methods) {
            if (methods.size() == 1 || accepts(method, operandTypes)) {
                return method;
            }
        }
        throw new IllegalStateException("No method of " + getName() + " for " + operandTypes);
    }

    /** Whether none of the methods has an answer to NULL. */
    public boolean isNullIfOperandIs() {
        return methods.stream()
                .flatMap(method -> Stream.of(method.getAnnotatedParameterTypes()))
                .noneMatch(parameter -> parameter.isAnnotationPresent(Nullable.class));
    }

    /** Methods of one name differ in where they want text, bytes or numbers. */
    private static boolean accepts(Method method, List<RelDataType> operandTypes) {
        List<Class<?>> parameters = Stream.<Class<?>>of(method.getParameterTypes())
                .filter(parameter -> parameter != StatementContext.class)
                .toList();
        if (parameters.size() != operandTypes.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            SqlTypeName type = operandTypes.get(i).getSqlTypeName();
            boolean text = SqlTypeName.CHAR_TYPES.contains(type);
            boolean bytes = SqlTypeName.BINARY_TYPES.contains(type);
            if (text != (parameters.get(i) == String.class) || bytes != (parameters.get(i) == ByteString.class)) {
                return false;
            }
        }
        return true;
    }

    public Volatility volatility() {
        return volatility;
    }

    @Override
    public SqlSyntax getSyntax() {
        return syntax;
    }

    @Override
    public boolean isDeterministic() {
        return volatility != Volatility.VOLATILE;
    }

    @Override
    public boolean isDynamicFunction() {
        return volatility == Volatility.STABLE;
    }
}
