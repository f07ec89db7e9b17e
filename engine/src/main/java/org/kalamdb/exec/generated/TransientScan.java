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
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;

/** A scan of the rows that a recursive query found in its last round. Public for generated code. */
public final class TransientScan extends AbstractRelNode implements EnumerableRel {
    private final String table;

    TransientScan(TableScan scan) {
        super(scan.getCluster(), scan.getCluster().traitSetOf(EnumerableConvention.INSTANCE));
        this.table = Util.last(scan.getTable().getQualifiedName());
        this.rowType = scan.getRowType();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("table", table);
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
                                TransientScan.class,
                                scalar ? "scalars" : "rows",
                                DataContext.ROOT,
                                Expressions.constant(table),
                                Expressions.constant(getRowType().getFieldCount())))));
    }

    /** Called by generated code for rows of several columns. */
    public static Enumerable<@Nullable Object[]> rows(DataContext context, String table, int columnCount) {
        QueryContext query = (QueryContext) context;
        return new AbstractEnumerable<@Nullable Object[]>() {
            /** Rows of this round; those of the next one are collected meanwhile. */
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                query.checkCancelled();
                return query.foundLast(table, columnCount);
            }
        };
    }

    /** Called by generated code for rows of one column, which are the bare values. */
    public static Enumerable<@Nullable Object> scalars(DataContext context, String table, int columnCount) {
        return rows(context, table, columnCount).select(row -> row[0]);
    }
}
