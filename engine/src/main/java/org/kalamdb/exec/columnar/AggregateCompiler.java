// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.AggregateColumn;
import org.kalamdb.exec.expression.AggregateAccumulators;
import org.kalamdb.exec.expression.AggregateColumns;
import org.kalamdb.exec.expression.ExpressionText;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.filter.Extremes;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.lowering.Literals;
import org.kalamdb.exec.operator.AggregateFunction;
import org.kalamdb.exec.operator.AggregateOperator;
import org.kalamdb.exec.operator.SortKey;
import org.kalamdb.function.PercentileAggregate;

/** What a columnar aggregate computes. Confined to one thread. */
final class AggregateCompiler {
    private final Aggregate aggregate;
    private final List<LaneType> inputTypes;

    AggregateCompiler(Aggregate aggregate) {
        this.aggregate = aggregate;
        this.inputTypes = LaneTypes.ofFields(aggregate.getInput().getRowType());
    }

    /** The aggregate, or null if one of its functions cannot be computed by columns. */
    AggregateOperator.@Nullable Definition definition() {
        List<AggregateFunction> functions = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            AggregateFunction function = function(call);
            if (function == null) {
                return null;
            }
            functions.add(call.hasFilter() ? function.filtered(call.filterArg) : function);
        }
        List<Integer> keys = aggregate.getGroupSet().asList();
        List<Set<Integer>> groupingSets =
                aggregate.getGroupSets().stream().map(ImmutableBitSet::asSet).toList();
        return new AggregateOperator.Definition(inputTypes, keys, groupingSets, functions);
    }

    /** The column of whole numbers of which alone the aggregate wants the least or greatest value, or -1. */
    int soughtColumn() {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || !aggregate.getGroupSet().isEmpty()
                || aggregate.getAggCallList().isEmpty()
                || aggregate.getInput() instanceof Sort) {
            return -1;
        }
        int column = -1;
        for (AggregateCall call : aggregate.getAggCallList()) {
            SqlKind kind = call.getAggregation().getKind();
            if (kind != SqlKind.MIN && kind != SqlKind.MAX || call.hasFilter()) {
                return -1;
            }
            int argument = call.getArgList().get(0);
            if (column >= 0 && column != argument) {
                return -1;
            }
            column = argument;
        }
        return inputTypes.get(column).isInteger() ? column : -1;
    }

    /** Which of the two it wants. */
    Extremes sought() {
        boolean least = has(SqlKind.MIN);
        return least && has(SqlKind.MAX) ? Extremes.BOTH : least ? Extremes.LEAST : Extremes.GREATEST;
    }

    private boolean has(SqlKind kind) {
        return aggregate.getAggCallList().stream()
                .anyMatch(call -> call.getAggregation().getKind() == kind);
    }

    private @Nullable AggregateFunction function(AggregateCall call) {
        if (call.distinctKeys != null || call.ignoreNulls()) {
            return null;
        }
        if (!call.rexList.isEmpty()) {
            return literal(call);
        }
        if (call.getAggregation().getKind() == SqlKind.GROUPING) {
            return AggregateFunction.constant(
                    LaneTypes.of(call.getType()), groupedBy -> AggregateColumns.grouping(call.getArgList(), groupedBy));
        }
        AggregateFunction function = call.getCollation().getFieldCollations().isEmpty() ? vectorised(call) : null;
        return function == null ? accumulated(call) : function;
    }

    private @Nullable AggregateFunction vectorised(AggregateCall call) {
        int[] columns = call.getArgList().stream().mapToInt(Integer::intValue).toArray();
        List<LaneType> types = Arrays.stream(columns).mapToObj(inputTypes::get).toList();
        if (!isOfDifferentValues(call)) {
            return vectorised(call, types, columns);
        }
        AggregateFunction ofDifferent =
                vectorised(call, types, IntStream.range(0, columns.length).toArray());
        return ofDifferent == null ? null : ofDifferent.distinct(types, columns);
    }

    /** MIN and MAX are the same of all values. APPROX_COUNT_DISTINCT is exact. */
    private static boolean isOfDifferentValues(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        boolean isExtreme = kind == SqlKind.MIN || kind == SqlKind.MAX;
        return call.isDistinct() && !isExtreme || call.getAggregation() == SqlStdOperatorTable.APPROX_COUNT_DISTINCT;
    }

    /** LITERAL_AGG, which subqueries become to tell whether they have a row. */
    private static @Nullable AggregateFunction literal(AggregateCall call) {
        if (call.getAggregation().getKind() != SqlKind.LITERAL_AGG
                || !(call.rexList.get(0) instanceof RexLiteral literal)
                || literal.isNull()) {
            return null;
        }
        Object value = requireNonNull(Literals.internalValue(literal));
        return AggregateFunction.constant(LaneTypes.of(call.getType()), groupedBy -> value);
    }

    private static @Nullable AggregateFunction vectorised(AggregateCall call, List<LaneType> types, int... columns) {
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.COUNT && call.getAggregation().getName().equals("COUNT")
                || call.getAggregation() == SqlStdOperatorTable.APPROX_COUNT_DISTINCT) {
            return AggregateFunction.count(columns);
        }
        if (columns.length != 1) {
            return null;
        }
        LaneType argument = types.get(0);
        return switch (kind) {
            case SUM -> sum(columns[0], argument, call.getType(), false);
            case SUM0 -> sum(columns[0], argument, call.getType(), true);
            case MIN -> AggregateFunction.min(columns[0], argument);
            case MAX -> AggregateFunction.max(columns[0], argument);
            case ANY_VALUE -> AggregateFunction.any(columns[0], argument);
            case SINGLE_VALUE -> AggregateFunction.single(columns[0], argument);
            default -> null;
        };
    }

    private static @Nullable AggregateFunction sum(
            int column, LaneType argument, RelDataType type, boolean zeroIfEmpty) {
        LaneType result = LaneTypes.of(type);
        boolean exact = argument.isInteger() || argument == LaneType.DECIMAL;
        if (result == LaneType.DECIMAL && exact) {
            return AggregateFunction.decimalSum(column, zeroIfEmpty, type.getPrecision(), type.getScale());
        }
        if (result == LaneType.DOUBLE && argument.isDouble()) {
            return AggregateFunction.doubleSum(column, zeroIfEmpty);
        }
        return result == LaneType.BIGINT && argument.isInteger()
                ? AggregateFunction.longSum(column, zeroIfEmpty)
                : null;
    }

    private @Nullable AggregateFunction accumulated(AggregateCall call) {
        AggregateColumn column = AggregateColumns.find(aggregate, call);
        if (column == null) {
            return null;
        }
        LaneType type = LaneTypes.of(call.getType());
        List<Integer> arguments = column.arguments();
        List<LaneType> types = arguments.stream().map(inputTypes::get).toList();
        if (call.getAggregation() instanceof PercentileAggregate percentile && !call.isDistinct()) {
            SortKey order = new SortKey(arguments.size() - 1, percentile.isDescending(), false);
            return AggregateFunction.sorted(type, order, AggregateAccumulators.ofSorted(percentile), types, arguments);
        }
        return column.accumulators().apply(Set.of()).holdsValues()
                ? AggregateFunction.collected(type, column.accumulators(), types, arguments)
                : AggregateFunction.accumulated(
                        type,
                        column.accumulators(),
                        arguments.stream().mapToInt(Integer::intValue).toArray());
    }

    /** As EXPLAIN shows it. */
    String text(ExpressionText input) {
        String keys = aggregate.getGroupSets().size() > 1
                ? aggregate.getGroupSets().stream()
                        .map(set -> "(" + input.ofColumns(set) + ")")
                        .collect(Collectors.joining(", "))
                : input.ofColumns(aggregate.getGroupSet());
        String calls =
                aggregate.getAggCallList().stream().map(input::ofAggregate).collect(Collectors.joining(", "));
        return keys.isEmpty() ? calls : "by " + keys + (calls.isEmpty() ? "" : ": " + calls);
    }
}
