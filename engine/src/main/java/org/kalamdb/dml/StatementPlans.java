// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.exec.columnar.QueryCompiler;
import org.kalamdb.file.FileSet;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.plan.RowShape;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.KalamDataType;

/** The plans that one statement consists of, and what they have in common. Confined to one thread. */
final class StatementPlans {
    private final Supplier<QueryPlanner> planner;
    private final Map<Integer, KalamDataType> parameterTypes = new HashMap<>();
    private final List<CompiledQuery> queries = new ArrayList<>();
    private final Set<TableDefinition> tables = new HashSet<>();
    private final Set<ViewDefinition> views = new HashSet<>();
    private final Set<FileSet> files = new HashSet<>();

    StatementPlans(Supplier<QueryPlanner> planner, TableDefinition target) {
        this.planner = planner;
        tables.add(target);
    }

    LogicalPlan plan(SqlNode query, @Nullable RowShape shape) {
        LogicalPlan plan = planner.get().plan(query, shape);
        plan.parameterTypes().forEach(this::addParameter);
        tables.addAll(plan.tables());
        views.addAll(plan.views());
        files.addAll(plan.files());
        return plan;
    }

    /** A parameter that is written to a column as it is. */
    void addParameter(int index, ColumnDefinition column) {
        addParameter(index, column.dataType());
    }

    private void addParameter(int index, KalamDataType type) {
        KalamDataType other = parameterTypes.putIfAbsent(index, type);
        if (other != null && !other.equals(type)) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    "Parameter $" + (index + 1) + " is used as " + other + " and as " + type + ": cast it");
        }
    }

    /** Makes a plan runnable. */
    CompiledQuery compile(LogicalPlan plan) {
        CompiledQuery query = QueryCompiler.compile(plan);
        queries.add(query);
        return query;
    }

    ModificationPlan modification(RowChange change, ConstraintPlan constraints, @Nullable Returning returning) {
        tables.addAll(constraints.tables());
        return new ModificationPlan(change, constraints, returning, parameterTypes, tables, views, files, queries);
    }
}
