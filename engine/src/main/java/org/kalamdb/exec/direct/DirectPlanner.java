// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.Updatability;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.exec.scan.AccessPath;
import org.kalamdb.exec.scan.KeyCondition;
import org.kalamdb.exec.scan.Operand;
import org.kalamdb.exec.scan.RowCount;
import org.kalamdb.exec.scan.ScanQuery;
import org.kalamdb.exec.scan.TableScanSource;
import org.kalamdb.exec.scan.WantedOrder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.SimpleStatement;
import org.kalamdb.sql.SimpleStatement.ColumnReference;
import org.kalamdb.sql.SimpleStatement.Condition;
import org.kalamdb.sql.SimpleStatement.Item;
import org.kalamdb.sql.SimpleStatement.Operator;
import org.kalamdb.sql.SimpleStatement.SortKey;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/**
 * Plans simple statements against the definition of their table: no validator, no relational expressions, no optimiser.
 * It plans what it understands completely and answers null for the rest, errors included, so that everything else about a
 * statement is known in one place, the full planner. Confined to one thread; made anew for each statement.
 */
public final class DirectPlanner {
    private static final double MAX_ROWS_TO_TEST = 50_000;

    private final TableDefinition table;
    private final String visibleName;
    private final Map<Integer, KalamDataType> parameterTypes = new HashMap<>();

    /**
     * A query that can run.
     *
     * @param parameterTypes by 0-based index
     */
    public record DirectPlan(BatchQuery query, List<ResultColumn> columns, Map<Integer, KalamDataType> parameterTypes) {
        /** Whether its rows can be changed one by one. @param table what it reads */
        public Updatability updatability(TableDefinition table) {
            return Updatability.of(
                    table,
                    columns.stream()
                            .map(column -> column.origin() == null
                                    ? Updatability.COMPUTED
                                    : (Integer) table.indexOf(column.origin()))
                            .toList());
        }
    }

    /**
     * What UPDATE and DELETE ask.
     *
     * @param query answers the storage key of each row, and the row as it is to be if something is assigned
     * @param parameterTypes by 0-based index
     */
    public record DirectChangePlan(RowQuery query, Map<Integer, KalamDataType> parameterTypes) {}

    /**
     * What RETURNING answers.
     *
     * @param positions of the columns in the table
     */
    public record DirectColumns(List<ResultColumn> columns, List<Integer> positions) {}

    /** Ends the planning, wherever it is: the full planner knows what to say. */
    private static final class NotDirect extends Exception {
        private static final long serialVersionUID = 1;

        static final NotDirect INSTANCE = new NotDirect();

        private NotDirect() {
            super("Statement is for the full planner", null, false, false);
        }
    }

    private DirectPlanner(TableDefinition table, String visibleName) {
        this.table = table;
        this.visibleName = visibleName;
    }

    /** Plans a query of literals. @return null if the statement is for the full planner */
    public static @Nullable DirectPlan plan(SimpleStatement.Literals statement) {
        LiteralQuery query = LiteralQuery.of(statement);
        return query == null ? null : new DirectPlan(query, query.columns(), Map.of());
    }

    /** Plans a query of a table. @return null if it is for the full planner */
    public static @Nullable DirectPlan plan(SimpleStatement.Select query, TableDefinition table) {
        try {
            return of(query, table).planned(query);
        } catch (NotDirect e) {
            return null;
        }
    }

    /**
     * Plans a count of rows.
     *
     * @param rowCount how many rows the table has, by estimate
     * @return null if it is for the full planner
     */
    public static @Nullable DirectPlan plan(SimpleStatement.Count count, TableDefinition table, double rowCount) {
        try {
            return of(count, table).counted(count, rowCount);
        } catch (NotDirect e) {
            return null;
        }
    }

    /** Plans what UPDATE asks. @return null if that is for the full planner */
    public static @Nullable DirectChangePlan plan(SimpleStatement.Update update, TableDefinition table) {
        try {
            DirectPlanner planner = of(update, table);
            return planner.changes(update.where(), planner.assigned(update.assignments()));
        } catch (NotDirect e) {
            return null;
        }
    }

    /** Plans what DELETE asks. @return null if that is for the full planner */
    public static @Nullable DirectChangePlan plan(SimpleStatement.Delete delete, TableDefinition table) {
        try {
            return of(delete, table).changes(delete.where(), delete.returning().isEmpty() ? null : Map.of());
        } catch (NotDirect e) {
            return null;
        }
    }

    /** Finds the columns that a statement answers of the rows it wrote. @return null if that is for the full planner */
    public static @Nullable DirectColumns returned(SimpleStatement.Change change, TableDefinition table) {
        try {
            DirectPlanner planner = of(change, table);
            List<ResultColumn> results = new ArrayList<>();
            List<Integer> positions = new ArrayList<>();
            for (Item item : change.returning()) {
                planner.addOutputs(item, results, positions);
            }
            return new DirectColumns(results, positions);
        } catch (NotDirect e) {
            return null;
        }
    }

    private static DirectPlanner of(SimpleStatement statement, TableDefinition table) throws NotDirect {
        if (table.type() == TableType.SYSTEM) {
            throw NotDirect.INSTANCE;
        }
        return new DirectPlanner(table, requireNonNull(statement.target()).visibleName());
    }

    private DirectPlan planned(SimpleStatement.Select select) throws NotDirect {
        List<ResultColumn> results = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        for (Item item : select.items()) {
            addOutputs(item, results, outputs);
        }
        List<ColumnCondition> conditions = conditions(select.where());
        WantedOrder wanted = wantedOrder(select, results, outputs);
        AccessPath path = path(conditions, wanted);
        if (wanted != null && path.order() == AccessPath.Order.ANY) {
            throw NotDirect.INSTANCE;
        }
        RowCount limit = count(select.limit(), Long.MAX_VALUE);
        RowCount offset = count(select.offset(), 0);
        return new DirectPlan(query(results, outputs, conditions, path, limit, offset), results, parameterTypes);
    }

    /** To test many rows is work for several threads, and for operators. */
    private DirectPlan counted(SimpleStatement.Count count, double rowCount) throws NotDirect {
        List<ColumnCondition> conditions = conditions(count.where());
        AccessPath path = path(conditions, null);
        List<ColumnCondition> tests = tests(path, conditions);
        if (!tests.isEmpty() && path.readsAll() && rowCount > MAX_ROWS_TO_TEST) {
            throw NotDirect.INSTANCE;
        }
        List<Integer> read = new ArrayList<>();
        tests.forEach(test -> positionIn(read, test.column()));
        int[] columns = read.stream().mapToInt(Integer::intValue).toArray();
        CountQuery query = new CountQuery(
                count.alias() == null ? "count" : count.alias(),
                table,
                new TableScanSource(table, columns, false, path),
                tests);
        return new DirectPlan(query, query.columns(), parameterTypes);
    }

    private RowCount count(@Nullable Value value, long otherwise) throws NotDirect {
        if (value instanceof Value.Parameter parameter) {
            parameter(KalamDataType.INT, parameter);
            return new RowCount(otherwise, parameter.index());
        }
        return new RowCount(value instanceof Value.Number number ? Long.parseLong(number.digits()) : otherwise, null);
    }

    private List<ColumnCondition> conditions(List<Condition> where) throws NotDirect {
        List<ColumnCondition> conditions = new ArrayList<>(where.size());
        for (Condition condition : where) {
            conditions.add(condition(condition));
        }
        return conditions;
    }

    private AccessPath path(List<ColumnCondition> conditions, @Nullable WantedOrder wanted) {
        List<KeyCondition> forKeys = new ArrayList<>(conditions.size());
        for (ColumnCondition condition : conditions) {
            forKeys.add(condition.forKeys());
        }
        return AccessPath.choose(table, forKeys, wanted);
    }

    private static List<ColumnCondition> tests(AccessPath path, List<ColumnCondition> conditions) {
        List<ColumnCondition> tests = new ArrayList<>();
        for (int position : path.residual()) {
            tests.add(conditions.get(position));
        }
        return tests;
    }

    private Map<Integer, DirectChanges.Assigned> assigned(List<SimpleStatement.Assignment> assignments)
            throws NotDirect {
        Map<Integer, DirectChanges.Assigned> assigned = new HashMap<>();
        for (SimpleStatement.Assignment assignment : assignments) {
            int index = indexOf(new ColumnReference(null, assignment.column()));
            if (table.type() == TableType.STREAM
                    || table.columns().get(index).identity() != null
                    || assigned.put(index, assigned(index, assignment.value())) != null) {
                throw NotDirect.INSTANCE;
            }
        }
        return assigned;
    }

    private DirectChangePlan changes(List<Condition> where, @Nullable Map<Integer, DirectChanges.Assigned> assigned)
            throws NotDirect {
        List<ColumnCondition> conditions = conditions(where);
        AccessPath path = path(conditions, null);
        DirectChanges query = new DirectChanges(table, path, tests(path, conditions), assigned);
        return new DirectChangePlan(query, parameterTypes);
    }

    private DirectChanges.Assigned assigned(int column, Value value) throws NotDirect {
        KalamDataType type = table.columns().get(column).dataType();
        if (value instanceof Value.Null) {
            return new DirectChanges.Assigned.Known(null);
        }
        if (value instanceof Value.Sum sum) {
            return sum(type, sum);
        }
        return new DirectChanges.Assigned.Known(
                value instanceof Value.Parameter parameter
                        ? parameter(type, parameter)
                        : new Operand.Constant(type, constant(type, value)));
    }

    /** Arithmetic of one type that is that of the written column; all other arithmetic is for the full planner. */
    private DirectChanges.Assigned sum(KalamDataType type, Value.Sum sum) throws NotDirect {
        int column = indexOf(sum.column());
        TypeKind kind = type.kind();
        boolean isPlain = kind == TypeKind.INT || kind == TypeKind.BIGINT || kind == TypeKind.DOUBLE;
        if (!isPlain || !table.columns().get(column).dataType().equals(type)) {
            throw NotDirect.INSTANCE;
        }
        Operand operand = sum.operand() instanceof Value.Parameter parameter
                ? parameter(type, parameter)
                : new Operand.Constant(type, constant(type, sum.operand()));
        return new DirectChanges.Assigned.Sum(column, kind, sum.isDifference(), operand, sum.position());
    }

    private Operand parameter(KalamDataType type, Value.Parameter parameter) throws NotDirect {
        KalamDataType other = parameterTypes.putIfAbsent(parameter.index(), type);
        if (other != null && !other.equals(type)) {
            throw NotDirect.INSTANCE;
        }
        return new Operand.Parameter(type, parameter.index());
    }

    private BatchQuery query(
            List<ResultColumn> results,
            List<Integer> outputs,
            List<ColumnCondition> conditions,
            AccessPath path,
            RowCount limit,
            RowCount offset) {
        if (path.residual().isEmpty() && limit.isAlways(Long.MAX_VALUE) && offset.isAlways(0)) {
            int[] columns = outputs.stream().mapToInt(Integer::intValue).toArray();
            return new ScanQuery(results, new TableScanSource(table, columns, false, path), Double.NaN);
        }
        List<ColumnCondition> tests = tests(path, conditions);
        List<Integer> read = new ArrayList<>();
        List<Integer> outputsInScan = new ArrayList<>(outputs.size());
        for (int column : outputs) {
            outputsInScan.add(positionIn(read, column));
        }
        tests.forEach(test -> positionIn(read, test.column()));
        int[] columns = read.stream().mapToInt(Integer::intValue).toArray();
        return new DirectQuery(
                results,
                table,
                new TableScanSource(table, columns, false, path),
                new DirectQuery.Selection(outputsInScan, tests, limit, offset));
    }

    private static int positionIn(List<Integer> read, int column) {
        int position = read.indexOf(column);
        if (position >= 0) {
            return position;
        }
        read.add(column);
        return read.size() - 1;
    }

    private void addOutputs(Item item, List<ResultColumn> results, List<Integer> outputs) throws NotDirect {
        if (item instanceof Item.OfColumn of) {
            int index = indexOf(of.column());
            String alias = of.alias();
            addOutput(index, alias == null ? of.column().name() : alias, results, outputs);
            return;
        }
        requireVisible(((Item.AllColumns) item).qualifier());
        for (int i = 0; i < table.columns().size(); i++) {
            addOutput(i, table.columns().get(i).name(), results, outputs);
        }
    }

    private void addOutput(int index, String label, List<ResultColumn> results, List<Integer> outputs) {
        ColumnDefinition column = table.columns().get(index);
        results.add(new ResultColumn(label, column.dataType(), column.nullable(), table.id(), column));
        outputs.add(index);
    }

    private void requireVisible(@Nullable String qualifier) throws NotDirect {
        if (qualifier != null && !qualifier.equals(visibleName)) {
            throw NotDirect.INSTANCE;
        }
    }

    private int indexOf(ColumnReference reference) throws NotDirect {
        requireVisible(reference.qualifier());
        List<ColumnDefinition> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(reference.name())) {
                return i;
            }
        }
        throw NotDirect.INSTANCE;
    }

    /** ORDER BY as a key could have it; a name that means several things is not for here. */
    private @Nullable WantedOrder wantedOrder(
            SimpleStatement.Select select, List<ResultColumn> results, List<Integer> outputs) throws NotDirect {
        if (select.orderBy().isEmpty()) {
            return null;
        }
        boolean descending = select.orderBy().get(0).descending();
        List<Integer> columns = new ArrayList<>();
        for (SortKey key : select.orderBy()) {
            int index = indexOf(key.column());
            int sameName = 0;
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).label().equals(key.column().name())) {
                    sameName += outputs.get(i) == index ? 1 : 2;
                }
            }
            if (sameName > 1 || key.descending() != descending) {
                throw NotDirect.INSTANCE;
            }
            columns.add(index);
        }
        return new WantedOrder(columns, descending, true, select.limit() != null);
    }

    private ColumnCondition condition(Condition condition) throws NotDirect {
        int index = indexOf(condition.column());
        KalamDataType type = table.columns().get(index).dataType();
        if (condition instanceof Condition.NullTest test) {
            return new ColumnCondition.NullTest(index, test.isNull());
        }
        if (condition instanceof Condition.Comparison comparison) {
            requireOrdered(type, comparison.operator());
            return new ColumnCondition.Comparison(
                    index, type.kind(), comparison.operator(), operand(type, comparison.value()));
        }
        if (type.kind() == TypeKind.DOUBLE) {
            throw NotDirect.INSTANCE;
        }
        List<Operand> operands = new ArrayList<>();
        for (Value value : ((Condition.OneOf) condition).values()) {
            operands.add(operand(type, value));
        }
        return new ColumnCondition.OneOf(index, operands);
    }

    private static void requireOrdered(KalamDataType type, Operator operator) throws NotDirect {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (type.kind() == TypeKind.BOOLEAN && !equality) {
            throw NotDirect.INSTANCE;
        }
    }

    private Operand operand(KalamDataType type, Value value) throws NotDirect {
        if (value instanceof Value.Parameter parameter) {
            if (!isComparedAsItIs(type)) {
                throw NotDirect.INSTANCE;
            }
            return parameter(type, parameter);
        }
        return new Operand.Constant(type, constant(type, value));
    }

    /** Whether a parameter that is compared with a column has its type, and is compared as keys are. */
    private static boolean isComparedAsItIs(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN, SMALLINT, INT, BIGINT, DECIMAL, TEXT, UUID, DATE, TIME, TIMESTAMP, DATETIME -> true;
            case FLOAT, DOUBLE, BYTES, JSON, EMBEDDING -> false;
        };
    }

    private static Object constant(KalamDataType type, Value value) throws NotDirect {
        Object stored = WrittenValues.stored(type, value);
        if (stored == null) {
            throw NotDirect.INSTANCE;
        }
        return stored;
    }
}
