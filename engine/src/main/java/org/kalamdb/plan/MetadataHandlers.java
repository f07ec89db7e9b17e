// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.CyclicMetadataException;
import org.apache.calcite.rel.metadata.DelegatingMetadataRel;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.NullSentinel;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.runtime.FlatLists;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.plan.cost.EstimatedRowCount;
import org.kalamdb.plan.cost.EstimatingMetadataQuery;

/**
 * Calcite's metadata handlers without generated code: a call is dispatched to the most specific overload of the handler
 * objects for the class of the relational expression, found once for each class, and its answer is kept in the query as
 * the generated handlers keep it. Costs a fraction of a microsecond a call and no compilation at start. Safe for use by
 * several threads.
 */
final class MetadataHandlers implements MetadataHandlerProvider {
    private static final EstimatedRowCount ROW_COUNT = new EstimatedRowCount();

    private final RelMetadataProvider provider;
    private final Map<Class<?>, MetadataHandler<?>> handlers = new ConcurrentHashMap<>();

    MetadataHandlers(RelMetadataProvider provider) {
        this.provider = provider;
    }

    @Override
    public <H extends MetadataHandler<?>> H handler(Class<H> handlerClass) {
        if (handlerClass == BuiltInMetadata.RowCount.Handler.class) {
            return handlerClass.cast(ROW_COUNT);
        }
        return handlerClass.cast(handlers.computeIfAbsent(handlerClass, key -> createHandler(handlerClass)));
    }

    private <H extends MetadataHandler<?>> H createHandler(Class<H> handlerClass) {
        List<MetadataHandler<?>> targets = handlerClass == BuiltInMetadata.Predicates.Handler.class
                ? List.of(ImpliedPredicates.INSTANCE)
                : List.copyOf(provider.handlers(handlerClass));
        Map<Method, Dispatch> dispatches = new ConcurrentHashMap<>();
        Object proxy = Proxy.newProxyInstance(
                handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (self, method, arguments) -> {
                    if (arguments == null || arguments.length < 2) {
                        return method.getName().equals("getDef")
                                ? targets.get(0).getDef()
                                : Util.needToImplement(method);
                    }
                    return dispatches
                            .computeIfAbsent(method, key -> new Dispatch(key, targets))
                            .call(arguments);
                });
        return handlerClass.cast(proxy);
    }

    /** One metadata method. */
    private static final class Dispatch {
        private final Method method;
        private final List<MetadataHandler<?>> targets;
        private final Map<Class<?>, Overload> overloads = new ConcurrentHashMap<>();

        Dispatch(Method method, List<MetadataHandler<?>> targets) {
            this.method = method;
            this.targets = targets;
        }

        @Nullable
        Object call(@Nullable Object[] arguments) throws Throwable {
            RelNode rel = (RelNode) arguments[0];
            while (rel instanceof DelegatingMetadataRel delegating) {
                rel = delegating.getMetadataDelegateRel();
            }
            RelMetadataQuery query = (RelMetadataQuery) arguments[1];
            Object key = cacheKey(arguments);
            Object known = query.map.get(rel, key);
            if (known != null) {
                if (known == NullSentinel.ACTIVE) {
                    throw new CyclicMetadataException();
                }
                return known == NullSentinel.INSTANCE ? null : known;
            }
            if (query instanceof EstimatingMetadataQuery estimating) {
                estimating.checkCancelled();
            }
            query.map.put(rel, key, NullSentinel.ACTIVE);
            try {
                Object[] changed = arguments.clone();
                changed[0] = rel;
                Object answer = overloads
                        .computeIfAbsent(rel.getClass(), this::findOverload)
                        .call(changed);
                query.map.put(rel, key, NullSentinel.mask(answer));
                return answer;
            } catch (Throwable e) {
                query.map.row(rel).clear();
                throw e;
            }
        }

        private Object cacheKey(Object[] arguments) {
            if (arguments.length == 2) {
                return method;
            }
            Object[] parts = arguments.clone();
            parts[0] = method;
            parts[1] = method;
            for (int i = 2; i < parts.length; i++) {
                parts[i] = NullSentinel.mask(parts[i]);
            }
            return FlatLists.copyOf(Arrays.asList(parts));
        }

        private Overload findOverload(Class<?> relClass) {
            Overload best = null;
            for (MetadataHandler<?> target : targets) {
                for (Method candidate : target.getClass().getMethods()) {
                    if (isOverload(candidate, relClass) && (best == null || best.isLessSpecificThan(candidate))) {
                        best = new Overload(target, candidate);
                    }
                }
            }
            if (best == null) {
                throw new IllegalStateException("No metadata handler for " + method + " of " + relClass);
            }
            return best;
        }

        private boolean isOverload(Method candidate, Class<?> relClass) {
            Class<?>[] wanted = method.getParameterTypes();
            Class<?>[] actual = candidate.getParameterTypes();
            return candidate.getName().equals(method.getName())
                    && !candidate.isBridge()
                    && actual.length == wanted.length
                    && actual[0].isAssignableFrom(relClass)
                    && Arrays.equals(actual, 1, actual.length, wanted, 1, wanted.length);
        }
    }

    /** A handler object and the method of it that fits a class of relational expressions. */
    private record Overload(MetadataHandler<?> target, Method method) {
        boolean isLessSpecificThan(Method other) {
            Class<?> mine = method.getParameterTypes()[0];
            Class<?> theirs = other.getParameterTypes()[0];
            return mine != theirs && mine.isAssignableFrom(theirs);
        }

        @Nullable
        Object call(@Nullable Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
