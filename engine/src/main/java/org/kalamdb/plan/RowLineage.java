// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Updatability;

/**
 * Follows the rows of a query to the table whose rows they are, one for one: through projections, conditions, orders and
 * the views and subqueries in FROM that consist of such. Stateless.
 */
final class RowLineage {
    private RowLineage() {}

    /** @param query before it is optimised, so that it says what its text says */
    static Updatability of(RelNode query) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < query.getRowType().getFieldCount(); i++) {
            positions.add(i);
        }
        RelNode current = query;
        while (!(current instanceof TableScan)) {
            if (current instanceof Project project) {
                positions.replaceAll(position -> positionBelow(project, position));
                current = project.getInput();
            } else if (current instanceof Filter || current instanceof Sort) {
                current = current.getInput(0);
            } else {
                return new Updatability.ReadOnly(whyNot(current));
            }
        }
        return ofScan(current.getTable(), positions);
    }

    private static int positionBelow(Project project, int position) {
        if (position == Updatability.COMPUTED) {
            return position;
        }
        RexNode expression = project.getProjects().get(position);
        return expression instanceof RexInputRef column ? column.getIndex() : Updatability.COMPUTED;
    }

    private static Updatability ofScan(@Nullable RelOptTable scanned, List<Integer> positions) {
        StoredTable table = scanned == null ? null : scanned.unwrap(StoredTable.class);
        if (table == null) {
            return new Updatability.ReadOnly("the query reads no table");
        }
        if (table.readsDeleted()) {
            return new Updatability.ReadOnly("the query reads rows that were deleted");
        }
        int columnCount = table.definition().columns().size();
        positions.replaceAll(position -> position < columnCount ? position : Updatability.COMPUTED);
        return Updatability.of(table.definition(), positions);
    }

    private static String whyNot(RelNode node) {
        if (node instanceof Join || node instanceof Correlate) {
            return "the query joins";
        }
        if (node instanceof Aggregate) {
            return "the query groups rows or leaves out equal ones";
        }
        if (node instanceof SetOp) {
            return "the query combines the rows of several";
        }
        return "the query reads no table";
    }
}
