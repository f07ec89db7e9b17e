// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.List;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexBuilder;
import org.kalamdb.exec.expression.ExpressionText;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.expression.WindowSteps;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.SortOperator;
import org.kalamdb.exec.operator.WindowOperator;
import org.kalamdb.exec.window.WindowDefinition;

/** Turns each group of functions of a window into a sort and the functions over the sorted rows. Confined to one thread. */
final class WindowConversion {
    private final Window window;
    private final RexBuilder rexBuilder;
    private final List<LaneType> types;

    WindowConversion(Window window) {
        this.window = window;
        this.rexBuilder = window.getCluster().getRexBuilder();
        this.types = LaneTypes.ofFields(window.getRowType());
    }

    /** @param input the input of the window */
    OperatorPlan convert(OperatorPlan input) {
        OperatorPlan rows = input;
        for (WindowSteps.Step step : WindowSteps.of(window)) {
            rows = functions(sorted(rows, step), step);
        }
        return rows;
    }

    private OperatorPlan sorted(OperatorPlan rows, WindowSteps.Step step) {
        if (step.sortKeys().isEmpty()) {
            return rows;
        }
        SortOperator.Definition sort =
                new SortOperator.Definition(types.subList(0, step.fieldCount()), SortKeys.of(step.sortKeys()));
        String keys = ExpressionText.over(rexBuilder, window.getRowType()).ofSortKeys(step.sortKeys());
        return OperatorPlan.overAll(
                rows,
                "Sort(" + keys + ")",
                (parts, context) -> new SortOperator(parts, sort, 0, Long.MAX_VALUE, context));
    }

    private OperatorPlan functions(OperatorPlan sorted, WindowSteps.Step step) {
        List<LaneType> widened = types.subList(0, step.widened());
        WindowDefinition definition = step.definition();
        return OperatorPlan.over(
                sorted,
                "Window(" + ExpressionText.ofWindow(rexBuilder, window, step.group()) + ")",
                (rows, context) -> new WindowOperator(rows, widened, definition, context));
    }
}
