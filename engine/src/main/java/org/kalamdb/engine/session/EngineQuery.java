// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.Updatability;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.planning.PlannedStatement;
import org.kalamdb.engine.planning.PlanningScope;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.InternalValues;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** A prepared statement of a session. Confined to one thread. */
final class EngineQuery implements PreparedQuery {
    private final EngineSession session;
    private final String sql;
    private final String namespace;
    private final GeneratedKeys generatedKeys;
    private PlannedStatement planned;
    private List<ParameterInfo> parameters;
    private boolean closed;

    EngineQuery(EngineSession session, String sql, GeneratedKeys generatedKeys, PlanningScope scope) {
        this.session = session;
        this.sql = sql;
        this.namespace = scope.namespace();
        this.generatedKeys = generatedKeys;
        this.planned = session.plan(sql, scope, generatedKeys);
        this.parameters = parameterInfos(planned.parameterTypes());
    }

    @Override
    public StatementKind kind() {
        return planned.kind();
    }

    @Override
    public List<ResultColumn> columns() {
        return planned.columns();
    }

    @Override
    public List<ParameterInfo> parameters() {
        return parameters;
    }

    @Override
    public Updatability updatability() {
        return planned.updatability();
    }

    @Override
    public StatementResult execute(@Nullable Object[] values) {
        requireOpen();
        return session.runner().run(this, values);
    }

    @Override
    public BatchResult executeBatch(List<@Nullable Object[]> entries) {
        requireCount();
        return session.runner().runBatch(this, new BatchEntries.OfRows(entries));
    }

    @Override
    public BatchResult executeBatch(ColumnBatch entries) {
        requireCount();
        return session.runner().runBatch(this, new BatchEntries.OfColumns(entries));
    }

    private void requireCount() {
        requireOpen();
        if (!columns().isEmpty()) {
            throw new KalamException(
                    ErrorCode.INVALID_CURSOR, "Cannot run a statement that answers rows as a batch: run it by itself");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new KalamException(ErrorCode.OBJECT_CLOSED, "The prepared statement is closed");
        }
    }

    /** The plan, made anew if something it rests on has changed. */
    PlannedStatement currentPlan() {
        if (!session.isCurrent(planned)) {
            planned = session.plan(sql, session.planningScope(namespace), generatedKeys);
            parameters = parameterInfos(planned.parameterTypes());
        }
        return planned;
    }

    /** Java values as internal values of the parameters' types. */
    @Nullable
    Object[] internalValues(@Nullable Object[] values) {
        if (values.length < parameters.size()) {
            throw new KalamException(
                    ErrorCode.PARAMETER_NOT_SET,
                    "Statement has " + parameters.size() + " parameters, got values for " + values.length);
        }
        @Nullable Object[] internal = new @Nullable Object[parameters.size()];
        for (int i = 0; i < internal.length; i++) {
            internal[i] = internalValue(i, values[i]);
        }
        return internal;
    }

    private @Nullable Object internalValue(int index, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        KalamDataType type = parameters.get(index).type();
        try {
            return InternalValues.fromStored(type.kind(), StoredValues.fromJava(type, value));
        } catch (KalamException e) {
            throw new KalamException(
                    e.code(), "Invalid value of parameter " + (index + 1) + ": " + e.rawMessage(), e.getCause());
        }
    }

    private static List<ParameterInfo> parameterInfos(Map<Integer, KalamDataType> types) {
        int count = 0;
        for (int index : types.keySet()) {
            count = Math.max(count, index + 1);
        }
        List<ParameterInfo> infos = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            infos.add(new ParameterInfo(types.getOrDefault(i, KalamDataType.TEXT), true));
        }
        return List.copyOf(infos);
    }

    @Override
    public void close() {
        closed = true;
    }
}
