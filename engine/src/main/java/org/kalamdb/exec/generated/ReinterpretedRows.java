// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of its input, taken for rows of another type whose values are the same Java objects. No code. Immutable. */
final class ReinterpretedRows extends SingleRel implements EnumerableRel {
    private ReinterpretedRows(RelOptCluster cluster, RelTraitSet traits, RelNode input, RelDataType rowType) {
        super(cluster, traits, input);
        this.rowType = rowType;
    }

    static ReinterpretedRows create(RelNode input, RelDataType rowType) {
        return new ReinterpretedRows(input.getCluster(), input.getTraitSet(), input, rowType);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new ReinterpretedRows(getCluster(), traitSet, inputs.get(0), getRowType());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("type", getRowType());
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        Result result = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        PhysType physicalType =
                PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), result.physType.getFormat(), false);
        return implementor.result(physicalType, result.block);
    }
}
