// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.List;
import java.util.Set;
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
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.aggregate.AggregateColumn;
import org.kalamdb.exec.aggregate.AggregateDefinition;
import org.kalamdb.exec.aggregate.GroupTable;
import org.kalamdb.exec.expression.AggregateColumns;
import org.kalamdb.function.KalamAggregate;

/**
 * One row for each group of the rows of its input, aggregated in a hash table: aggregates with functions that Calcite has no code
 * for.
 */
final class AggregatedRows extends SingleRel implements EnumerableRel {
    private final AggregateDefinition aggregation;

    private AggregatedRows(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RelDataType rowType,
            AggregateDefinition aggregation) {
        super(cluster, traits, input);
        this.rowType = rowType;
        this.aggregation = aggregation;
    }

    /** Whether Calcite cannot compute the aggregate. */
    static boolean isNeeded(Aggregate aggregate) {
        return KalamAggregate.isIn(aggregate.getAggCallList())
                || aggregate.getAggCallList().stream().anyMatch(AggregateCall::isDistinct);
    }

    /**
     * The rows of an aggregate.
     *
     * @param input the input of the aggregate, in the enumerable convention
     * @throws KalamException NOT_SUPPORTED if a function of the aggregate cannot be computed beside the others
     */
    static AggregatedRows of(Aggregate aggregate, RelNode input) {
        return new AggregatedRows(
                aggregate.getCluster(),
                input.getCluster().traitSetOf(input.getConvention()),
                input,
                aggregate.getRowType(),
                definition(aggregate));
    }

    private static AggregateDefinition definition(Aggregate aggregate) {
        List<Set<Integer>> groupingSets =
                aggregate.getGroupSets().stream().map(ImmutableBitSet::asSet).toList();
        List<AggregateColumn> columns = aggregate.getAggCallList().stream()
                .map(call -> column(aggregate, call))
                .toList();
        return new AggregateDefinition(aggregate.getGroupSet().asList(), groupingSets, columns);
    }

    private static AggregateColumn column(Aggregate aggregate, AggregateCall call) {
        AggregateColumn column = AggregateColumns.find(aggregate, call);
        if (column == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported function " + call.getAggregation().getName()
                            + " beside statistical aggregates; compute it in a query of its own");
        }
        return column;
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
