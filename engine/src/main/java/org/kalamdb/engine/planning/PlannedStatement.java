// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.kalamdb.copy.NamedFile;
import org.kalamdb.dml.ModificationPlan;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.engine.Updatability;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.DescribedQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.sql.Explain;
import org.kalamdb.sql.Statement;
import org.kalamdb.type.KalamDataType;

/** A statement as far as it can be prepared. Safe for use by several threads. */
public sealed interface PlannedStatement {
    StatementKind kind();

    /** The columns of its rows; empty if it answers a count. */
    List<ResultColumn> columns();

    /** By 0-based index. */
    default Map<Integer, KalamDataType> parameterTypes() {
        return Map.of();
    }

    /** What it was planned with. */
    default PlanInputs inputs() {
        return PlanInputs.NONE;
    }

    /** Whether its rows can be changed one by one. */
    default Updatability updatability() {
        return new Updatability.ReadOnly("the statement is no query of a table");
    }

    /**
     * A query.
     *
     * @param betweenCommits as in {@link org.kalamdb.plan.LogicalPlan}
     * @param rowOrigin answers whether its rows can be changed one by one; worked out when it is asked, which is seldom
     */
    record OfQuery(
            BatchQuery query,
            List<ResultColumn> columns,
            Map<Integer, KalamDataType> parameterTypes,
            PlanInputs inputs,
            boolean betweenCommits,
            Supplier<Updatability> rowOrigin)
            implements PlannedStatement {
        @Override
        public StatementKind kind() {
            return StatementKind.QUERY;
        }

        @Override
        public Updatability updatability() {
            return rowOrigin.get();
        }
    }

    /** @param returnsRows whether the rows it answers are its result (RETURNING) and not only its generated keys */
    record OfModification(ModificationPlan plan, boolean returnsRows, PlanInputs inputs) implements PlannedStatement {
        OfModification(ModificationPlan plan, boolean returnsRows) {
            this(plan, returnsRows, new PlanInputs(plan.tables(), plan.views(), plan.files(), Map.of()));
        }

        @Override
        public StatementKind kind() {
            return StatementKind.DML;
        }

        @Override
        public List<ResultColumn> columns() {
            return returnsRows ? plan.columns() : List.of();
        }

        @Override
        public Map<Integer, KalamDataType> parameterTypes() {
            return plan.parameterTypes();
        }
    }

    /** @param query whose rows are written to {@code file} */
    record OfExport(OfQuery query, NamedFile file) implements PlannedStatement {
        @Override
        public StatementKind kind() {
            return StatementKind.DML;
        }

        @Override
        public List<ResultColumn> columns() {
            return List.of();
        }

        @Override
        public Map<Integer, KalamDataType> parameterTypes() {
            return query.parameterTypes();
        }

        @Override
        public PlanInputs inputs() {
            return query.inputs();
        }
    }

    /**
     * EXPLAIN.
     *
     * @param explained a query or a modification
     * @param analyze whether it is run and measured
     * @param format of the answer
     * @param estimatedRows how many rows a query is thought to answer that was planned without estimates; else NaN
     */
    record OfExplain(
            PlannedStatement explained,
            boolean analyze,
            Explain.Format format,
            List<ResultColumn> columns,
            double estimatedRows)
            implements PlannedStatement {
        @Override
        public StatementKind kind() {
            return StatementKind.QUERY;
        }

        @Override
        public Map<Integer, KalamDataType> parameterTypes() {
            return explained.parameterTypes();
        }

        @Override
        public PlanInputs inputs() {
            return explained.inputs();
        }

        /** The plans that the statement consists of. */
        public List<PlanDescription> plans() {
            if (explained instanceof OfQuery query) {
                PlanDescription plan = query.query().describe();
                return List.of(Double.isNaN(estimatedRows) ? plan : plan.withEstimate(estimatedRows));
            }
            return ((OfModification) explained)
                    .plan().queries().stream().map(DescribedQuery::describe).toList();
        }
    }

    /** A statement that is worked out when it runs. */
    record OfCommand(Statement statement, List<ResultColumn> columns) implements PlannedStatement {
        @Override
        public StatementKind kind() {
            return statement.kind();
        }
    }
}
