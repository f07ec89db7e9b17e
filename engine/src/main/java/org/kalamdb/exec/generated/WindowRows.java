// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.expression.WindowSteps;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.OperatorRows;
import org.kalamdb.exec.operator.RowsOperator;
import org.kalamdb.exec.operator.WindowOperator;
import org.kalamdb.exec.window.WindowDefinition;

/**
 * The rows of its input, which come sorted by partition and order, with the values of window functions behind their own, where
 * generated code is around them.
 */
final class WindowRows extends SingleRel implements EnumerableRel {
    private final WindowDefinition window;

    private WindowRows(
            RelOptCluster cluster, RelTraitSet traits, RelNode input, RelDataType rowType, WindowDefinition window) {
        super(cluster, traits, input);
        this.rowType = rowType;
        this.window = window;
    }

    /** The rows of a window. @param input the input of the window, in the enumerable convention */
    static RelNode of(Window window, RelNode input) {
        List<RelDataTypeField> fields = window.getRowType().getFieldList();
        RelNode rows = input;
        for (WindowSteps.Step step : WindowSteps.of(window)) {
            RelDataTypeFactory.Builder rowType =
                    window.getCluster().getTypeFactory().builder();
            rowType.addAll(fields.subList(0, step.widened()));
            RelNode sorted = step.sortKeys().isEmpty()
                    ? rows
                    : SortedRows.create(rows, RelCollations.of(step.sortKeys()), null, null);
            rows = new WindowRows(window.getCluster(), rows.getTraitSet(), sorted, rowType.build(), step.definition());
        }
        return rows;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new WindowRows(getCluster(), traitSet, inputs.get(0), getRowType(), window);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("window", window).item("type", rowType);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        WindowDefinition definition = window;
        List<LaneType> inputTypes = LaneTypes.ofFields(getInput().getRowType());
        List<LaneType> types = LaneTypes.ofFields(getRowType());
        return ComputedRows.implement(
                this,
                implementor,
                (input, context) -> new OperatorRows(
                        new WindowOperator(
                                new RowsOperator(input.enumerator(), inputTypes, context), types, definition, context),
                        types.size()));
    }
}
