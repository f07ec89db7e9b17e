// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.operator.Operator;
import org.kalamdb.exec.operator.OperatorRows;
import org.kalamdb.exec.operator.RecursiveOperator;
import org.kalamdb.exec.operator.SharedRows;
import org.kalamdb.exec.resource.ResourceMeter;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.function.StatementContext;
import org.kalamdb.plan.RowOrigin;

/**
 * What one run of a query reads from: parameters, tables, the session's facts, and the wish to stop. Confined to one
 * thread, except {@code cancelled}.
 */
public final class QueryContext implements DataContext, Run {
    private final RowSource rows;
    private final StatementContext statement;
    private final @Nullable Object[] parameters;
    private final AtomicBoolean cancelled;
    private final long deadlineNanos;
    private final Resources resources;
    private @Nullable QueryProfile profile;
    private Map<Object, SharedRows> sharedRows = new ConcurrentHashMap<>();
    private Map<String, Object> constants = Map.of();
    /** The recursive queries under way, by name. */
    private Map<String, RecursiveOperator> recursions = new HashMap<>();

    private Map<RowOrigin, List<@Nullable Object[]>> rowsAtHand = Map.of();

    /**
     * @param rows where scans read
     * @param parameters internal values of the statement's parameters, in order
     * @param cancelled set by another thread to stop the query
     * @param deadlineNanos {@link System#nanoTime()} at which the query stops, or {@link Long#MAX_VALUE}
     * @param resources what it shares with other queries
     */
    public QueryContext(
            RowSource rows,
            StatementContext statement,
            @Nullable Object[] parameters,
            AtomicBoolean cancelled,
            long deadlineNanos,
            Resources resources) {
        this.rows = rows;
        this.statement = statement;
        this.parameters = parameters;
        this.cancelled = cancelled;
        this.deadlineNanos = deadlineNanos;
        this.resources = resources;
    }

    /** A context of the same run with other parameters. @param values internal values, in order */
    public QueryContext withParameters(@Nullable Object[] values) {
        return new QueryContext(rows, statement, values, cancelled, deadlineNanos, resources);
    }

    /** This context with the objects that the generated code of one query refers to by name. */
    public QueryContext withConstants(Map<String, Object> names) {
        QueryContext copy = new QueryContext(rows, statement, parameters, cancelled, deadlineNanos, resources);
        copy.constants = new HashMap<>();
        copy.constants.putAll(names);
        copy.rowsAtHand = rowsAtHand;
        copy.profile = profile;
        copy.sharedRows = sharedRows;
        return copy;
    }

    /** Makes a recursive query the one whose rows its step reads. */
    public void setRecursion(String name, RecursiveOperator recursion) {
        recursions.put(name, recursion);
    }

    /** The rows that the recursive query of a name has found in its last round. */
    public Enumerator<@Nullable Object[]> foundLast(String name, int columnCount) {
        return new OperatorRows(requireNonNull(recursions.get(name)).foundLast(), columnCount);
    }

    /** This context with rows at hand, for plans over {@link RowOrigin#WRITTEN} or {@link RowOrigin#EXCLUDED}. */
    public QueryContext withRows(RowOrigin origin, List<@Nullable Object[]> rowsAtHand) {
        QueryContext copy = withConstants(constants);
        copy.rowsAtHand = new EnumMap<>(RowOrigin.class);
        copy.rowsAtHand.putAll(this.rowsAtHand);
        copy.rowsAtHand.put(origin, rowsAtHand);
        return copy;
    }

    /** Rows of internal values, all columns of their table. */
    public List<@Nullable Object[]> rowsAtHand(RowOrigin origin) {
        return rowsAtHand.getOrDefault(origin, List.of());
    }

    /** This context for one part of a query. @param meter counts what the part takes of the resources */
    QueryContext measuredBy(ResourceMeter meter) {
        QueryContext copy =
                new QueryContext(rows, statement, parameters, cancelled, deadlineNanos, resources.measuredBy(meter));
        copy.profile = profile;
        copy.sharedRows = sharedRows;
        copy.constants = constants;
        copy.recursions = recursions;
        copy.rowsAtHand = rowsAtHand;
        return copy;
    }

    /** This context, measured. @param measurements where what the parts of a query do is written down */
    public QueryContext withProfile(QueryProfile measurements) {
        QueryContext copy = withConstants(constants);
        copy.profile = measurements;
        return copy;
    }

    /**
     * Readers of the rows of a part of the plan that several others read.
     *
     * @param part the part itself, the same in each call
     * @param parts in how many parts they are read
     * @param opener called by the first reader, and again if all readers before have been closed
     */
    public List<Operator> readers(Object part, int parts, Supplier<SharedRows> opener) {
        while (true) {
            SharedRows rows = sharedRows.computeIfAbsent(part, key -> opener.get());
            List<Operator> readers = rows.readers(parts);
            if (!readers.isEmpty()) {
                return readers;
            }
            sharedRows.remove(part, rows);
        }
    }

    /** Where what the parts of a query do is written down; null if nobody wants to know. */
    @Nullable
    public QueryProfile profile() {
        return profile;
    }

    public RowSource rows() {
        return rows;
    }

    @Override
    public StatementContext statement() {
        return statement;
    }

    @Override
    public @Nullable Object parameter(int index) {
        return parameters[index];
    }

    @Override
    public Resources resources() {
        return resources;
    }

    @Override
    public void checkCancelled() {
        checkCancelled(cancelled, deadlineNanos);
    }

    /** As the other one, for work that is not a query. @param deadlineNanos in {@link System#nanoTime()} */
    public static void checkCancelled(AtomicBoolean cancelled, long deadlineNanos) {
        if (cancelled.get()) {
            throw new KalamException(ErrorCode.QUERY_CANCELED, "Query was cancelled");
        }
        if (deadlineNanos != Long.MAX_VALUE && System.nanoTime() - deadlineNanos > 0) {
            throw new KalamException(ErrorCode.QUERY_CANCELED, "Query ran longer than the statement timeout");
        }
    }

    @Override
    public @Nullable Object get(String name) {
        if (name.startsWith("?")) {
            return parameters[Integer.parseInt(name, 1, name.length(), 10)];
        }
        if (name.equals(StatementContext.VARIABLE)) {
            return statement;
        }
        if (name.equals(StatementContext.CHECK)) {
            return (Runnable) this::checkCancelled;
        }
        Object constant = constants.get(name);
        if (constant != null) {
            return constant;
        }
        if (name.equals(Variable.CANCEL_FLAG.camelName)) {
            return cancelled;
        }
        if (name.equals(Variable.LOCALE.camelName)) {
            return Locale.ROOT;
        }
        if (name.equals(Variable.TIME_ZONE.camelName)) {
            return TimeZone.getTimeZone("UTC");
        }
        return null;
    }

    /** Generated code, which alone sees this as a {@link DataContext}, asks for neither tables, types nor queries. */
    @Override
    public SchemaPlus getRootSchema() {
        throw new UnsupportedOperationException("A running query has no schema");
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
        throw new UnsupportedOperationException("A running query makes no types");
    }

    @Override
    public QueryProvider getQueryProvider() {
        throw new UnsupportedOperationException("A running query makes no queries");
    }
}
