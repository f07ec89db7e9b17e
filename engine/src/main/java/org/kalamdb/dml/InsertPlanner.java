// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.copy.NamedFile;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.file.FileColumn;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.RowShape;
import org.kalamdb.plan.SyntaxTrees;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.sql.FileReference;
import org.kalamdb.sql.Modification.Insert;
import org.kalamdb.sql.Modification.InsertSource;
import org.kalamdb.sql.Modification.Overriding;

/** Plans the rows of an INSERT. Confined to one thread. */
final class InsertPlanner {
    /** Cells computed by one query; more would make generated methods too long to compile. */
    private static final int CELLS_PER_COMPUTATION = 100;

    private final StatementPlans plans;
    private final Target target;
    private final Overriding overriding;
    private final List<ComputedCell> computed = new ArrayList<>();

    private record ComputedCell(SqlNode value, ColumnDefinition column) {}

    InsertPlanner(StatementPlans plans, Target target, Overriding overriding) {
        this.plans = plans;
        this.target = target;
        this.overriding = overriding;
    }

    NewRows plan(Insert insert) {
        List<Integer> columns = target.writtenColumns(insert.columns());
        InsertSource source = insert.source();
        if (source instanceof InsertSource.FromQuery query) {
            return queryRows(query.query(), columns);
        }
        if (source instanceof InsertSource.FromFile file) {
            return fileRows(file.file(), columns);
        }
        if (source instanceof InsertSource.Values values) {
            return valuesRows(values.rows(), columns, !insert.columns().isEmpty());
        }
        RowTemplate template = template(List.of(), List.of());
        return new ValuesRows(target.table(), List.of(template), computations());
    }

    /** @param columnsNamed whether the statement names its columns; without, a shorter row leaves the last ones out */
    private NewRows valuesRows(List<SqlNodeList> rows, List<Integer> columns, boolean columnsNamed) {
        List<RowTemplate> templates = new ArrayList<>(rows.size());
        for (SqlNodeList row : rows) {
            requireWidth(row, columns.size(), columnsNamed);
            templates.add(template(columns, row.getList()));
        }
        return new ValuesRows(target.table(), templates, computations());
    }

    private void requireWidth(SqlNodeList row, int width, boolean columnsNamed) {
        if (row.size() > width || row.size() < width && columnsNamed) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    ObjectNames.position(row.getParserPosition()),
                    "Number of values does not match the number of columns of table "
                            + target.table().id() + ": " + width + " columns, " + row.size() + " values",
                    null);
        }
    }

    private RowTemplate template(List<Integer> columns, List<? extends @Nullable SqlNode> values) {
        @Nullable Cell[] cells = new @Nullable Cell[target.width()];
        for (int i = 0; i < values.size(); i++) {
            SqlNode value = java.util.Objects.requireNonNull(values.get(i));
            if (!SqlNodes.isDefault(value)) {
                ColumnDefinition column = target.column(columns.get(i));
                cells[columns.get(i)] = given(column, () -> cell(value, column), value.getParserPosition());
            }
        }
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == null) {
                cells[i] = defaultCell(target.column(i));
            }
        }
        return new RowTemplate(
                Arrays.stream(cells).map(java.util.Objects::requireNonNull).toList());
    }

    /** A value that the statement gives, with the rules of identity columns. */
    private Cell given(ColumnDefinition column, java.util.function.Supplier<Cell> cell, SqlParserPos pos) {
        IdentityDefinition identity = column.identity();
        if (identity == null) {
            return cell.get();
        }
        if (overriding == Overriding.USER_VALUE) {
            return defaultCell(column);
        }
        if (identity.always() && overriding != Overriding.SYSTEM_VALUE) {
            throw new KalamException(
                    ErrorCode.GENERATED_ALWAYS,
                    ObjectNames.position(pos),
                    "Cannot write to column " + column.name() + " of table "
                            + target.table().id()
                            + ": it is GENERATED ALWAYS; leave it out or say OVERRIDING SYSTEM VALUE",
                    null);
        }
        return new Cell.GivenNumber(new IdentityColumn(target.table(), column), cell.get());
    }

    private Cell cell(SqlNode value, ColumnDefinition column) {
        if (value instanceof SqlDynamicParam parameter) {
            plans.addParameter(parameter.getIndex(), column);
            return new Cell.Parameter(parameter.getIndex(), column);
        }
        if (value instanceof SqlLiteral literal && SimpleLiterals.isSimple(literal)) {
            return new Cell.Constant(SimpleLiterals.storedValue(literal, column));
        }
        return computedCell(value, column);
    }

    private Cell computedCell(SqlNode value, ColumnDefinition column) {
        computed.add(new ComputedCell(value, column));
        return new Cell.Computed(computed.size() - 1, column);
    }

    private Cell defaultCell(ColumnDefinition column) {
        if (column.identity() != null) {
            return new Cell.NextNumber(new IdentityColumn(target.table(), column));
        }
        SqlNode expression = DefaultValue.expression(column);
        return expression == null ? new Cell.Constant(DefaultValue.constant(column)) : computedCell(expression, column);
    }

    private List<RowQuery> computations() {
        List<RowQuery> queries = new ArrayList<>();
        for (int from = 0; from < computed.size(); from += CELLS_PER_COMPUTATION) {
            List<ComputedCell> chunk = computed.subList(from, Math.min(from + CELLS_PER_COMPUTATION, computed.size()));
            SqlSelect select =
                    SyntaxTrees.select(chunk.stream().map(ComputedCell::value).toList(), null, null, target.position());
            LogicalPlan plan = plans.plan(
                    select,
                    new RowShape(chunk.stream().map(ComputedCell::column).toList(), List.of()));
            queries.add(plans.compile(plan));
        }
        return queries;
    }

    private NewRows queryRows(SqlNode query, List<Integer> columns) {
        List<@Nullable ColumnDefinition> targets = new ArrayList<>();
        @Nullable Cell[] cells = new @Nullable Cell[target.width()];
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition column = target.column(columns.get(i));
            int index = i;
            cells[columns.get(i)] = given(column, () -> new Cell.Computed(index, column), query.getParserPosition());
            targets.add(column);
        }
        List<RowShape.DefaultedColumn> defaults = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            ColumnDefinition column = target.column(i);
            SqlNode expression = cells[i] == null && column.identity() == null ? DefaultValue.expression(column) : null;
            if (expression != null) {
                cells[i] = new Cell.Computed(columns.size() + defaults.size(), column);
                defaults.add(new RowShape.DefaultedColumn(column, expression));
            } else if (cells[i] == null) {
                cells[i] = defaultCell(column);
            }
        }
        typeBareParameters(query, targets);
        LogicalPlan plan = plans.plan(query, new RowShape(targets, defaults));
        boolean readsTarget = plan.tables().contains(target.table());
        RowTemplate template = new RowTemplate(
                Arrays.stream(cells).map(java.util.Objects::requireNonNull).toList());
        return new QueryRows(target.table(), template, plans.compile(plan), readsTarget);
    }

    /** Columns of the file get the values as they are read; defaults to compute are those of a query over these rows. */
    private NewRows fileRows(FileReference reference, List<Integer> columns) {
        NamedFile file = NamedFile.of(reference);
        List<FileColumn> fileColumns = new ArrayList<>();
        @Nullable Cell[] cells = new @Nullable Cell[target.width()];
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition column = target.column(columns.get(i));
            int index = i;
            cells[columns.get(i)] = given(column, () -> new Cell.Read(index), reference.position());
            fileColumns.add(new FileColumn(column.name(), column.dataType()));
        }
        List<SqlNode> expressions = new ArrayList<>();
        List<@Nullable ColumnDefinition> defaulted = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            ColumnDefinition column = target.column(i);
            SqlNode expression = cells[i] == null && column.identity() == null ? DefaultValue.expression(column) : null;
            if (expression != null) {
                cells[i] = new Cell.Computed(columns.size() + expressions.size(), column);
                expressions.add(expression);
                defaulted.add(column);
            } else if (cells[i] == null) {
                cells[i] = defaultCell(column);
            }
        }
        RowTemplate template = new RowTemplate(
                Arrays.stream(cells).map(java.util.Objects::requireNonNull).toList());
        RowQuery defaults = expressions.isEmpty() ? null : defaults(expressions, defaulted);
        return new RowsOfFile(target.table(), template, file, fileColumns, defaults);
    }

    private RowQuery defaults(List<SqlNode> expressions, List<@Nullable ColumnDefinition> columns) {
        SqlParserPos pos = target.position();
        SqlNode from = SqlNodes.from(target.table().id(), RowOrigin.WRITTEN, target.alias(), pos);
        return plans.compile(
                plans.plan(SyntaxTrees.select(expressions, from, null, pos), new RowShape(columns, List.of())));
    }

    private static void typeBareParameters(SqlNode query, List<@Nullable ColumnDefinition> targets) {
        if (query instanceof SqlSelect select && select.getSelectList().size() == targets.size()) {
            SqlNodeList items = select.getSelectList();
            for (int i = 0; i < items.size(); i++) {
                ColumnDefinition column = targets.get(i);
                SqlNode item = items.get(i);
                if (column != null && item != null) {
                    items.set(i, SqlNodes.typed(item, column));
                }
            }
        }
    }
}
