// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.aggregate.Accumulators;
import org.kalamdb.exec.aggregate.AggregateColumn;

/** What accumulates the calls of an aggregate, one object a row. */
public final class AggregateColumns {
    private AggregateColumns() {}

    /** What accumulates the rows of one call, or null if nothing does. */
    public static @Nullable AggregateColumn find(Aggregate aggregate, AggregateCall call) {
        List<Integer> arguments = new ArrayList<>(call.getArgList());
        call.getCollation().getFieldCollations().forEach(key -> arguments.add(key.getFieldIndex()));
        Function<Set<Integer>, Accumulator> accumulators = accumulators(aggregate, call);
        return accumulators == null
                ? null
                : new AggregateColumn(accumulators, arguments, call.hasFilter() ? call.filterArg : null);
    }

    private static @Nullable Function<Set<Integer>, Accumulator> accumulators(Aggregate aggregate, AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case GROUPING, GROUPING_ID -> groupedBy -> Accumulators.constant(grouping(call.getArgList(), groupedBy));
            default -> {
                Supplier<Accumulator> accumulators = ordered(aggregate, call);
                yield accumulators == null ? null : groupedBy -> accumulators.get();
            }
        };
    }

    /** One bit for each column, 1 if rows are not grouped by it; the last one is the lowest. */
    public static long grouping(List<Integer> columns, Set<Integer> groupedBy) {
        long bits = 0;
        for (int column : columns) {
            bits = bits << 1 | (groupedBy.contains(column) ? 0 : 1);
        }
        return bits;
    }

    private static @Nullable Supplier<Accumulator> ordered(Aggregate aggregate, AggregateCall call) {
        List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
        List<RelDataType> types = call.getArgList().stream()
                .map(argument -> fields.get(argument).getType())
                .toList();
        Supplier<Accumulator> accumulators =
                AggregateAccumulators.find(call.getAggregation(), call.isDistinct(), call.getType(), types);
        List<RelFieldCollation> keys = call.getCollation().getFieldCollations();
        return keys.isEmpty() || accumulators == null
                ? accumulators
                : () -> Accumulators.ordered(accumulators, types.size(), RowOrder.ofColumns(keys, types.size()));
    }
}
