// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.List;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.GatherOperator;
import org.kalamdb.exec.operator.Operator;
import org.kalamdb.exec.operator.SharedRows;

/**
 * A part of a plan that several others read and that runs once. Filters of joins do not go into it, since what one of them does
 * not want another may. Safe for use by several threads.
 */
final class SharedSubplan {
    /** With fewer rows, a second thread costs more than it saves. */
    private static final double MIN_ROWS_OF_PARTS = 100_000;

    private final int number;
    private final OperatorPlan plan;
    private final List<LaneType> types;

    /**
     * @param number by which EXPLAIN shows who reads the same
     * @param types of the columns of the plan
     */
    SharedSubplan(int number, OperatorPlan plan, List<LaneType> types) {
        this.number = number;
        this.plan = plan;
        this.types = types;
    }

    /** What reads the rows first, as EXPLAIN shows it: with the plan that they come from. */
    OperatorPlan first() {
        return reader("Shared(" + number + ")", List.of(plan));
    }

    /** What reads the rows besides. */
    OperatorPlan again() {
        return reader("Shared(" + number + ", read again)", List.of());
    }

    private OperatorPlan reader(String name, List<OperatorPlan> inputs) {
        OperatorPlan reader = new OperatorPlan(
                name, inputs, context -> readers(context, 1).get(0), context -> readers(context, partCount(context)));
        return reader.withEstimate(plan.estimatedRows());
    }

    private int partCount(QueryContext context) {
        return plan.estimatedRows() >= MIN_ROWS_OF_PARTS
                ? context.resources().workers().threads()
                : 1;
    }

    private List<Operator> readers(QueryContext context, int parts) {
        return context.readers(
                this,
                parts,
                () -> new SharedRows(() -> GatherOperator.of(plan.openParts(context), types, context), types, context));
    }
}
