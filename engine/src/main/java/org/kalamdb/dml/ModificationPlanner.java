// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.RowShape;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.plan.SyntaxTrees;
import org.kalamdb.plan.SystemColumnUse;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.Modification;
import org.kalamdb.sql.Modification.ConflictAction;
import org.kalamdb.sql.Modification.OnConflict;

/** Plans statements that change rows. Confined to one thread. */
public final class ModificationPlanner {
    private static final String EXCLUDED = "excluded";

    private final Supplier<QueryPlanner> planner;
    private final CheckCache checks;
    private final StatementPlans plans;
    private final TableDefinition table;

    /**
     * @param checks where compiled check constraints are kept
     * @param table the table that the statement changes
     */
    public ModificationPlanner(Supplier<QueryPlanner> planner, CheckCache checks, TableDefinition table) {
        this.planner = planner;
        this.checks = checks;
        this.plans = new StatementPlans(planner, table);
        this.table = table;
    }

    /**
     * Plans one statement.
     *
     * @param generatedKeys which columns of the written rows are answered if the statement has no RETURNING
     * @throws KalamException if it is not valid
     */
    public ModificationPlan plan(Modification statement, GeneratedKeys generatedKeys) {
        Target target = target(statement);
        requireWritable(statement, target);
        List<SqlNode> items = ReturningItems.of(statement, generatedKeys, target);
        Returning returning = items.isEmpty() ? null : returning(items, target);
        RowChange change = change(statement, target, returning != null);
        return plans.modification(change, ConstraintPlan.of(planner, checks, table), returning);
    }

    private Target target(Modification statement) {
        return Target.of(table, statement.target(), alias(statement));
    }

    private static @Nullable SqlIdentifier alias(Modification statement) {
        if (statement instanceof Modification.Insert insert) {
            return insert.alias();
        }
        if (statement instanceof Modification.Update update) {
            return update.alias();
        }
        if (statement instanceof Modification.Delete delete) {
            return delete.alias();
        }
        return statement instanceof Modification.Merge merge ? merge.alias() : null;
    }

    private static void requireWritable(Modification statement, Target target) {
        TableType type = target.table().type();
        if (type == TableType.SYSTEM) {
            throw new KalamException(
                    ErrorCode.PERMISSION_DENIED,
                    ObjectNames.position(target.position()),
                    "Cannot change table " + target.table().id() + ": system tables are read-only",
                    null);
        }
        boolean updates = statement instanceof Modification.Update
                || statement instanceof Modification.Merge
                || statement instanceof Modification.Insert insert
                        && insert.onConflict() != null
                        && !(insert.onConflict().action() instanceof ConflictAction.DoNothing);
        if (type == TableType.STREAM && updates) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(target.position()),
                    "Cannot update table " + target.table().id()
                            + ": rows of a STREAM table are inserted, expire or are deleted",
                    null);
        }
    }

    private RowChange change(Modification statement, Target target, boolean keepsRows) {
        if (statement instanceof Modification.Insert insert) {
            NewRows rows = new InsertPlanner(plans, target, insert.overriding()).plan(insert);
            return new Insertion(rows, insert.onConflict() == null ? null : resolution(insert.onConflict(), target));
        }
        if (statement instanceof Modification.Update update) {
            return update(update, target);
        }
        if (statement instanceof Modification.Delete delete) {
            return deletion(target, delete.where(), keepsRows);
        }
        if (statement instanceof Modification.Merge merge) {
            return new MergePlanner(plans, target).plan(merge);
        }
        Modification.TruncateTable truncate = (Modification.TruncateTable) statement;
        if (!table.referencedBy().isEmpty()) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(target.position()),
                    "Cannot truncate table " + table.id() + ": table "
                            + table.referencedBy().get(0) + " references it; use DELETE",
                    null);
        }
        return new Truncation(table, deletion(target, null, false).query(), truncate.restartIdentity());
    }

    private Update update(Modification.Update update, Target target) {
        SqlParserPos pos = target.position();
        SqlNode from = SqlNodes.from(table.id(), RowOrigin.STORED_WITH_KEY, target.alias(), pos);
        SqlNode others = update.from();
        if (others != null) {
            from = new SqlJoin(
                    pos,
                    from,
                    SqlLiteral.createBoolean(false, pos),
                    JoinType.COMMA.symbol(pos),
                    others,
                    JoinConditionType.NONE.symbol(pos),
                    null);
        }
        List<SqlNode> items = new ArrayList<>();
        items.add(SqlNodes.column(target.alias(), StoredTable.ROW_KEY, pos));
        items.addAll(Assignments.newRow(target, update.assignments()));
        List<@Nullable ColumnDefinition> targets = new ArrayList<>();
        targets.add(null);
        targets.addAll(table.columns());
        boolean movesRows = update.assignments().stream()
                .map(each -> target.column(target.indexOf(each.column())))
                .anyMatch(column -> Update.isInKey(table, column.name()));
        return new Update(
                table,
                compile(SyntaxTrees.select(items, from, update.where(), pos), new RowShape(targets, List.of())),
                movesRows);
    }

    private Deletion deletion(Target target, @Nullable SqlNode where, boolean keepsRows) {
        SqlParserPos pos = target.position();
        List<SqlNode> items = new ArrayList<>();
        items.add(SqlNodes.column(target.alias(), StoredTable.ROW_KEY, pos));
        if (keepsRows) {
            items.addAll(Assignments.newRow(target, List.of()));
        }
        SqlNode from = SqlNodes.from(table.id(), RowOrigin.STORED_WITH_KEY, target.alias(), pos);
        List<@Nullable ColumnDefinition> targets = new ArrayList<>(Collections.nCopies(items.size(), null));
        return new Deletion(
                table, compile(SyntaxTrees.select(items, from, where, pos), new RowShape(targets, List.of())));
    }

    private ConflictResolution resolution(OnConflict onConflict, Target target) {
        ConflictAction action = onConflict.action();
        ConflictTarget conflictTarget = ConflictTarget.of(onConflict, target);
        if (action instanceof ConflictAction.DoNothing) {
            return new ConflictResolution(table, conflictTarget, ConflictResolution.Action.NOTHING, null);
        }
        if (action instanceof ConflictAction.Replace) {
            return new ConflictResolution(table, conflictTarget, ConflictResolution.Action.REPLACE, null);
        }
        ConflictAction.DoUpdate update = (ConflictAction.DoUpdate) action;
        SqlParserPos pos = onConflict.position();
        SqlNode both = new SqlJoin(
                pos,
                SqlNodes.from(table.id(), RowOrigin.WRITTEN, target.alias(), pos),
                SqlLiteral.createBoolean(false, pos),
                JoinType.COMMA.symbol(pos),
                SqlNodes.from(table.id(), RowOrigin.EXCLUDED, EXCLUDED, pos),
                JoinConditionType.NONE.symbol(pos),
                null);
        List<SqlNode> items = Assignments.newRow(target, update.assignments());
        return new ConflictResolution(
                table,
                conflictTarget,
                ConflictResolution.Action.UPDATE,
                compile(
                        SyntaxTrees.select(items, both, update.where(), pos),
                        new RowShape(new ArrayList<>(table.columns()), List.of())));
    }

    private CompiledQuery compile(SqlNode query, RowShape shape) {
        return plans.compile(plans.plan(query, shape));
    }

    private Returning returning(List<SqlNode> items, Target target) {
        for (SqlNode item : items) {
            if (SystemColumnUse.of(item) != SystemColumnUse.NONE) {
                throw new KalamException(
                        ErrorCode.NOT_SUPPORTED,
                        ObjectNames.position(item.getParserPosition()),
                        "Cannot return a system column of table " + table.id()
                                + ": rows have it when they are committed; query it then",
                        null);
            }
        }
        SqlNode from = SqlNodes.from(table.id(), RowOrigin.WRITTEN, target.alias(), target.position());
        LogicalPlan plan = plans.plan(SyntaxTrees.select(items, from, null, target.position()), null);
        return new Returning.OfQuery(table, plans.compile(plan), plan.columns());
    }
}
