// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.aggregate.Accumulators;
import org.kalamdb.exec.aggregate.AggregateColumn;
import org.kalamdb.exec.aggregate.AggregateDefinition;
import org.kalamdb.function.KalamAggregate;

/** Turns an aggregate with functions that Calcite has no code for into {@link AggregatedRows}. Confined to one thread. */
final class AggregateConversion {
    private final Aggregate aggregate;

    private AggregateConversion(Aggregate aggregate) {
        this.aggregate = aggregate;
    }

    /** Whether Calcite cannot compute the aggregate. */
    static boolean isNeeded(Aggregate aggregate) {
        return KalamAggregate.isIn(aggregate.getAggCallList());
    }

    /**
     * @param input the input of the aggregate, in the enumerable convention
     * @throws KalamException NOT_SUPPORTED if a function of the aggregate cannot be computed beside the others
     */
    static RelNode convert(Aggregate aggregate, RelNode input) {
        return new AggregatedRows(
                aggregate.getCluster(),
                input.getCluster().traitSetOf(input.getConvention()),
                input,
                aggregate.getRowType(),
                new AggregateConversion(aggregate).definition());
    }

    private AggregateDefinition definition() {
        List<Set<Integer>> groupingSets =
                aggregate.getGroupSets().stream().map(ImmutableBitSet::asSet).toList();
        List<AggregateColumn> columns =
                aggregate.getAggCallList().stream().map(this::column).toList();
        return new AggregateDefinition(aggregate.getGroupSet().asList(), groupingSets, columns);
    }

    private AggregateColumn column(AggregateCall call) {
        List<Integer> arguments = new ArrayList<>(call.getArgList());
        call.getCollation().getFieldCollations().forEach(key -> arguments.add(key.getFieldIndex()));
        return new AggregateColumn(accumulators(call), arguments, call.hasFilter() ? call.filterArg : null);
    }

    private Function<Set<Integer>, Accumulator> accumulators(AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case GROUPING, GROUPING_ID -> groupedBy -> Accumulators.constant(grouping(call.getArgList(), groupedBy));
            default -> {
                Supplier<Accumulator> accumulators = ordered(call);
                yield groupedBy -> accumulators.get();
            }
        };
    }

    /** One bit for each column, 1 if rows are not grouped by it; the last one is the lowest. */
    private static long grouping(List<Integer> columns, Set<Integer> groupedBy) {
        long bits = 0;
        for (int column : columns) {
            bits = bits << 1 | (groupedBy.contains(column) ? 0 : 1);
        }
        return bits;
    }

    private Supplier<Accumulator> ordered(AggregateCall call) {
        List<RelDataType> types = call.getArgList().stream()
                .map(argument -> aggregate
                        .getInput()
                        .getRowType()
                        .getFieldList()
                        .get(argument)
                        .getType())
                .toList();
        Supplier<Accumulator> accumulators =
                AggregateAccumulators.find(call.getAggregation(), call.isDistinct(), call.getType(), types);
        if (accumulators == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported function " + call.getAggregation().getName()
                            + " beside statistical aggregates; compute it in a query of its own");
        }
        List<RelFieldCollation> keys = call.getCollation().getFieldCollations();
        return keys.isEmpty()
                ? accumulators
                : () -> Accumulators.ordered(accumulators, types.size(), RowOrder.ofColumns(keys, types.size()));
    }
}
