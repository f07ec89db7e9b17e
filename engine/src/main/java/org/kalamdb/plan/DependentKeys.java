// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Groups by no more keys than tell groups apart: of {@code GROUP BY customer.id, customer.name} the id, where it is the primary
 * key, determines the name, which becomes any value of the group. Confined to one thread.
 */
final class DependentKeys extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode rel = super.visit(other);
        return rel instanceof Aggregate aggregate
                        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                        && aggregate.getGroupCount() > 1
                ? reduced(aggregate)
                : rel;
    }

    private static RelNode reduced(Aggregate aggregate) {
        ImmutableBitSet keys = new ColumnDependencies(aggregate.getInput()).determining(aggregate.getGroupSet());
        return keys.equals(aggregate.getGroupSet()) ? aggregate : groupedBy(keys, aggregate);
    }

    private static RelNode groupedBy(ImmutableBitSet keys, Aggregate aggregate) {
        RelNode input = aggregate.getInput();
        List<AggregateCall> calls = new ArrayList<>(aggregate.getAggCallList());
        List<Integer> places = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            if (keys.get(key)) {
                places.add(keys.indexOf(key));
            } else {
                places.add(keys.cardinality() + calls.size());
                calls.add(anyOf(input.getRowType().getFieldList().get(key), key));
            }
        }
        for (int call = 0; call < aggregate.getAggCallList().size(); call++) {
            places.add(keys.cardinality() + call);
        }
        RelNode grouped = LogicalAggregate.create(input, aggregate.getHints(), keys, null, calls);
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            RelDataType type = aggregate.getRowType().getFieldList().get(i).getType();
            RexNode value = RexInputRef.of(places.get(i), grouped.getRowType());
            values.add(aggregate.getCluster().getRexBuilder().ensureType(type, value, true));
        }
        return LogicalProject.create(
                grouped, ImmutableList.of(), values, aggregate.getRowType().getFieldNames(), ImmutableSet.of());
    }

    private static AggregateCall anyOf(RelDataTypeField field, int column) {
        return AggregateCall.create(
                SqlParserPos.ZERO,
                SqlStdOperatorTable.ANY_VALUE,
                false,
                false,
                false,
                List.of(),
                List.of(column),
                -1,
                null,
                RelCollations.EMPTY,
                field.getType(),
                null);
    }
}
