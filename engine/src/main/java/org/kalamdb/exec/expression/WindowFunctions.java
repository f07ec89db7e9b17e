// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.window.AggregateFunction;
import org.kalamdb.exec.window.Argument;
import org.kalamdb.exec.window.FrameValueFunction;
import org.kalamdb.exec.window.NeighbourFunction;
import org.kalamdb.exec.window.RankingFunction;
import org.kalamdb.exec.window.WindowFunction;

/** What computes each window function. */
final class WindowFunctions {
    private WindowFunctions() {}

    /** @throws KalamException NOT_SUPPORTED if the function cannot be computed over a window */
    static WindowFunction of(Window.RexWinAggCall call, List<Argument> arguments, List<RelDataType> types) {
        return switch (call.getOperator().getKind()) {
            case ROW_NUMBER -> RankingFunction.ROW_NUMBER;
            case RANK -> RankingFunction.RANK;
            case DENSE_RANK -> RankingFunction.DENSE_RANK;
            case PERCENT_RANK -> RankingFunction.PERCENT_RANK;
            case CUME_DIST -> RankingFunction.CUME_DIST;
            case NTILE -> new RankingFunction.Buckets(arguments.get(0));
            case LEAD -> neighbour(call, arguments, true);
            case LAG -> neighbour(call, arguments, false);
            case FIRST_VALUE -> new FrameValueFunction(arguments.get(0), null, false, call.ignoreNulls);
            case LAST_VALUE -> new FrameValueFunction(arguments.get(0), null, true, call.ignoreNulls);
            case NTH_VALUE -> new FrameValueFunction(arguments.get(0), arguments.get(1), false, call.ignoreNulls);
            default -> aggregate(call, arguments, types);
        };
    }

    private static WindowFunction neighbour(Window.RexWinAggCall call, List<Argument> arguments, boolean forward) {
        return new NeighbourFunction(
                arguments.get(0),
                arguments.size() > 1 ? arguments.get(1) : null,
                arguments.size() > 2 ? arguments.get(2) : null,
                forward,
                call.ignoreNulls);
    }

    private static WindowFunction aggregate(
            Window.RexWinAggCall call, List<Argument> arguments, List<RelDataType> types) {
        AggregateFunction vectorised = vectorised(call, arguments, types);
        if (vectorised != null) {
            return vectorised;
        }
        Supplier<Accumulator> accumulators =
                AggregateAccumulators.find(call.getOperator(), call.distinct, call.getType(), types);
        if (accumulators == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported function " + call.getOperator().getName()
                            + " over a window; compute it in a subquery with GROUP BY");
        }
        return AggregateFunction.accumulated(accumulators, arguments);
    }

    /** What computes a function without objects, or null. */
    private static @Nullable AggregateFunction vectorised(
            Window.RexWinAggCall call, List<Argument> arguments, List<RelDataType> types) {
        if (call.distinct || !arguments.stream().allMatch(Argument::isColumn)) {
            return null;
        }
        int[] columns = arguments.stream().mapToInt(Argument::column).toArray();
        SqlKind kind = call.getOperator().getKind();
        if (kind == SqlKind.COUNT && call.getOperator().getName().equals("COUNT")) {
            return AggregateFunction.count(columns);
        }
        if (columns.length != 1) {
            return null;
        }
        LaneType argument = LaneTypes.of(types.get(0));
        return switch (kind) {
            case SUM -> sum(columns[0], argument, call.getType(), false);
            case SUM0 -> sum(columns[0], argument, call.getType(), true);
            case MIN -> AggregateFunction.min(columns[0]);
            case MAX -> AggregateFunction.max(columns[0]);
            default -> null;
        };
    }

    private static @Nullable AggregateFunction sum(
            int column, LaneType argument, RelDataType type, boolean zeroIfEmpty) {
        return switch (LaneTypes.of(type)) {
            case BIGINT -> argument.isInteger() ? AggregateFunction.longSum(column, zeroIfEmpty) : null;
            case DECIMAL ->
                argument.isInteger() || argument == LaneType.DECIMAL
                        ? AggregateFunction.decimalSum(column, zeroIfEmpty, type.getPrecision(), type.getScale())
                        : null;
            case DOUBLE -> argument.isDouble() ? AggregateFunction.doubleSum(column, zeroIfEmpty) : null;
            default -> null;
        };
    }
}
