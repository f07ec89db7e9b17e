// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.RowShape;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.plan.SyntaxTrees;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.sql.Modification.Merge;
import org.kalamdb.sql.Modification.MergeAction;
import org.kalamdb.sql.Modification.MergeClause;

/**
 * Plans MERGE as one query: the source outer-joined with the target, and for each pair the clause that decides and the
 * row that results. Confined to one thread.
 */
final class MergePlanner {
    private final StatementPlans plans;
    private final Target target;

    MergePlanner(StatementPlans plans, Target target) {
        this.plans = plans;
        this.target = target;
    }

    Merging plan(Merge merge) {
        SqlParserPos pos = merge.position();
        SqlNode pairs = new SqlJoin(
                pos,
                merge.source(),
                SqlLiteral.createBoolean(false, pos),
                JoinType.LEFT.symbol(pos),
                SqlNodes.from(target.table().id(), RowOrigin.STORED_WITH_KEY, target.alias(), pos),
                JoinConditionType.ON.symbol(pos),
                merge.on());
        List<List<@Nullable SqlNode>> rows = new ArrayList<>();
        List<Merging.Clause> clauses = new ArrayList<>();
        for (MergeClause clause : merge.clauses()) {
            rows.add(row(clause));
            clauses.add(clause(clause));
        }
        List<SqlNode> items = new ArrayList<>();
        items.add(decidingClause(merge.clauses(), pos));
        items.add(SqlNodes.column(target.alias(), StoredTable.ROW_KEY, pos));
        for (int column = 0; column < target.width(); column++) {
            items.add(columnOfDecidingClause(merge.clauses(), rows, column, pos));
        }
        List<@Nullable ColumnDefinition> targets = new ArrayList<>();
        targets.add(null);
        targets.add(null);
        targets.addAll(target.table().columns());
        return new Merging(
                target.table(),
                plans.compile(
                        plans.plan(SyntaxTrees.select(items, pairs, null, pos), new RowShape(targets, List.of()))),
                clauses);
    }

    private static Merging.Clause clauseOf(Merging.Kind kind) {
        return new Merging.Clause(kind, List.of());
    }

    private Merging.Clause clause(MergeClause clause) {
        MergeAction action = clause.action();
        if (action instanceof MergeAction.MergeInsert insert) {
            return new Merging.Clause(Merging.Kind.INSERT, generatedColumns(insert));
        }
        if (action instanceof MergeAction.MergeUpdate) {
            return clauseOf(Merging.Kind.UPDATE);
        }
        return clauseOf(action instanceof MergeAction.MergeDelete ? Merging.Kind.DELETE : Merging.Kind.NOTHING);
    }

    private List<Integer> generatedColumns(MergeAction.MergeInsert insert) {
        List<@Nullable SqlNode> given = givenValues(insert);
        List<Integer> generated = new ArrayList<>();
        for (int i = 0; i < target.width(); i++) {
            IdentityDefinition identity = target.column(i).identity();
            if (identity != null && given.get(i) == null) {
                generated.add(i);
            } else if (identity != null && identity.always()) {
                throw new KalamException(
                        ErrorCode.GENERATED_ALWAYS,
                        "Cannot write to column " + target.column(i).name() + " of table "
                                + target.table().id() + ": it is GENERATED ALWAYS; leave it out");
            }
        }
        return generated;
    }

    /** One value a column of the table; null where the clause gives none. */
    private List<@Nullable SqlNode> givenValues(MergeAction.MergeInsert insert) {
        List<Integer> columns = target.writtenColumns(insert.columns());
        List<SqlNode> values = insert.values();
        if (!values.isEmpty() && values.size() != columns.size()) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    ObjectNames.position(values.get(0).getParserPosition()),
                    "Number of values does not match the number of columns: " + columns.size() + " columns, "
                            + values.size() + " values",
                    null);
        }
        List<@Nullable SqlNode> given = new ArrayList<>(java.util.Collections.nCopies(target.width(), null));
        for (int i = 0; i < values.size(); i++) {
            if (!SqlNodes.isDefault(values.get(i))) {
                given.set(columns.get(i), values.get(i));
            }
        }
        return given;
    }

    /** The row that a clause writes or removes, one expression a column; null where the engine fills it in. */
    private List<@Nullable SqlNode> row(MergeClause clause) {
        MergeAction action = clause.action();
        if (action instanceof MergeAction.MergeUpdate update) {
            return new ArrayList<>(Assignments.newRow(target, update.assignments()));
        }
        if (!(action instanceof MergeAction.MergeInsert insert)) {
            return new ArrayList<>(Assignments.newRow(target, List.of()));
        }
        List<@Nullable SqlNode> row = givenValues(insert);
        for (int i = 0; i < row.size(); i++) {
            ColumnDefinition column = target.column(i);
            if (row.get(i) == null && column.identity() == null) {
                row.set(i, Assignments.defaultValue(column, clause.position()));
            }
        }
        return row;
    }

    private SqlNode guard(MergeClause clause) {
        SqlParserPos pos = clause.position();
        SqlNode key = SqlNodes.column(target.alias(), StoredTable.ROW_KEY, pos);
        SqlNode matched = clause.matched()
                ? SqlStdOperatorTable.IS_NOT_NULL.createCall(pos, key)
                : SqlStdOperatorTable.IS_NULL.createCall(pos, key);
        SqlNode condition = clause.condition();
        return condition == null ? matched : SqlStdOperatorTable.AND.createCall(pos, matched, condition);
    }

    private SqlNode decidingClause(List<MergeClause> clauses, SqlParserPos pos) {
        SqlNodeList guards = new SqlNodeList(pos);
        SqlNodeList indexes = new SqlNodeList(pos);
        for (int i = 0; i < clauses.size(); i++) {
            guards.add(guard(clauses.get(i)));
            indexes.add(SqlLiteral.createExactNumeric(Integer.toString(i), pos));
        }
        return new SqlCase(pos, null, guards, indexes, SqlLiteral.createNull(pos));
    }

    private SqlNode columnOfDecidingClause(
            List<MergeClause> clauses, List<List<@Nullable SqlNode>> rows, int column, SqlParserPos pos) {
        SqlNodeList guards = new SqlNodeList(pos);
        SqlNodeList values = new SqlNodeList(pos);
        for (int i = 0; i < clauses.size(); i++) {
            SqlNode value = rows.get(i).get(column);
            guards.add(guard(clauses.get(i)));
            values.add(SqlNodes.cast(value == null ? SqlLiteral.createNull(pos) : value, target.column(column)));
        }
        return new SqlCase(pos, null, guards, values, SqlNodes.cast(SqlLiteral.createNull(pos), target.column(column)));
    }
}
