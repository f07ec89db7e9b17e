// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.scan.LeafSource;

/** A leaf of an enumerable plan: rows that come from a {@link LeafSource}. Public for generated code. */
public final class EnumerableLeaf extends AbstractRelNode implements EnumerableRel {
    private final LeafSource source;
    private final double estimatedRowCount;

    EnumerableLeaf(RelOptCluster cluster, RelDataType rowType, LeafSource source, double estimatedRowCount) {
        super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE));
        this.rowType = rowType;
        this.source = source;
        this.estimatedRowCount = estimatedRowCount;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return estimatedRowCount;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("source", source).item("type", rowType);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        PhysType physicalType = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
        boolean scalar = physicalType.getFormat() == JavaRowFormat.SCALAR;
        return implementor.result(
                physicalType,
                Expressions.block(Expressions.return_(
                        null,
                        Expressions.call(
                                EnumerableLeaf.class,
                                scalar ? "scalars" : "rows",
                                implementor.stash(source, LeafSource.class),
                                DataContext.ROOT))));
    }

    /** Called by generated code for a leaf of several columns. */
    public static Enumerable<@Nullable Object[]> rows(LeafSource source, DataContext context) {
        return source.rows((QueryContext) context);
    }

    /** Called by generated code for a leaf of one column, whose rows are the bare values. */
    public static Enumerable<@Nullable Object> scalars(LeafSource source, DataContext context) {
        return source.rows((QueryContext) context).select(row -> row[0]);
    }
}
