package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** A scalar function of ours as the validator sees it, and the method that computes it. Immutable. */
public final class KalamFunction extends SqlFunction {
    private final Method method;
    private final Volatility volatility;
    private final SqlSyntax syntax;

    private KalamFunction(
            String name,
            SqlReturnTypeInference returnType,
            SqlOperandTypeChecker operands,
            Method method,
            Volatility volatility,
            SqlSyntax syntax) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                returnType,
                null,
                operands,
                volatility == Volatility.IMMUTABLE ? SqlFunctionCategory.USER_DEFINED_FUNCTION : SqlFunctionCategory.SYSTEM);
        this.method = method;
        this.volatility = volatility;
        this.syntax = syntax;
    }

    static KalamFunction immutable(
            String name, SqlReturnTypeInference returnType, SqlOperandTypeChecker operands, Method method) {
        return new KalamFunction(name, returnType, operands, method, Volatility.IMMUTABLE, SqlSyntax.FUNCTION);
    }

    KalamFunction with(Volatility newVolatility) {
        return new KalamFunction(
                getName(), inference(), checker(), method, newVolatility, syntax);
    }

    /** The same function, also without parentheses if {@code newSyntax} is {@link SqlSyntax#FUNCTION_ID}. */
    KalamFunction with(SqlSyntax newSyntax) {
        return new KalamFunction(getName(), inference(), checker(), method, volatility, newSyntax);
    }

    private SqlReturnTypeInference inference() {
        return requireNonNull(getReturnTypeInference());
    }

    private SqlOperandTypeChecker checker() {
        return requireNonNull(getOperandTypeChecker());
    }

    /** The method that computes it from machine values. */
    public Method method() {
        return method;
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
