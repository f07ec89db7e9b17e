// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.StoredTable;

/**
 * A scan of a table of the catalog with the filter and projection over it. Immutable.
 *
 * @param condition over the fields of the scan, or null for none
 * @param projects over the fields of the scan, or null for all of them as they are
 * @param rowType what comes out
 */
record StoredScan(
        TableScan scan,
        @Nullable RexNode condition,
        @Nullable List<RexNode> projects,
        RelDataType rowType) {
    /** The scan that a plan consists of, or null if it is something else. */
    static @Nullable StoredScan of(RelNode root) {
        RelNode rel = root;
        List<RexNode> projects = null;
        if (rel instanceof Project project) {
            projects = project.getProjects();
            rel = project.getInput();
        }
        RexNode condition = null;
        if (rel instanceof Filter filter) {
            condition = filter.getCondition();
            rel = filter.getInput();
        }
        return rel instanceof TableScan scan && EnumerableConversion.isStored(scan)
                ? new StoredScan(scan, condition, projects, root.getRowType())
                : null;
    }

    /** Whether the rows are at hand, so that there is nothing to look for. */
    boolean isAtHand() {
        RowOrigin origin = table().origin();
        return origin == RowOrigin.WRITTEN || origin == RowOrigin.EXCLUDED;
    }

    StoredTable table() {
        return EnumerableConversion.storedTable(scan);
    }

    /** The best way to its rows. @param wanted the order that is wanted, or null for none */
    AccessPath path(@Nullable WantedOrder wanted, RexBuilder rexBuilder) {
        return isAtHand()
                ? AccessPath.all(condition == null ? List.of() : List.of(condition))
                : AccessPath.choose(table().definition(), condition, wanted, rexBuilder);
    }
}
