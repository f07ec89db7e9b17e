// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.kernel.FunctionKernel;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.function.Embedding;
import org.kalamdb.function.MachineFunction;
import org.kalamdb.function.StatementContext;

/** A static method to be called with internal values. Immutable. */
final class MethodCall {
    /** The lane whose values are of a class, primitive or boxed. */
    private static final Map<Class<?>, LaneType> LANES = Map.ofEntries(
            Map.entry(boolean.class, LaneType.BOOLEAN),
            Map.entry(Boolean.class, LaneType.BOOLEAN),
            Map.entry(short.class, LaneType.SMALLINT),
            Map.entry(Short.class, LaneType.SMALLINT),
            Map.entry(int.class, LaneType.INT),
            Map.entry(Integer.class, LaneType.INT),
            Map.entry(long.class, LaneType.BIGINT),
            Map.entry(Long.class, LaneType.BIGINT),
            Map.entry(float.class, LaneType.FLOAT),
            Map.entry(Float.class, LaneType.FLOAT),
            Map.entry(double.class, LaneType.DOUBLE),
            Map.entry(Double.class, LaneType.DOUBLE),
            Map.entry(BigDecimal.class, LaneType.DECIMAL),
            Map.entry(String.class, LaneType.TEXT),
            Map.entry(ByteString.class, LaneType.BYTES),
            Map.entry(Embedding.class, LaneType.EMBEDDING));

    /** Handles are made once: each new one would be compiled anew. */
    private static final Map<Method, MethodHandle> HANDLES = new ConcurrentHashMap<>();

    /** Takes its arguments as one array. */
    private final MethodHandle handle;

    private final int parameterCount;
    private final int contextIndex;
    private final boolean seesNulls;
    private final boolean nullIfRefused;

    private MethodCall(Method method, boolean nullIfRefused) {
        this.handle = HANDLES.computeIfAbsent(method, MethodCall::handleOf);
        this.parameterCount = method.getParameterCount();
        this.contextIndex = Arrays.asList(method.getParameterTypes()).indexOf(StatementContext.class);
        this.seesNulls = Arrays.stream(method.getAnnotatedParameterTypes())
                .anyMatch(parameter -> parameter.isAnnotationPresent(Nullable.class));
        this.nullIfRefused = nullIfRefused;
    }

    static MethodCall of(Method method) {
        return new MethodCall(method, false);
    }

    static MethodCall of(MachineFunction function) {
        return new MethodCall(function.method(), function.isNullIfRefused());
    }

    /** The lane whose values are of that class. */
    static LaneType laneOf(Class<?> type) {
        return LANES.getOrDefault(type, LaneType.OBJECT);
    }

    /**
     * The operands as the method wants them, those behind its last parameter left out; null if it does not take them.
     *
     * @param operands for the parameters but that of the statement's context
     */
    static @Nullable List<VectorExpression> arguments(Method method, List<VectorExpression> operands) {
        List<Class<?>> parameters = Stream.<Class<?>>of(method.getParameterTypes())
                .filter(parameter -> parameter != StatementContext.class)
                .toList();
        if (parameters.size() > operands.size()) {
            return null;
        }
        List<VectorExpression> arguments = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            VectorExpression operand = operands.get(i);
            VectorExpression argument =
                    parameters.get(i) == Object.class ? operand : operand.as(laneOf(parameters.get(i)));
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        return arguments;
    }

    /** Whether the method has an answer to NULLs. */
    boolean seesNulls() {
        return seesNulls;
    }

    private static MethodHandle handleOf(Method method) {
        try {
            MethodHandle plain = MethodHandles.publicLookup().unreflect(method);
            int count = method.getParameterCount();
            return plain.asType(MethodType.genericMethodType(count)).asSpreader(Object[].class, count);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Not a public method: " + method, e);
        }
    }

    FunctionKernel.Function in(Run run) {
        FunctionKernel.Function call =
                nullIfRefused ? arguments -> callOrNull(handle, arguments) : arguments -> call(handle, arguments);
        if (contextIndex < 0) {
            return call;
        }
        @Nullable Object[] all = new @Nullable Object[parameterCount];
        all[contextIndex] = run.statement();
        return arguments -> {
            System.arraycopy(arguments, 0, all, 0, contextIndex);
            System.arraycopy(arguments, contextIndex, all, contextIndex + 1, arguments.length - contextIndex);
            return call.call(all);
        };
    }

    private static @Nullable Object callOrNull(MethodHandle spread, @Nullable Object[] arguments) {
        try {
            return call(spread, arguments);
        } catch (KalamException refused) {
            return null;
        }
    }

    private static @Nullable Object call(MethodHandle spread, @Nullable Object[] arguments) {
        try {
            return (Object) spread.invokeExact((Object[]) arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Checked exception of a function", e);
        }
    }
}
