// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.plan.cost.Estimator;
import org.kalamdb.schema.TableDefinition;

/**
 * A scan of a table of the catalog with the filter and projection over it. Immutable.
 *
 * @param condition over the fields of the scan, or null for none
 * @param projects over the fields of the scan, or null for all of them as they are
 * @param rowType what comes out
 * @param filtered the scan with the filter alone
 */
public record StoredScan(
        TableScan scan,
        @Nullable RexNode condition,
        @Nullable List<RexNode> projects,
        RelDataType rowType,
        RelNode filtered) {
    /** The scan that a plan consists of, or null if it is something else. */
    public static @Nullable StoredScan of(RelNode root) {
        StoredScan scan = ofAnyTable(root);
        return scan != null && scan.isStored() ? scan : null;
    }

    /** As {@link #of}, also of a table that is not stored. */
    public static @Nullable StoredScan ofAnyTable(RelNode root) {
        RelNode rel = root;
        List<RexNode> projects = null;
        if (rel instanceof Project project) {
            projects = project.getProjects();
            rel = project.getInput();
        }
        RelNode filtered = rel;
        RexNode condition = null;
        if (rel instanceof Filter filter) {
            condition = filter.getCondition();
            rel = filter.getInput();
        }
        return rel instanceof TableScan scan
                ? new StoredScan(scan, condition, projects, root.getRowType(), filtered)
                : null;
    }

    /** Whether the rows are at hand, so that there is nothing to look for. */
    public boolean isAtHand() {
        RowOrigin origin = table().origin();
        return origin == RowOrigin.WRITTEN || origin == RowOrigin.EXCLUDED;
    }

    /** Whether it reads a table of the catalog, and not a file nor the rows that a recursive query has found so far. */
    public boolean isStored() {
        return scan.getTable().unwrap(StoredTable.class) != null;
    }

    /** @throws KalamException NOT_SUPPORTED if it reads none of the catalog */
    public StoredTable table() {
        StoredTable table = scan.getTable().unwrap(StoredTable.class);
        if (table == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported table " + String.join(".", scan.getTable().getQualifiedName()));
        }
        return table;
    }

    /**
     * A way to the rows.
     *
     * @param residual what is still to be tested on each row
     */
    public record Way(AccessPath path, List<RexNode> residual) {
        /** Whether the rows come in the order that was wanted. */
        public boolean isOrdered() {
            return path.order() != AccessPath.Order.ANY;
        }

        /** Whether it reads the whole table, since no key finds rows. */
        public boolean readsAll() {
            return path.readsAll();
        }

        /** A guess at how many rows it finds. @param tableRowCount rows of the table */
        public double estimatedRowCount(double tableRowCount) {
            return path.estimatedRowCount(tableRowCount);
        }
    }

    /** Whether an index is known to find so many rows that reading the table costs less. */
    private boolean findsMost(AccessPath path, List<RexNode> conjuncts, RexBuilder rexBuilder) {
        if (!path.key().isConstant()) {
            return false;
        }
        List<RexNode> answered = new ArrayList<>(conjuncts);
        path.residual().forEach(residual -> answered.remove(conjuncts.get(residual)));
        RexNode found = RexUtil.composeConjunction(rexBuilder, answered);
        Estimator estimator = new Estimator();
        return estimator.rows(LogicalFilter.create(scan, found)) * AccessCost.ROW_OF_INDEX
                > estimator.rows(scan) * AccessCost.SCAN_OF_HOT_ROW;
    }

    /** The best way to its rows. @param wanted the order that is wanted, or null for none */
    public Way way(@Nullable WantedOrder wanted, RexBuilder rexBuilder) {
        List<RexNode> whole = condition == null ? List.of() : List.of(condition);
        if (isAtHand()) {
            return new Way(AccessPath.all(List.of()), whole);
        }
        List<RexNode> conjuncts = condition == null
                ? List.of()
                : RelOptUtil.conjunctions(RexUtil.expandSearch(rexBuilder, null, condition));
        TableDefinition definition = table().definition();
        KeyConditions keys = new KeyConditions(table(), rexBuilder);
        List<KeyCondition> conditions = conjuncts.stream().map(keys::of).toList();
        AccessPath path = AccessPath.choose(definition, conditions, wanted);
        if (table().readsDeleted() && path.index() != null) {
            // Indexes do not know rows that were deleted.
            path = AccessPath.all(conditions);
        }
        if (path.index() != null && path.order() == AccessPath.Order.ANY && findsMost(path, conjuncts, rexBuilder)) {
            path = AccessPath.all(conditions);
        }
        return new Way(
                path,
                path.readsAll()
                        ? whole
                        : path.residual().stream().map(conjuncts::get).toList());
    }
}
