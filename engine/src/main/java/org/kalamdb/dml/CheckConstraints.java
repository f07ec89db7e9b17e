// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.exec.columnar.QueryCompiler;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.SyntaxTrees;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.KalamParser;
import org.kalamdb.type.StoredValues;

/**
 * Check constraints of one table as one query over many rows, which answers for each row the first condition that is
 * false. Safe for use by several threads.
 */
public final class CheckConstraints {
    private static final int SHOWN_LENGTH = 200;

    private final TableDefinition table;
    private final List<Constraint.Check> checks;
    private final @Nullable RowQuery violated;

    private CheckConstraints(TableDefinition table, List<Constraint.Check> checks, @Nullable RowQuery violated) {
        this.table = table;
        this.checks = checks;
        this.violated = violated;
    }

    /** No check constraints. */
    static CheckConstraints none(TableDefinition table) {
        return new CheckConstraints(table, List.of(), null);
    }

    /**
     * Those of {@code checks}.
     *
     * @param planner finds {@code table} as it is given here
     */
    public static CheckConstraints compile(QueryPlanner planner, TableDefinition table, List<Constraint.Check> checks) {
        if (checks.isEmpty()) {
            return none(table);
        }
        SqlParserPos pos = SqlParserPos.ZERO;
        SqlNodeList conditions = new SqlNodeList(pos);
        SqlNodeList indexes = new SqlNodeList(pos);
        for (int i = 0; i < checks.size(); i++) {
            SqlNode condition = KalamParser.parseExpression(checks.get(i).expression());
            conditions.add(SqlStdOperatorTable.NOT.createCall(pos, condition));
            indexes.add(SqlLiteral.createExactNumeric(Integer.toString(i), pos));
        }
        SqlNode first = new SqlCase(pos, null, conditions, indexes, SqlLiteral.createNull(pos));
        SqlNode from = SqlNodes.from(table.id(), RowOrigin.WRITTEN, table.id().name(), pos);
        return new CheckConstraints(
                table,
                checks,
                QueryCompiler.compile(planner.planUnwritten(SyntaxTrees.select(List.of(first), from, null, pos))));
    }

    boolean isEmpty() {
        return checks.isEmpty();
    }

    /**
     * Tests rows.
     *
     * @param rows stored values of all columns of the table
     * @throws KalamException CHECK_VIOLATION if a condition is false for one of them; NULL is not false
     */
    public void verify(QueryContext context, List<@Nullable Object[]> rows) {
        RowQuery query = violated;
        if (query == null || rows.isEmpty()) {
            return;
        }
        QueryContext overRows = context.withRows(RowOrigin.WRITTEN, Returning.internalRows(table, rows));
        try (Enumerator<@Nullable Object[]> answer = query.rows(overRows).enumerator()) {
            for (int row = 0; answer.moveNext(); row++) {
                if (answer.current()[0] instanceof Number index) {
                    throw violation(checks.get(index.intValue()), rows.get(row));
                }
            }
        }
    }

    private KalamException violation(Constraint.Check check, @Nullable Object[] row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            ColumnDefinition column = table.columns().get(i);
            Object value = row[i];
            if (check.columns().contains(column.name())) {
                values.add(column.name() + " = "
                        + (value == null ? "NULL" : StoredValues.toText(column.dataType(), value)));
            }
        }
        String shown = String.join(", ", values);
        return new KalamException(
                ErrorCode.CHECK_VIOLATION,
                "Row of table " + table.id() + " violates check constraint \"" + check.name() + "\" ("
                        + check.expression()
                        + "): "
                        + (shown.length() > SHOWN_LENGTH ? shown.substring(0, SHOWN_LENGTH) + "..." : shown));
    }
}
