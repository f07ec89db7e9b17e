// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** What grouping sets answer for an input without rows. */
final class GroupingSets {
    private GroupingSets() {}

    /** Whether the aggregate has the empty grouping set among others: it has a group even if there are no rows. */
    static boolean haveTotal(Aggregate aggregate) {
        return aggregate.getGroupSets().size() > 1
                && aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
    }

    /** The one row that {@code aggregate} answers if its input has no rows: that of the empty grouping set. */
    static RelNode totalOfNothing(Aggregate aggregate) {
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        RelNode total = LogicalAggregate.create(
                LogicalValues.createEmpty(
                        aggregate.getCluster(), aggregate.getInput().getRowType()),
                aggregate.getHints(),
                ImmutableBitSet.of(),
                null,
                aggregate.getAggCallList().stream()
                        .filter(call -> !isGrouping(call))
                        .toList());
        List<RexNode> values = new ArrayList<>();
        for (int key = 0; key < aggregate.getGroupCount(); key++) {
            values.add(rexBuilder.makeNullLiteral(typeOf(aggregate, key)));
        }
        int computed = 0;
        for (AggregateCall call : aggregate.getAggCallList()) {
            RelDataType type = typeOf(aggregate, values.size());
            values.add(
                    isGrouping(call)
                            ? grouping(call, type, rexBuilder)
                            : rexBuilder.ensureType(type, RexInputRef.of(computed++, total.getRowType()), true));
        }
        return LogicalProject.create(
                total, ImmutableList.of(), values, aggregate.getRowType().getFieldNames(), ImmutableSet.of());
    }

    private static RelDataType typeOf(Aggregate aggregate, int field) {
        return aggregate.getRowType().getFieldList().get(field).getType();
    }

    private static boolean isGrouping(AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case GROUPING, GROUPING_ID, GROUP_ID -> true;
            default -> false;
        };
    }

    /** In the empty grouping set every expression is aggregated away, so all bits are 1. */
    private static RexNode grouping(AggregateCall call, RelDataType type, RexBuilder rexBuilder) {
        boolean bits = call.getAggregation().getKind() != SqlKind.GROUP_ID;
        long value = bits ? (1L << call.getArgList().size()) - 1 : 0;
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(value), type);
    }
}
