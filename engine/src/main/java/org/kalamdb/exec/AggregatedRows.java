// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.AggregateDefinition;
import org.kalamdb.exec.aggregate.GroupTable;

/** One row for each group of the rows of its input, aggregated in a hash table. */
final class AggregatedRows extends SingleRel implements EnumerableRel {
    private final AggregateDefinition aggregation;

    AggregatedRows(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RelDataType rowType,
            AggregateDefinition aggregation) {
        super(cluster, traits, input);
        this.rowType = rowType;
        this.aggregation = aggregation;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new AggregatedRows(getCluster(), traitSet, inputs.get(0), getRowType(), aggregation);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("groupingSets", aggregation.groupingSets())
                .item("type", rowType);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        AggregateDefinition definition = aggregation;
        return ComputedRows.implement(
                this, implementor, (input, context) -> Linq4j.enumerator(groups(input, definition, context)));
    }

    private static List<@Nullable Object[]> groups(
            Enumerable<@Nullable Object[]> input, AggregateDefinition aggregation, QueryContext context) {
        GroupTable groups = new GroupTable(aggregation);
        try (Enumerator<@Nullable Object[]> rows = input.enumerator()) {
            while (rows.moveNext()) {
                context.checkCancelled();
                groups.add(rows.current());
            }
        }
        return groups.rows();
    }
}
