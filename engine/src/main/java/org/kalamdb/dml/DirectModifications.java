// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.exec.direct.DirectPlanner;
import org.kalamdb.exec.direct.DirectPlanner.DirectChangePlan;
import org.kalamdb.exec.direct.DirectPlanner.DirectColumns;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.SimpleStatement;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Plans simple statements that change rows, as {@link DirectPlanner} plans simple queries: null is the answer for all that
 * the full planner has to look at. Confined to one thread; made anew for each statement.
 */
public final class DirectModifications {
    private final TableDefinition table;
    private final Map<Integer, KalamDataType> parameterTypes = new HashMap<>();
    private final List<RowQuery> queries = new ArrayList<>();

    private DirectModifications(TableDefinition table) {
        this.table = table;
    }

    /**
     * Plans a statement.
     *
     * @param table what the statement changes
     * @param generatedKeys which columns of the written rows are answered if the statement has no RETURNING
     * @param planner plans the constraints of the table
     * @param checks where compiled check constraints are kept
     * @return null if the statement is for the full planner
     */
    public static @Nullable ModificationPlan plan(
            SimpleStatement.Change statement,
            TableDefinition table,
            GeneratedKeys generatedKeys,
            Supplier<QueryPlanner> planner,
            CheckCache checks) {
        DirectModifications modifications = new DirectModifications(table);
        DirectColumns returned = DirectPlanner.returned(statement, table);
        RowChange change = returned == null ? null : modifications.change(statement);
        if (change == null || returned == null) {
            return null;
        }
        if (returned.columns().isEmpty() && !(statement instanceof SimpleStatement.Delete)) {
            returned = generatedKeys(generatedKeys, table);
        }
        ConstraintPlan constraints = ConstraintPlan.of(planner, checks, table);
        Set<TableDefinition> tables = new HashSet<>(constraints.tables());
        tables.add(table);
        return new ModificationPlan(
                change,
                constraints,
                returned.columns().isEmpty() ? null : new Returning.OfColumns(returned),
                modifications.parameterTypes,
                tables,
                Set.of(),
                Set.of(),
                modifications.queries);
    }

    private static DirectColumns generatedKeys(GeneratedKeys generatedKeys, TableDefinition table) {
        List<ResultColumn> columns = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (ColumnDefinition column : ReturningItems.columns(generatedKeys, table)) {
            columns.add(new ResultColumn(column.name(), column.dataType(), column.nullable(), table.id(), column));
            positions.add(table.indexOf(column));
        }
        return new DirectColumns(columns, positions);
    }

    private @Nullable RowChange change(SimpleStatement.Change statement) {
        if (statement instanceof SimpleStatement.Insert insert) {
            return insertion(insert);
        }
        if (statement instanceof SimpleStatement.Update update) {
            RowQuery query = query(DirectPlanner.plan(update, table));
            return query == null ? null : new Update(table, query, movesRows(update));
        }
        RowQuery query = query(DirectPlanner.plan((SimpleStatement.Delete) statement, table));
        return query == null ? null : new Deletion(table, query);
    }

    private boolean movesRows(SimpleStatement.Update update) {
        return update.assignments().stream().anyMatch(each -> Update.isInKey(table, each.column()));
    }

    private @Nullable RowQuery query(@Nullable DirectChangePlan plan) {
        if (plan == null) {
            return null;
        }
        parameterTypes.putAll(plan.parameterTypes());
        queries.add(plan.query());
        return plan.query();
    }

    private @Nullable Insertion insertion(SimpleStatement.Insert insert) {
        int[] columns = columns(insert.columns());
        List<RowTemplate> templates = new ArrayList<>(insert.rows().size());
        for (List<Value> row : insert.rows()) {
            RowTemplate template = columns == null || row.size() != columns.length ? null : template(columns, row);
            if (template == null) {
                return null;
            }
            templates.add(template);
        }
        return new Insertion(new ValuesRows(table, templates, List.of()), null);
    }

    /** Where the named columns stand, or all of them if none is named; null if one is named twice or does not exist. */
    private int @Nullable [] columns(List<String> named) {
        int width = table.columns().size();
        int[] columns = new int[named.isEmpty() ? width : named.size()];
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < columns.length; i++) {
            columns[i] = named.isEmpty()
                    ? i
                    : table.findColumn(named.get(i)).map(table::indexOf).orElse(-1);
            if (columns[i] < 0 || !seen.add(columns[i])) {
                return null;
            }
        }
        return columns;
    }

    private @Nullable RowTemplate template(int[] columns, List<Value> values) {
        @Nullable Cell[] given = new @Nullable Cell[table.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            if (!(values.get(i) instanceof Value.Default)) {
                Cell cell = given(table.columns().get(columns[i]), values.get(i));
                if (cell == null) {
                    return null;
                }
                given[columns[i]] = cell;
            }
        }
        List<Cell> cells = new ArrayList<>(given.length);
        for (int i = 0; i < given.length; i++) {
            Cell cell =
                    given[i] != null ? given[i] : defaultCell(table.columns().get(i));
            if (cell == null) {
                return null;
            }
            cells.add(cell);
        }
        return new RowTemplate(cells);
    }

    private @Nullable Cell given(ColumnDefinition column, Value value) {
        Cell cell = cell(column, value);
        if (cell == null || column.identity() == null) {
            return cell;
        }
        return column.identity().always() ? null : new Cell.GivenNumber(new IdentityColumn(table, column), cell);
    }

    private @Nullable Cell cell(ColumnDefinition column, Value value) {
        if (value instanceof Value.Parameter parameter) {
            KalamDataType other = parameterTypes.putIfAbsent(parameter.index(), column.dataType());
            return other == null || other.equals(column.dataType())
                    ? new Cell.Parameter(parameter.index(), column)
                    : null;
        }
        try {
            return new Cell.Constant(stored(column.dataType(), value));
        } catch (KalamException invalid) {
            // The full planner says so, and where.
            return null;
        }
    }

    private static @Nullable Object stored(KalamDataType type, Value value) {
        if (value instanceof Value.Number number) {
            return StoredValues.fromJava(type, new BigDecimal(number.digits()));
        }
        if (value instanceof Value.Text text) {
            return StoredValues.fromJava(type, text.value());
        }
        return value instanceof Value.Truth truth ? StoredValues.fromJava(type, truth.value()) : null;
    }

    private @Nullable Cell defaultCell(ColumnDefinition column) {
        if (column.identity() != null) {
            return new Cell.NextNumber(new IdentityColumn(table, column));
        }
        return column.defaultValue() instanceof ColumnDefault.FunctionCall
                ? null
                : new Cell.Constant(DefaultValue.constant(column));
    }
}
