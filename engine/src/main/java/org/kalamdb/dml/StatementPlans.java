// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.plan.RowShape;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ViewDefinition;

/** The plans that one statement consists of, and what they have in common. Confined to one thread. */
final class StatementPlans {
    private final QueryPlanner planner;
    private final Map<Integer, RelDataType> parameterTypes = new HashMap<>();
    private final List<LogicalPlan> plans = new ArrayList<>();
    private final Set<TableDefinition> tables = new HashSet<>();
    private final Set<ViewDefinition> views = new HashSet<>();

    StatementPlans(QueryPlanner planner, TableDefinition target) {
        this.planner = planner;
        tables.add(target);
    }

    LogicalPlan plan(SqlNode query, @Nullable RowShape shape) {
        LogicalPlan plan = planner.plan(query, shape);
        plan.parameterTypes().forEach(this::addParameter);
        plans.add(plan);
        tables.addAll(plan.tables());
        views.addAll(plan.views());
        return plan;
    }

    /** A parameter that is written to a column as it is. */
    void addParameter(int index, ColumnDefinition column) {
        addParameter(index, planner.typeFactory().relType(column.dataType(), true));
    }

    private void addParameter(int index, RelDataType type) {
        RelDataType other = parameterTypes.putIfAbsent(index, type);
        if (other != null && !SqlTypeUtil.equalSansNullability(other, type)) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    "Parameter $" + (index + 1) + " is used as " + other + " and as " + type + ": cast it");
        }
    }

    /** All plans so far. */
    List<LogicalPlan> all() {
        return plans;
    }

    ModificationPlan modification(RowChange change, ConstraintPlan constraints, @Nullable Returning returning) {
        tables.addAll(constraints.tables());
        return new ModificationPlan(change, constraints, returning, parameterTypes, tables, views);
    }
}
